/// A number for each serial number, as legs and calls have them, found in a few steps.
///
/// Open addressing with linear probing; removing closes the gap it leaves, so that nothing has to be marked as gone.
public struct SerialTable: Sendable {
  private struct Place {
    var serial = SerialTable.vacant
    var value = 0
  }

  private var places: [Place]
  private var count = 0
  /// Serial numbers begin with 1, so this is none.
  private static let vacant = 0

  /// A table without a number.
  public init() {
    places = [Place](repeating: Place(), count: 64)
  }

  /// The number it has; nil for none. Setting nil removes it.
  public subscript(_ serial: Int) -> Int? {
    get {
      guard count > 0, serial != Self.vacant else { return nil }
      return places.withUnsafeBufferPointer { places in
        let found = places[Self.place(of: serial, in: places)]
        return found.serial == serial ? found.value : nil
      }
    }
    set {
      guard serial != Self.vacant, newValue != nil || count > 0 else { return }
      let place = places.withUnsafeBufferPointer { Self.place(of: serial, in: $0) }
      switch (newValue, places[place].serial == serial) {
      case (.none, false): break
      case (.none, true): remove(at: place)
      case (.some(let value), true): places[place].value = value
      case (.some(let value), false):
        places[place] = Place(serial: serial, value: value)
        count += 1
        if count * 2 > places.count { grow() }
      }
    }
  }

  @inline(__always)
  private static func home(of serial: Int, among count: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: serial) &* 0x9e37_79b9_7f4a_7c15) >> 32) & (count &- 1)
  }

  /// Where it is, or where it would go. At least half of all places are vacant, so there is one.
  @inline(__always)
  private static func place(of serial: Int, in places: UnsafeBufferPointer<Place>) -> Int {
    var place = home(of: serial, among: places.count)
    while places[place].serial != serial, places[place].serial != vacant { place = (place &+ 1) & (places.count &- 1) }
    return place
  }

  private mutating func remove(at place: Int) {
    count -= 1
    let last = places.count - 1
    var gap = place
    var next = (gap + 1) & last
    while places[next].serial != Self.vacant {
      // Whoever's home is not behind the gap may move into it.
      let distance = (next - Self.home(of: places[next].serial, among: places.count)) & last
      if distance >= (next - gap) & last {
        places[gap] = places[next]
        gap = next
      }
      next = (next + 1) & last
    }
    places[gap].serial = Self.vacant
  }

  private mutating func grow() {
    let old = places
    places = [Place](repeating: Place(), count: old.count * 2)
    for entry in old where entry.serial != Self.vacant {
      let place = places.withUnsafeBufferPointer { Self.place(of: entry.serial, in: $0) }
      places[place] = entry
    }
  }
}
