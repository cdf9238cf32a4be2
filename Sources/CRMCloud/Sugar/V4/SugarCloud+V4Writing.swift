import JSON
import Primitives

extension SugarCloud {
  /// Makes or changes a record: nothing is required, and what no list knows is stored (measured).
  mutating func set(
    _ list: JSONValue?, _ module: SugarModule, by user: String, at now: Instant
  ) throws(SugarV4Error) -> (id: String, fields: [JSONValue.Member]) {
    let pairs = list?.sugarNameValues ?? []
    let given = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    let fields = pairs.map { pair in
      JSONValue.Member(pair.name, ["name": .string(pair.name), "value": .string(pair.value)])
    }
    guard module.table != .users else { throw .accessDenied }
    let id = try save(given, module, by: user, at: now)
    return (id, fields)
  }

  private mutating func save(
    _ given: [String: String], _ module: SugarModule, by user: String, at now: Instant
  ) throws(SugarV4Error) -> String {
    let id = given["id"] ?? ""
    if !id.isEmpty, (given["new_with_id"] ?? "").isEmpty {
      // What is not there is not made: the answer names it all the same (assumed).
      guard let former = records.record(id, in: module) else { return id }
      let values = try saved { () throws(SugarSaving.Fault) in
        try SugarSaving.values(of: module, setting: given, on: former.values, settings.manner)
      }
      records.update(id) { record in
        record.values = values
        record.modifiedAt = now
        record.modifiedBy = user
        record.isDeleted = given["deleted"] == "1"
      }
      return id
    }
    let values = try saved { () throws(SugarSaving.Fault) in
      try SugarSaving.values(of: module, setting: given, on: [:], settings.manner)
    }
    guard !records.isFull(module) else { throw .databaseFailure }
    if !id.isEmpty {
      let isFit = id.utf8.count <= 36 && id.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
      guard isFit, records.record(id) == nil else { throw .databaseFailure }
    }
    let new = id.isEmpty ? records.nextID() : id
    records.append(
      SugarRecord(
        id: new, module: module, values: values, createdAt: now, modifiedAt: now, createdBy: user, modifiedBy: user))
    return new
  }

  private func saved(
    _ make: () throws(SugarSaving.Fault) -> [String: String]
  ) throws(SugarV4Error) -> [String: String] {
    do throws(SugarSaving.Fault) {
      return try make()
    } catch {
      switch error {
      case .crash: throw .crash
      case .full: throw .databaseFailure
      }
    }
  }

  /// Ties records, or unties them; the answer counts (measured).
  mutating func relate(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> JSONValue {
    let module = try module(arguments)
    let isDeletion = arguments.integer("delete") == 1
    var (done, failed) = (0, 0)
    let link = arguments.text("link_field_name")
    let target = SugarModule.allCases.first { $0.linkName == link }
    let record = records.record(arguments.text("module_id"), in: module)
    for id in arguments.texts("related_ids").prefix(Self.longestList) {
      guard let record, let target, let other = records.record(id, in: target) else {
        failed += 1
        continue
      }
      if isDeletion {
        records.untie(record.id, other.id)
        done += 1
      } else if records.tie(record.id, other.id) {
        done += 1
      } else {
        failed += 1
      }
    }
    return [
      "created": .integer(Int64(isDeletion ? 0 : done)), "failed": .integer(Int64(failed)),
      "deleted": .integer(Int64(isDeletion ? done : 0)),
    ]
  }
}
