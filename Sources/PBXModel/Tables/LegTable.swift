/// A number for each leg, found in a few steps: legs are looked up several times a call.
///
/// Open addressing with linear probing; removing closes the gap it leaves, so that nothing has to be marked as gone.
public struct LegTable: Sendable {
  private var legs: [Int]
  private var values: [Int]
  private var count = 0
  /// Legs are numbered from 1, so this is none.
  private static let vacant = 0

  /// A table without a leg.
  public init() {
    legs = [Int](repeating: Self.vacant, count: 64)
    values = [Int](repeating: 0, count: 64)
  }

  /// The leg's number; nil for a leg that has none. Setting nil removes it.
  public subscript(_ leg: Leg.ID) -> Int? {
    get {
      guard leg.rawValue != Self.vacant else { return nil }
      let place = place(of: leg.rawValue)
      return legs[place] == leg.rawValue ? values[place] : nil
    }
    set {
      guard leg.rawValue != Self.vacant else { return }
      let place = place(of: leg.rawValue)
      switch (newValue, legs[place] == leg.rawValue) {
      case (.none, false): break
      case (.none, true): remove(at: place)
      case (.some(let value), true): values[place] = value
      case (.some(let value), false):
        (legs[place], values[place]) = (leg.rawValue, value)
        count += 1
        if count * 2 > legs.count { grow() }
      }
    }
  }

  private func home(of leg: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: leg) &* 0x9e37_79b9_7f4a_7c15) >> 32) & (legs.count - 1)
  }

  /// Where the leg is, or where it would go. At least half of all places are vacant, so there is one.
  private func place(of leg: Int) -> Int {
    var place = home(of: leg)
    while legs[place] != leg, legs[place] != Self.vacant { place = (place + 1) & (legs.count - 1) }
    return place
  }

  private mutating func remove(at place: Int) {
    count -= 1
    var gap = place
    var next = (gap + 1) & (legs.count - 1)
    while legs[next] != Self.vacant {
      // Whoever's home is not behind the gap may move into it.
      let distance = (next - home(of: legs[next])) & (legs.count - 1)
      if distance >= (next - gap) & (legs.count - 1) {
        (legs[gap], values[gap]) = (legs[next], values[next])
        gap = next
      }
      next = (next + 1) & (legs.count - 1)
    }
    legs[gap] = Self.vacant
  }

  private mutating func grow() {
    let (oldLegs, oldValues) = (legs, values)
    legs = [Int](repeating: Self.vacant, count: oldLegs.count * 2)
    values = [Int](repeating: 0, count: oldLegs.count * 2)
    for index in oldLegs.indices where oldLegs[index] != Self.vacant {
      let place = place(of: oldLegs[index])
      (legs[place], values[place]) = (oldLegs[index], oldValues[index])
    }
  }
}
