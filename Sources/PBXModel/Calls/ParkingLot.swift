/// Which call waits at which place.
struct ParkingLot {
  /// Calls remembered; further ones wait at no place anybody knows.
  private static let callsMax = 4096
  private var calls: [(slot: Int?, call: Call)] = []

  /// Takes the lowest free place, as the appliance fills them (upstream).
  mutating func park(_ call: Call, in slots: ClosedRange<Int>?) -> Int? {
    leave(call)
    guard calls.count < Self.callsMax else { return nil }
    let taken = Set(calls.compactMap(\.slot))
    let slot = slots?.first { !taken.contains($0) }
    calls.append((slot, call))
    return slot
  }

  mutating func leave(_ call: Call) { calls.removeAll { $0.call === call } }

  /// The call at that place; where none is known to be there, the only one whose place nobody knows.
  func call(at slot: Int) -> Call? {
    if let known = calls.first(where: { $0.slot == slot }) { return known.call }
    var unplaced = calls.lazy.filter { $0.slot == nil }.makeIterator()
    guard let only = unplaced.next(), unplaced.next() == nil else { return nil }
    return only.call
  }
}
