import JSON
import Primitives

/// The records of an organisation, by object in the order they came into being.
struct SalesforceStore: Codable {
  private var tables: [SalesforceObject: [SalesforceRecord]] = [:]
  /// Where in its table a record stands.
  private var places: [String: Int] = [:]
  private var counts: [SalesforceObject: Int] = [:]

  func all(_ object: SalesforceObject) -> [SalesforceRecord] { tables[object] ?? [] }

  func count(_ object: SalesforceObject) -> Int { tables[object]?.count ?? 0 }

  /// - Parameter id: 18 characters.
  func record(_ id: String, of object: SalesforceObject) -> SalesforceRecord? {
    guard let place = places[id], let table = tables[object], table.indices.contains(place), table[place].id == id
    else { return nil }
    return table[place]
  }

  func exists(_ id: String) -> Bool { places[id] != nil }

  /// Keeps a new record under `id`, or under the next free one.
  mutating func add(
    _ values: [String: JSONValue], to object: SalesforceObject, id: String? = nil, findableFrom: Instant,
    at now: Instant
  ) -> String {
    let id = id ?? nextID(object)
    let record = SalesforceRecord(
      id: id, object: object, values: values.filter { $0.value != .null }, createdAt: now, modifiedAt: now,
      findableFrom: findableFrom)
    places[id] = count(object)
    tables[object, default: []].append(record)
    return id
  }

  /// Sets what `values` name; `.null` clears.
  mutating func change(
    _ id: String, of object: SalesforceObject, _ values: [String: JSONValue], findableFrom: Instant, at now: Instant
  ) {
    guard let place = places[id], var record = record(id, of: object) else { return }
    record.indexedValues = record.searched(at: now)
    for (name, value) in values { record.values[name] = value == .null ? nil : value }
    record.modifiedAt = now
    record.findableFrom = findableFrom
    tables[object]?[place] = record
  }

  mutating func remove(_ id: String, of object: SalesforceObject) {
    guard record(id, of: object) != nil, let place = places.removeValue(forKey: id) else { return }
    tables[object]?.remove(at: place)
    for (index, record) in all(object).enumerated().dropFirst(place) { places[record.id] = index }
  }

  /// Has searches know everything written so far; how many records that was news about.
  mutating func flushIndex(at now: Instant) -> Int {
    var flushed = 0
    for object in SalesforceObject.allCases {
      for place in all(object).indices where (tables[object]?[place].findableFrom ?? now) > now {
        tables[object]?[place].findableFrom = now
        flushed += 1
      }
    }
    return flushed
  }

  private mutating func nextID(_ object: SalesforceObject) -> String {
    while true {
      let number = (counts[object] ?? 0) + 1
      counts[object] = number
      let id = SalesforceID.make(prefix: object.prefix, number: number)
      if !exists(id) { return id }
    }
  }
}
