/// The latest exchanges, within bounds: what falls out of them is gone.
struct ExchangeInspector: Sendable {
  static let entriesMax = 1000
  static let bytesMax = 32 << 20

  private var entries: [Int: ExchangeEntry] = [:]
  private var firstNumber: Int
  private(set) var lastNumber: Int
  private var bytes = 0

  /// Numbers go on after `number`.
  init(after number: Int = 0) {
    lastNumber = number
    firstNumber = number + 1
  }

  /// Takes an exchange in; its number, counted from 1.
  mutating func add(_ entry: ExchangeEntry) -> Int {
    lastNumber += 1
    entries[lastNumber] = entry
    bytes += entry.bytes
    while entries.count > 1, entries.count > Self.entriesMax || bytes > Self.bytesMax {
      if let oldest = entries.removeValue(forKey: firstNumber) { bytes -= oldest.bytes }
      firstNumber += 1
    }
    return lastNumber
  }

  subscript(number: Int) -> ExchangeEntry? { entries[number] }

  /// The latest first.
  func entries(_ filter: ExchangeFilter) -> [(number: Int, entry: ExchangeEntry)] {
    guard firstNumber <= lastNumber else { return [] }
    var found: [(number: Int, entry: ExchangeEntry)] = []
    for number in (firstNumber...lastNumber).reversed() {
      guard found.count < filter.limit, number > filter.after, let entry = entries[number] else { break }
      if filter.takes(entry) { found.append((number, entry)) }
    }
    return found
  }
}

/// Which exchanges are asked for; what is left out takes all.
struct ExchangeFilter: Sendable {
  var after = 0
  var limit = ExchangeInspector.entriesMax
  var host: String?
  var path: String?
  var status: Int?
  var onlyFaults = false

  func takes(_ entry: ExchangeEntry) -> Bool {
    (host.map { entry.host.hasPrefix($0) } ?? true) && (path.map { entry.path.contains($0) } ?? true)
      && (status.map { entry.status == $0 } ?? true) && (!onlyFaults || entry.rule != nil)
  }
}
