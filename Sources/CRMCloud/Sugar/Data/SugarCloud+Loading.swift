import Primitives

extension SugarCloud {
  /// Adds what the data holds.
  mutating func load(_ data: SugarCloudData) throws(CloudContentsError) {
    guard !data.users.isEmpty || !accounts.isEmpty else {
      throw CloudContentsError("sugarcrm.users: empty; an installation has at least one user")
    }
    guard data.users.count <= Self.maximumUsers else {
      throw CloudContentsError(
        "sugarcrm.users: \(data.users.count) entries; this cloud keeps at most \(Self.maximumUsers)")
    }
    for (index, user) in data.users.enumerated() { try load(user, index: index, at: data.createdAt) }
    let owner = accounts.first?.id ?? "1"
    for (list, module, entries) in [
      ("accounts", SugarModule.accounts, data.accounts), ("contacts", .contacts, data.contacts),
      ("leads", .leads, data.leads),
    ] {
      guard entries.count <= Self.maximumLoadedRecords else {
        throw CloudContentsError(
          "sugarcrm.\(list): \(entries.count) entries; this cloud keeps at most \(Self.maximumLoadedRecords)")
      }
      for (index, entry) in entries.enumerated() {
        let place = "sugarcrm.\(list)[\(index)]"
        if let unknown = entry.fields.keys.sorted().first(where: { !(module.field($0)?.isWritable ?? false) }) {
          let known = module.fields.filter(\.isWritable).map(\.name).joined(separator: ", ")
          throw CloudContentsError("\(place).\(unknown): no field of \(module.rawValue)'s; write one of \(known)")
        }
        let id = try identifier(entry.id, place)
        records.append(
          SugarRecord(
            id: id, module: module, values: entry.fields.filter { !$0.value.isEmpty }, createdAt: data.createdAt,
            modifiedAt: data.createdAt, createdBy: owner, modifiedBy: owner))
      }
    }
  }

  private mutating func load(
    _ user: SugarCloudData.User, index: Int, at createdAt: Instant
  ) throws(CloudContentsError) {
    let place = "sugarcrm.users[\(index)]"
    guard !user.userName.isEmpty, user.userName.utf8.count <= 60 else {
      throw CloudContentsError("\(place).userName: a user's name has 1 to 60 bytes")
    }
    guard !accounts.contains(where: { $0.userName.lowercased() == user.userName.lowercased() }) else {
      throw CloudContentsError("\(place).userName: an earlier entry has it; names are unique")
    }
    let id = try identifier(user.id, place)
    var values = [
      "user_name": user.userName, "last_name": user.lastName, "status": user.isActive ? "Active" : "Inactive",
    ]
    values["first_name"] = user.firstName
    values["is_admin"] = accounts.isEmpty ? "1" : "0"
    records.append(
      SugarRecord(
        id: id, module: .users, values: values.filter { !$0.value.isEmpty }, createdAt: createdAt,
        modifiedAt: createdAt, createdBy: id, modifiedBy: id))
    accounts.append(SugarAccount(id: id, userName: user.userName, password: user.password, isActive: user.isActive))
  }

  private mutating func identifier(_ given: String?, _ place: String) throws(CloudContentsError) -> String {
    guard let given else { return records.nextID() }
    guard (1...36).contains(given.utf8.count), given.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) }) else {
      throw CloudContentsError("\(place).id: write 1 to 36 letters, digits and -, or leave it out")
    }
    guard records.record(given) == nil else {
      throw CloudContentsError("\(place).id: an earlier entry has it; ids are unique")
    }
    return given
  }
}
