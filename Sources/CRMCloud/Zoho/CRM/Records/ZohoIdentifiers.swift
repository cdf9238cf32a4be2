import Primitives

/// Record and user ids: decimal text of 19 digits that share the organisation's first digits and rise with time
/// (shape documented in samples; longer than 2^53, which is why JSON carries them as text).
struct ZohoIdentifiers: Codable {
  private let organisation: UInt64
  private var serial: UInt64
  private var generator: SeededGenerator
  private var taken: Set<String> = []

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    organisation = 4_000_000 + generator.next() % 1_000_000
    serial = 100_000 + generator.next() % 900_000
  }

  /// Reserves an id of the data's own; false if it is in use.
  mutating func reserve(_ id: String) -> Bool { taken.insert(id).inserted }

  /// Forgets a deleted record's id. It is not given again: serials rise.
  mutating func release(_ id: String) { taken.remove(id) }

  mutating func next() -> String {
    while true {
      serial = (serial &+ 1 &+ generator.next() % 1000) % 1_000_000_000_000
      let digits = String(serial)
      let id = String(organisation) + String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
      if taken.insert(id).inserted { return id }
    }
  }

  static func isWellFormed(_ id: String) -> Bool {
    id.isDigits(1...19)
  }
}
