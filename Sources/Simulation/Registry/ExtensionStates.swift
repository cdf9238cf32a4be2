import PBXModel

/// The state of each extension, from its bindings and its legs.
///
/// Each change answers with the new state, or nil where that is the one shown already.
struct ExtensionStates: Sendable {
  fileprivate struct Entry: Sendable {
    var ringing: [Leg.ID] = []
    var connected: [Leg.ID] = []
    var isRegistered = false
    /// Reachable without registering.
    var isFixed = false
    /// The site names it; of others nothing is kept while there is nothing to show.
    var isOfSite = false
    var hasCallWaiting = true
    var shown = ExtensionState.unavailable
  }

  private var numbers = TextTable()
  private var entries: [Entry] = []

  /// False where nobody sees a state and none leads to anything: then none is kept.
  let isKept: Bool

  /// - Parameter isShown: whether anybody reads the states.
  init(site: Site, isShown: Bool) {
    isKept = isShown || site.extensions.contains { !$0.hasCallWaiting }
    for account in site.extensions {
      let index = index(of: account.number)
      entries[index].isOfSite = true
      entries[index].isFixed = !account.registers && !account.addresses.isEmpty
      entries[index].hasCallWaiting = account.hasCallWaiting
    }
  }

  mutating func ring(_ number: String, _ leg: Leg.ID) -> ExtensionState? {
    change(number) { entry in
      if !entry.ringing.contains(leg) { entry.ringing.append(leg) }
    }
  }

  mutating func connect(_ number: String, _ leg: Leg.ID) -> ExtensionState? {
    change(number) { entry in
      entry.ringing.remove(leg)
      if !entry.connected.contains(leg) { entry.connected.append(leg) }
    }
  }

  mutating func release(_ number: String, _ leg: Leg.ID) -> ExtensionState? {
    change(number) { entry in
      entry.ringing.remove(leg)
      entry.connected.remove(leg)
    }
  }

  mutating func register(_ number: String, isRegistered: Bool) -> ExtensionState? {
    change(number) { $0.isRegistered = isRegistered }
  }

  private mutating func index(of number: String) -> Int {
    let index = numbers.insert(number)
    if index == entries.count { entries.append(Entry()) }
    return index
  }

  private mutating func change(_ number: String, _ body: (inout Entry) -> Void) -> ExtensionState? {
    guard isKept else { return nil }
    let index = index(of: number)
    body(&entries[index])
    let state = entries[index].state
    let isNew = state != entries[index].shown
    entries[index].shown = state
    if state == .unavailable, !entries[index].isOfSite {
      entries[index] = Entry()
      numbers.remove(index)
    }
    return isNew ? state : nil
  }
}

extension ExtensionStates.Entry {
  var state: ExtensionState {
    if !connected.isEmpty { return hasCallWaiting ? .inUse : .busy }
    if !ringing.isEmpty { return .ringing }
    return isRegistered || isFixed ? .idle : .unavailable
  }
}

extension [Leg.ID] {
  fileprivate mutating func remove(_ leg: Leg.ID) {
    if let index = firstIndex(of: leg) { remove(at: index) }
  }
}
