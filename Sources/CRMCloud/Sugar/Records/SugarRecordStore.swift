import Primitives

/// The installation's records and what ties them together.
struct SugarRecordStore: Codable {
  private var tables: [SugarModule: [SugarRecord]] = [:]
  /// Places by id.
  private var places: [String: Place] = [:]
  /// Ids on the other side, by id, in the order they were tied.
  private var ties: [String: [String]] = [:]
  private var generator: SeededGenerator
  let limit: Int

  private struct Place: Codable {
    let module: SugarModule
    let index: Int
  }

  /// Ties of one record.
  static let maximumTies = 10_000

  init(limit: Int, seed: UInt64) {
    self.limit = limit
    generator = SeededGenerator(seed: seed ^ 0x7375_6761_72)
  }

  /// Every record of a module that is not deleted, oldest first.
  func all(in module: SugarModule, deleted: Bool = false) -> [SugarRecord] {
    let table = tables[module.table] ?? []
    return deleted ? table : table.filter { !$0.isDeleted }
  }

  func record(_ id: String) -> SugarRecord? { places[id].flatMap { tables[$0.module]?[$0.index] } }

  func record(_ id: String, in module: SugarModule) -> SugarRecord? {
    record(id).flatMap { $0.module == module.table && !$0.isDeleted ? $0 : nil }
  }

  func isFull(_ module: SugarModule) -> Bool { (tables[module.table]?.count ?? 0) >= limit }

  /// A new UUID.
  mutating func nextID() -> String {
    while true {
      let digits = Array(generator.hexadecimal(32))
      let id = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
      if places[id] == nil { return id }
    }
  }

  /// Adds a record; one whose id is taken is dropped.
  mutating func append(_ record: SugarRecord) {
    guard places[record.id] == nil else { return }
    places[record.id] = Place(module: record.module, index: tables[record.module]?.count ?? 0)
    tables[record.module, default: []].append(record)
  }

  mutating func update(_ id: String, _ change: (inout SugarRecord) -> Void) {
    guard let place = places[id], var record = tables[place.module]?[place.index] else { return }
    change(&record)
    tables[place.module]?[place.index] = record
  }

  /// False where there is no room for another.
  mutating func tie(_ left: String, _ right: String) -> Bool {
    for (one, other) in [(left, right), (right, left)] {
      guard !(ties[one]?.contains(other) ?? false) else { continue }
      guard (ties[one]?.count ?? 0) < Self.maximumTies else { return false }
      ties[one, default: []].append(other)
    }
    return true
  }

  mutating func untie(_ left: String, _ right: String) {
    ties[left]?.removeAll { $0 == right }
    ties[right]?.removeAll { $0 == left }
  }

  /// Records of `module` tied to `id`; calls also by their parent, as histories of leads and accounts show them
  /// (measured).
  func tied(to record: SugarRecord, _ module: SugarModule) -> [SugarRecord] {
    let tied = (ties[record.id] ?? []).compactMap { self.record($0, in: module) }
    guard module == .calls, record.module != .contacts else { return tied }
    let known = Set(tied.map(\.id))
    return tied + all(in: .calls).filter { $0["parent_id"] == record.id && !known.contains($0.id) }
  }
}
