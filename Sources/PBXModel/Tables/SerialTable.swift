/// A number for each serial number, as legs and calls have them, found in a few steps.
///
/// Open addressing with linear probing; removing closes the gap it leaves, so that nothing has to be marked as gone.
public struct SerialTable: Sendable {
  private var serials: [Int]
  private var values: [Int]
  private var count = 0
  /// Serial numbers begin with 1, so this is none.
  private static let vacant = 0

  /// A table without a number.
  public init() {
    serials = [Int](repeating: Self.vacant, count: 64)
    values = [Int](repeating: 0, count: 64)
  }

  /// The number it has; nil for none. Setting nil removes it.
  public subscript(_ serial: Int) -> Int? {
    get {
      guard serial != Self.vacant else { return nil }
      let place = place(of: serial)
      return serials[place] == serial ? values[place] : nil
    }
    set {
      guard serial != Self.vacant else { return }
      let place = place(of: serial)
      switch (newValue, serials[place] == serial) {
      case (.none, false): break
      case (.none, true): remove(at: place)
      case (.some(let value), true): values[place] = value
      case (.some(let value), false):
        (serials[place], values[place]) = (serial, value)
        count += 1
        if count * 2 > serials.count { grow() }
      }
    }
  }

  private func home(of serial: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: serial) &* 0x9e37_79b9_7f4a_7c15) >> 32) & (serials.count - 1)
  }

  /// Where it is, or where it would go. At least half of all places are vacant, so there is one.
  private func place(of serial: Int) -> Int {
    var place = home(of: serial)
    while serials[place] != serial, serials[place] != Self.vacant { place = (place + 1) & (serials.count - 1) }
    return place
  }

  private mutating func remove(at place: Int) {
    count -= 1
    var gap = place
    var next = (gap + 1) & (serials.count - 1)
    while serials[next] != Self.vacant {
      // Whoever's home is not behind the gap may move into it.
      let distance = (next - home(of: serials[next])) & (serials.count - 1)
      if distance >= (next - gap) & (serials.count - 1) {
        (serials[gap], values[gap]) = (serials[next], values[next])
        gap = next
      }
      next = (next + 1) & (serials.count - 1)
    }
    serials[gap] = Self.vacant
  }

  private mutating func grow() {
    let (oldSerials, oldValues) = (serials, values)
    serials = [Int](repeating: Self.vacant, count: oldSerials.count * 2)
    values = [Int](repeating: 0, count: oldSerials.count * 2)
    for index in oldSerials.indices where oldSerials[index] != Self.vacant {
      let place = place(of: oldSerials[index])
      (serials[place], values[place]) = (oldSerials[index], oldValues[index])
    }
  }
}
