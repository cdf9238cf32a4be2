import Primitives

extension VtigerCloud {
  /// Adds what the data holds to what is there; its address and switches are not looked at. Returns how much.
  @discardableResult
  mutating func load(_ data: VtigerCloudData, at now: Instant) throws(VtigerCloudDataError) -> Int {
    try Self.check(users.count + data.users.count, list: "users", limit: Self.maximumUsers)
    for (index, user) in data.users.enumerated() {
      guard self.user(named: user.userName) == nil else { throw .duplicateUserName(index: index) }
      users.append(VtigerUser(user, number: (users.last?.number ?? 0) + 1))
    }
    let lists: [(name: String, given: [VtigerCloudData.Record], module: VtigerModule)] = [
      ("contacts", data.contacts, .contacts), ("leads", data.leads, .leads), ("accounts", data.accounts, .accounts),
    ]
    // Ids of the data's own first, so that no record without one takes them.
    var numbers: [[Int?]] = []
    for (name, given, module) in lists { numbers.append(try self.numbers(of: given, list: name, module)) }
    for (list, numbers) in zip(lists, numbers) {
      try load(zip(list.given, numbers), list: list.name, into: list.module, at: now)
    }
    return data.users.count + data.contacts.count + data.leads.count + data.accounts.count
  }

  /// User names are compared as the database does, whatever their letters' case.
  func user(named name: String) -> VtigerUser? {
    let name = name.lowercased()
    return users.first { $0.userName.lowercased() == name }
  }

  private mutating func load(
    _ given: Zip2Sequence<[VtigerCloudData.Record], [Int?]>, list: String, into module: VtigerModule, at now: Instant
  ) throws(VtigerCloudDataError) {
    let fields = module.fields(settings.manner)
    let known = Set(fields.filter { !$0.isAutomatic }.map(\.name))
    var names = Set(records.all(in: .accounts).map { $0["accountname"].lowercased() })
    for (index, (record, number)) in given.enumerated() {
      for field in record.values.keys.sorted() where !known.contains(field) {
        throw .unknownField(list: list, index: index, field: field)
      }
      var values = record.values
      if values["assigned_user_id"] == nil { values["assigned_user_id"] = users.first?.id }
      for field in fields where field.isMandatory && (values[field.name] ?? "").isEmpty {
        throw .mandatoryField(list: list, index: index, field: field.name)
      }
      if module == .accounts, !settings.acceptsDuplicateAccounts,
        !names.insert((values["accountname"] ?? "").lowercased()).inserted
      {
        throw .duplicateAccountName(index: index)
      }
      values["createdtime"] = Self.time(now)
      values["modifiedtime"] = Self.time(now)
      let free = number ?? records.freeNumber()
      records.insert(values, free, into: module)
    }
  }

  private mutating func numbers(
    of given: [VtigerCloudData.Record], list: String, _ module: VtigerModule
  ) throws(VtigerCloudDataError) -> [Int?] {
    try Self.check(records.count(in: module) + given.count, list: list, limit: Self.maximumLoadedRecords)
    var numbers: [Int?] = []
    for (index, record) in given.enumerated() {
      guard let text = record.id else {
        numbers.append(nil)
        continue
      }
      guard let id = VtigerID(text), id.prefix == module.prefix else { throw .malformedID(list: list, index: index) }
      guard records.reserve(id.number) else { throw .duplicateID(list: list, index: index) }
      numbers.append(id.number)
    }
    return numbers
  }

  private static func check(_ count: Int, list: String, limit: Int) throws(VtigerCloudDataError) {
    guard count <= limit else { throw .tooMany(list: list, count: count, limit: limit) }
  }

  /// As the server's database writes it, on UTC.
  static func time(_ instant: Instant) -> String { CivilTime(secondsSince1970: instant.seconds).text }
}
