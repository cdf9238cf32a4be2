import PBXModel

/// The state of each extension, from its bindings and its legs.
struct ExtensionStates: Sendable {
  private struct Legs: Sendable {
    var ringing: Set<Leg.ID> = []
    var connected: Set<Leg.ID> = []
    var isEmpty: Bool { ringing.isEmpty && connected.isEmpty }
  }

  private var legs: [String: Legs] = [:]
  private var shown: [String: ExtensionState] = [:]
  private let withoutCallWaiting: Set<String>
  /// Extensions that are reachable without registering.
  private let fixed: Set<String>

  init(site: Site) {
    withoutCallWaiting = Set(site.extensions.filter { !$0.hasCallWaiting }.map(\.number))
    fixed = Set(site.extensions.filter { !$0.registers && !$0.addresses.isEmpty }.map(\.number))
  }

  mutating func ring(_ number: String, _ leg: Leg.ID) {
    legs[number, default: Legs()].ringing.insert(leg)
  }

  mutating func connect(_ number: String, _ leg: Leg.ID) {
    legs[number, default: Legs()].ringing.remove(leg)
    legs[number, default: Legs()].connected.insert(leg)
  }

  mutating func release(_ number: String, _ leg: Leg.ID) {
    legs[number]?.ringing.remove(leg)
    legs[number]?.connected.remove(leg)
    if legs[number]?.isEmpty == true { legs[number] = nil }
  }

  /// The new state, when it is another than was shown last.
  mutating func change(of number: String, isRegistered: Bool) -> ExtensionState? {
    let state = state(of: number, isRegistered: isRegistered)
    // Nothing is kept of what is unavailable, as every number nobody has registered is.
    guard shown[number] ?? .unavailable != state else { return nil }
    shown[number] = state == .unavailable ? nil : state
    return state
  }

  private func state(of number: String, isRegistered: Bool) -> ExtensionState {
    if let legs = legs[number] {
      if !legs.connected.isEmpty { return withoutCallWaiting.contains(number) ? .busy : .inUse }
      if !legs.ringing.isEmpty { return .ringing }
    }
    return isRegistered || fixed.contains(number) ? .idle : .unavailable
  }
}
