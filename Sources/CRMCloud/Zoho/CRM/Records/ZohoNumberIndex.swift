/// Narrows a search by phone to the records that can match, by every four digits in a row of their numbers.
///
/// Without it a lookup in 100,000 contacts costs milliseconds, with it microseconds.
struct ZohoNumberIndex {
  private static let runLength = 4

  private static let runCount = 10_000

  /// Places of records by run, `0000` to `9999`, rising; empty until there is a number.
  private var places: [[Int]] = []

  /// Runs of digits to find these numbers by.
  static func runs(of numbers: [ZohoStoredNumber]) -> Set<Int> {
    var all: Set<Int> = []
    for number in numbers { all.formUnion(runs(number.digits)) }
    return all
  }

  mutating func insert(_ numbers: [ZohoStoredNumber], place: Int) { insert(Self.runs(of: numbers), place: place) }

  mutating func insert(_ runs: Set<Int>, place: Int) {
    if places.isEmpty, !runs.isEmpty { places = Array(repeating: [], count: Self.runCount) }
    for run in runs {
      // Nearly always the newest record, whose place is the highest.
      if (places[run].last ?? -1) < place {
        places[run].append(place)
      } else {
        let index = Self.position(of: place, in: places[run])
        if places[run][index] != place { places[run].insert(place, at: index) }
      }
    }
  }

  mutating func remove(_ runs: Set<Int>, place: Int) {
    guard !places.isEmpty else { return }
    for run in runs {
      let index = Self.position(of: place, in: places[run])
      if index < places[run].count, places[run][index] == place { places[run].remove(at: index) }
    }
  }

  /// Places of all records with a number that contains `digits`, and of some others, rising; nil when there are too few
  /// digits to tell.
  func candidates(_ digits: [UInt8]) -> [Int]? {
    let runs = Self.runs(digits)
    guard !places.isEmpty else { return runs.isEmpty ? nil : [] }
    let lists = Set(runs).map { places[$0] }.sorted { $0.count < $1.count }
    guard let shortest = lists.first, shortest.count > 1 else { return lists.first }
    // Who has the rarest run and not the others has another number.
    return lists.dropFirst().reduce(shortest) { kept, list in
      kept.count > 1 ? kept.filter { Self.holds(list, $0) } : kept
    }
  }

  private static func holds(_ places: [Int], _ place: Int) -> Bool {
    let position = position(of: place, in: places)
    return position < places.count && places[position] == place
  }

  /// Where `place` stands among rising places, or would.
  private static func position(of place: Int, in places: [Int]) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func runs(_ digits: [UInt8]) -> [Int] {
    guard digits.count >= runLength else { return [] }
    return (0...(digits.count - runLength)).map { start in
      digits[start..<start + runLength].reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) % 10 }
    }
  }
}
