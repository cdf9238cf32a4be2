import JSON
import Primitives

/// The organisation's records.
struct ZohoRecordStore {
  private var tables: [ZohoModuleName: ZohoModuleTable] = [:]
  private var places: [String: Place] = [:]
  /// Oldest first.
  private(set) var deleted: [ZohoDeletedRecord] = []
  /// Ids of leads that were converted, so that a second conversion can be told from an unknown id.
  private(set) var converted: Set<String> = []
  private var identifiers: ZohoIdentifiers
  private let settings: ZohoCloudSettings
  /// Searches know everything that was written until then.
  private var flushedAt = Instant(nanoseconds: .min)

  private struct Place {
    let module: ZohoModuleName
    let index: Int
  }

  init(settings: ZohoCloudSettings, seed: UInt64) {
    self.settings = settings
    identifiers = ZohoIdentifiers(seed: seed)
    for module in ZohoModuleName.allCases {
      tables[module] = ZohoModuleTable(module, searchesFax: settings.searchesFax)
    }
  }

  /// The records of a module, oldest first.
  func all(in module: ZohoModuleName) -> [ZohoRecord] { tables[module]?.records ?? [] }

  func count(in module: ZohoModuleName) -> Int { tables[module]?.count ?? 0 }

  func record(_ id: String, in module: ZohoModuleName) -> ZohoRecord? {
    guard let place = places[id], place.module == module else { return nil }
    return tables[module]?[place.index]
  }

  /// The record with this id in whatever module.
  func record(_ id: String) -> ZohoRecord? { places[id].flatMap { tables[$0.module]?[$0.index] } }

  /// Records that `isHit` holds for, oldest first (assumed); of these `places` only, if there are some to go by.
  func filter(
    _ module: ZohoModuleName, places: [Int]?, _ isHit: (ZohoRecord) -> Bool
  ) -> [ZohoRecord] {
    candidates(in: module, places: places).filter(isHit)
  }

  /// The records at these places, or all, oldest first.
  func candidates(in module: ZohoModuleName, places: [Int]?) -> [ZohoRecord] {
    guard let table = tables[module] else { return [] }
    return places.map { $0.compactMap { table[$0] } } ?? table.records
  }

  /// Places of every record, as it is or as searches know it, with a number containing these digits; nil if that cannot
  /// be told.
  func places(digits: [UInt8], in module: ZohoModuleName) -> [Int]? { tables[module]?.candidates(digits: digits) }

  /// The same for an e-mail address.
  func places(address: String, in module: ZohoModuleName) -> [Int]? { tables[module]?.candidates(address: address) }

  /// The same for an id.
  func places(id: String, in module: ZohoModuleName) -> [Int] {
    places[id].flatMap { $0.module == module ? [$0.index] : nil } ?? []
  }

  /// What searches at `now` take the record's values to be; nil where they do not know it.
  func searchedValues(of record: ZohoRecord, at now: Instant) -> [String: JSONValue]? {
    record.searchedValues(at: now, flushedAt: flushedAt)
  }

  /// Records that `query` finds at `now`.
  func search(_ query: ZohoPhoneQuery, in module: ZohoModuleName, at now: Instant) -> [ZohoRecord] {
    guard let table = tables[module] else { return [] }
    return filter(module, places: table.candidates(digits: query.requiredDigits)) { record in
      guard let values = searchedValues(of: record, at: now) else { return false }
      return table.numbers(of: values).contains(where: query.matches)
    }
  }

  /// Lets searches know everything written until now; how many records they did not know as they are.
  mutating func flushIndex(at now: Instant) -> Int {
    let flushed = ZohoModuleName.allCases.reduce(0) { sum, module in
      sum + filter(module, places: nil) { $0.findableFrom > now && $0.modifiedAt > flushedAt }.count
    }
    flushedAt = max(flushedAt, now)
    return flushed
  }

  /// Adds a record of validated values.
  mutating func insert(
    _ values: [String: JSONValue], into module: ZohoModuleName, by userIndex: Int, owner: Int? = nil, at now: Instant
  ) throws(ZohoRefusedRecord) -> ZohoRecord {
    guard count(in: module) < settings.maximumRecordsPerModule else { throw .full }
    return append(
      values, id: identifiers.next(), module, by: userIndex, owner: owner, at: now,
      findableFrom: now + settings.indexDelay)
  }

  @discardableResult mutating func append(
    _ values: [String: JSONValue], id: String, _ module: ZohoModuleName, by userIndex: Int, owner: Int? = nil,
    at now: Instant, findableFrom: Instant
  ) -> ZohoRecord {
    let record = ZohoRecord(
      id: id, module: module, values: values, createdAt: now, userIndex: owner ?? userIndex, createdBy: userIndex,
      findableFrom: findableFrom)
    guard let index = tables[module]?.append(record) else { return record }
    places[id] = Place(module: module, index: index)
    return record
  }

  /// Gives a record other values; nil for one that is not there.
  ///
  /// Searches know them after the delay; an edit while another waits takes its place (assumed).
  mutating func update(
    _ id: String, values: [String: JSONValue], by userIndex: Int, owner: Int? = nil, at now: Instant
  ) -> ZohoRecord? {
    guard let place = places[id], var record = tables[place.module]?[place.index] else { return nil }
    record.indexedValues = searchedValues(of: record, at: now)
    record.values = values
    record.modifiedAt = now
    record.modifiedBy = userIndex
    if let owner { record.userIndex = owner }
    record.findableFrom = now + settings.indexDelay
    tables[place.module]?.replace(place.index, with: record)
    return record
  }

  /// False for a record that is not there.
  mutating func delete(_ id: String, in module: ZohoModuleName, by userIndex: Int, at now: Instant) -> Bool {
    guard let record = record(id, in: module), remove(id, in: module) else { return false }
    deleted.append(
      ZohoDeletedRecord(
        id: id, module: module, displayName: record.displayName, createdBy: record.createdBy, deletedBy: userIndex,
        deletedAt: now))
    if deleted.count > ZohoDeletedRecord.maximumCount {
      deleted.removeFirst(deleted.count - ZohoDeletedRecord.maximumCount)
    }
    return true
  }

  /// Takes a lead that was converted out of the leads. Its id is not given again.
  mutating func convert(lead id: String) {
    guard remove(id, in: .leads) else { return }
    converted.insert(id)
    _ = identifiers.reserve(id)
  }

  private mutating func remove(_ id: String, in module: ZohoModuleName) -> Bool {
    guard record(id, in: module) != nil, let place = places.removeValue(forKey: id) else { return false }
    tables[module]?.remove(place.index)
    identifiers.release(id)
    if tables[module]?.isSparse ?? false { close(module) }
    return true
  }

  private mutating func close(_ module: ZohoModuleName) {
    var table = ZohoModuleTable(module, searchesFax: settings.searchesFax)
    for record in all(in: module) {
      places[record.id] = Place(module: module, index: table.append(record))
    }
    tables[module] = table
  }

  /// The data's own id, or a new one.
  mutating func identifier(_ given: String?, list: String, index: Int) throws(ZohoCloudDataError) -> String {
    guard let given else { return identifiers.next() }
    guard ZohoIdentifiers.isWellFormed(given) else { throw .malformedID(list: list, index: index) }
    guard identifiers.reserve(given) else { throw .duplicateID(list: list, index: index) }
    return given
  }
}

extension ZohoRecordStore: Codable {
  private enum Key: String, CodingKey { case records, identifiers, settings, flushedAt, deleted, converted }

  /// Reads the records; what finds them is made anew.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    settings = try container.decode(ZohoCloudSettings.self, forKey: .settings)
    identifiers = try container.decode(ZohoIdentifiers.self, forKey: .identifiers)
    flushedAt = try container.decode(Instant.self, forKey: .flushedAt)
    // States of earlier versions have neither.
    deleted = try container.decodeIfPresent([ZohoDeletedRecord].self, forKey: .deleted) ?? []
    converted = try container.decodeIfPresent(Set<String>.self, forKey: .converted) ?? []
    for module in ZohoModuleName.allCases {
      tables[module] = ZohoModuleTable(module, searchesFax: settings.searchesFax)
    }
    for record in try container.decode([ZohoRecord].self, forKey: .records) {
      guard let index = tables[record.module]?.append(record) else { continue }
      places[record.id] = Place(module: record.module, index: index)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(settings, forKey: .settings)
    try container.encode(identifiers, forKey: .identifiers)
    try container.encode(flushedAt, forKey: .flushedAt)
    try container.encode(deleted, forKey: .deleted)
    try container.encode(converted.sorted(), forKey: .converted)
    try container.encode(ZohoModuleName.allCases.flatMap { all(in: $0) }, forKey: .records)
  }
}
