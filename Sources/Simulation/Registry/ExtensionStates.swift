import PBXModel

/// The state of each extension, from its bindings and its legs.
struct ExtensionStates: Sendable {
  fileprivate struct Entry: Sendable {
    var ringing: [Leg.ID] = []
    var connected: [Leg.ID] = []
    var shown = ExtensionState.unavailable
    /// Nothing is kept of what is unavailable, as every number nobody has registered is.
    var isVacant: Bool { ringing.isEmpty && connected.isEmpty && shown == .unavailable }
  }

  private var entries: [String: Entry] = [:]
  private let withoutCallWaiting: Set<String>
  /// Extensions that are reachable without registering.
  private let fixed: Set<String>

  init(site: Site) {
    withoutCallWaiting = Set(site.extensions.filter { !$0.hasCallWaiting }.map(\.number))
    fixed = Set(site.extensions.filter { !$0.registers && !$0.addresses.isEmpty }.map(\.number))
  }

  mutating func ring(_ number: String, _ leg: Leg.ID) {
    entries[number, default: Entry()].ring(leg)
  }

  mutating func connect(_ number: String, _ leg: Leg.ID) {
    entries[number, default: Entry()].connect(leg)
  }

  /// false when the extension had no such leg.
  mutating func release(_ number: String, _ leg: Leg.ID) -> Bool {
    entries[number]?.release(leg) ?? false
  }

  /// The new state, when it is another than was shown last.
  mutating func change(of number: String, isRegistered: @autoclosure () -> Bool) -> ExtensionState? {
    var entry = entries[number] ?? Entry()
    let state = state(of: number, entry, isRegistered: isRegistered)
    guard entry.shown != state else {
      if entry.isVacant { entries[number] = nil }
      return nil
    }
    entry.shown = state
    entries[number] = entry.isVacant ? nil : entry
    return state
  }

  private func state(of number: String, _ entry: Entry, isRegistered: () -> Bool) -> ExtensionState {
    if !entry.connected.isEmpty { return withoutCallWaiting.contains(number) ? .busy : .inUse }
    if !entry.ringing.isEmpty { return .ringing }
    return isRegistered() || fixed.contains(number) ? .idle : .unavailable
  }
}

extension ExtensionStates.Entry {
  mutating func ring(_ leg: Leg.ID) {
    if !ringing.contains(leg) { ringing.append(leg) }
  }

  mutating func connect(_ leg: Leg.ID) {
    ringing.removeAll { $0 == leg }
    if !connected.contains(leg) { connected.append(leg) }
  }

  mutating func release(_ leg: Leg.ID) -> Bool {
    let before = ringing.count + connected.count
    ringing.removeAll { $0 == leg }
    connected.removeAll { $0 == leg }
    return ringing.count + connected.count < before
  }
}
