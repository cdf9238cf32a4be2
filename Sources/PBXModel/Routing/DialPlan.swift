/// The ways of a site's numbers, each found once: the same few numbers are dialled again and again.
struct DialPlan {
  private struct Answer {
    let caller: Party
    let route: DialledRoute
  }

  /// Answers kept; when there are more, all are forgotten.
  private static let answersMax = 4096

  private let site: Site
  private let targets: [String: DialledRoute.Target]
  private var dialled = TextTable()
  /// For each number dialled the answers given, one for each kind of caller.
  private var answers: [[Answer]] = []
  private var count = 0

  init(site: Site) {
    self.site = site
    var targets: [String: DialledRoute.Target] = [:]
    // A number that two things have is the first one's, in this order.
    for account in site.extensions { targets[account.number] = targets[account.number] ?? .account(account) }
    for group in site.ringGroups { targets[group.number] = targets[group.number] ?? .ringGroup(group) }
    for queue in site.queues { targets[queue.number] = targets[queue.number] ?? .queue(queue) }
    for ivr in site.ivrs { targets[ivr.number] = targets[ivr.number] ?? .ivr(ivr) }
    for room in site.conferenceRooms { targets[room] = targets[room] ?? .conference(room) }
    if let parking = site.parking { targets[parking.number] = targets[parking.number] ?? .parking }
    self.targets = targets
  }

  /// Where the call goes.
  mutating func route(of call: Call) -> DialledRoute {
    let caller = call.callerParty
    if let known = number(of: call) {
      for answer in answers[known] where Self.isSameKind(answer.caller, caller) { return answer.route }
    }
    let route = find(call.dialled, caller)
    switch route.target {
    // A number outside seldom comes twice.
    case .unknown where route.inbound == nil: break
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature, .unknown:
      keep(Answer(caller: caller, route: route), for: call)
    }
    return route
  }

  private mutating func number(of call: Call) -> Int? {
    call.opener.texts.withText(call.dialledField) { dialled.number(of: $0) }
  }

  /// Where a number leads that a party asks for later in a call.
  mutating func route(of number: String, by caller: Party) -> DialledRoute { find(number, caller) }

  private mutating func keep(_ answer: Answer, for call: Call) {
    if count >= Self.answersMax {
      count = 0
      answers.removeAll(keepingCapacity: true)
      dialled = TextTable()
    }
    count += 1
    let number = call.opener.texts.withText(call.dialledField) { dialled.insert($0) }
    if number == answers.count { answers.append([]) }
    answers[number].append(answer)
  }

  /// Extensions all take the same routes; trunks may have routes of their own.
  private static func isSameKind(_ one: Party, _ other: Party) -> Bool {
    switch (one, other) {
    case (.account, .account): true
    case (.trunk, .trunk): one == other
    case (.account, .trunk), (.trunk, .account): false
    }
  }

  private mutating func find(_ dialled: String, _ caller: Party) -> DialledRoute {
    guard caller.isTrunk, let inbound = site.inboundRoute(for: dialled, from: caller) else {
      return findUnrouted(dialled, caller)
    }
    let number = site.numbers(of: inbound.destination, dialled: dialled).first ?? dialled
    return DialledRoute(
      inbound: inbound, outbound: nil, number: number, target: target(number),
      reachable: site.reachable(from: dialled, by: caller).map { NumberKey($0) })
  }

  /// Where a number leads that no inbound route takes.
  private mutating func findUnrouted(_ dialled: String, _ caller: Party) -> DialledRoute {
    let target = target(dialled)
    let outbound = site.outboundRoute(for: dialled)
    var reachable: [NumberKey] = []
    switch target {
    case .unknown:
      reachable.reserveCapacity(2)
      if !dialled.isEmpty { reachable.append(NumberKey(dialled)) }
      if let outbound { reachable.append(Self.keyOfSent(dialled, by: outbound)) }
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature:
      reachable = site.reachable(from: dialled, by: caller).map { NumberKey($0) }
    }
    return DialledRoute(inbound: nil, outbound: outbound, number: dialled, target: target, reachable: reachable)
  }

  /// The key of the number as it goes out over the route's trunk.
  private static func keyOfSent(_ dialled: String, by route: OutboundRoute) -> NumberKey {
    let strip = max(0, route.strip)
    // Of plain text a character is a byte, and no text has to be made.
    guard dialled.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      return NumberKey(route.prepend + String(dialled.dropFirst(strip)))
    }
    return NumberKey(route.prepend, behind: strip, of: dialled)
  }

  private mutating func target(_ number: String) -> DialledRoute.Target {
    if let target = targets[number] { return target }
    if let slots = site.parking?.slots, let slot = Int(number), slots.contains(slot) { return .parkingSlot(slot) }
    let star = UInt8(ascii: "*")
    guard !site.featureCodes.isEmpty || number.utf8.first == star || number.utf8.last == star else { return .unknown }
    if let code = site.featureCode(number) { return .feature(code.function) }
    if isDirectedPickup(number) { return .feature(.pickupExtension) }
    return site.agentCode(number).map { .feature($0.action.function) } ?? .unknown
  }

  /// `**` and an extension, the appliance's own code (reference section 4; X3), where the site names no other.
  private func isDirectedPickup(_ number: String) -> Bool {
    guard number.hasPrefix("**"), number.utf8.count > 2 else { return false }
    return !site.featureCodes.contains { $0.function == .pickupExtension }
  }
}
