import JSON
import Primitives

/// The organisation's records.
struct ZohoRecordStore: Codable {
  private var tables: [ZohoModuleName: [ZohoRecord]] = [:]
  private var numbers: [ZohoModuleName: ZohoNumberIndex] = [:]
  private var places: [String: Place] = [:]
  private var identifiers: ZohoIdentifiers
  private let settings: ZohoCloudSettings

  private struct Place: Codable {
    let module: ZohoModuleName
    let index: Int
  }

  init(settings: ZohoCloudSettings, seed: UInt64) {
    self.settings = settings
    identifiers = ZohoIdentifiers(seed: seed)
  }

  func all(in module: ZohoModuleName) -> [ZohoRecord] { tables[module] ?? [] }

  func record(_ id: String, in module: ZohoModuleName) -> ZohoRecord? {
    guard let place = places[id], place.module == module, let table = tables[module] else { return nil }
    return table.indices.contains(place.index) ? table[place.index] : nil
  }

  /// Records that `query` finds at `now`, in the order they came into being (assumed).
  func search(_ query: ZohoPhoneQuery, in module: ZohoModuleName, at now: Instant) -> [ZohoRecord] {
    let table = all(in: module)
    let isHit = { (record: ZohoRecord) in record.findableFrom <= now && record.numbers.contains(where: query.matches) }
    guard let places = numbers[module]?.candidates(query.requiredDigits) else { return table.filter(isHit) }
    return places.filter { table.indices.contains($0) && isHit(table[$0]) }.map { table[$0] }
  }

  /// Adds a record of validated values.
  mutating func insert(
    _ values: [String: JSONValue], into module: ZohoModuleName, by userIndex: Int, at now: Instant
  ) throws(ZohoRefusedRecord) -> ZohoRecord {
    guard all(in: module).count < settings.maximumRecordsPerModule else { throw .full }
    let findableFrom = now + settings.indexDelay
    return append(values, id: identifiers.next(), module, by: userIndex, at: now, findableFrom: findableFrom)
  }

  mutating func append(
    _ values: [String: JSONValue], id: String, _ module: ZohoModuleName, by userIndex: Int, at now: Instant,
    findableFrom: Instant
  ) -> ZohoRecord {
    let record = ZohoRecord(
      id: id, module: module, values: values, createdAt: now, userIndex: userIndex, findableFrom: findableFrom,
      numbers: module.fields.filter(isSearched).compactMap { values[$0.name]?.string.map(ZohoStoredNumber.init) })
    let index = all(in: module).count
    places[id] = Place(module: module, index: index)
    numbers[module, default: ZohoNumberIndex()].insert(record.numbers, place: index)
    tables[module, default: []].append(record)
    return record
  }

  /// Lets searches find every record from `now` on; how many could not be found yet.
  mutating func flushIndex(at now: Instant) -> Int {
    var flushed = 0
    for (module, table) in tables {
      for (index, record) in table.enumerated() where record.findableFrom > now {
        var found = record
        found.findableFrom = now
        tables[module]?[index] = found
        flushed += 1
      }
    }
    return flushed
  }

  private func isSearched(_ field: ZohoField) -> Bool {
    switch field.kind {
    case .phone: true
    case .fax: settings.searchesFax
    case .text, .integer, .dateTime, .duration, .choice, .reference, .relatedReference, .moduleName: false
    }
  }

  /// The data's own id, or a new one.
  mutating func identifier(_ given: String?, list: String, index: Int) throws(ZohoCloudDataError) -> String {
    guard let given else { return identifiers.next() }
    guard ZohoIdentifiers.isWellFormed(given) else { throw .malformedID(list: list, index: index) }
    guard identifiers.reserve(given) else { throw .duplicateID(list: list, index: index) }
    return given
  }
}
