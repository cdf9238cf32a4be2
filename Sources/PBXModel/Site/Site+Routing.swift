extension Site {
  /// Numbers a call to `dialled` may make the PBX ring, `dialled` included: forwards, group and queue members,
  /// what a DID or a menu leads to. At most `limit`.
  public func reachable(from dialled: String, by caller: Party, limit: Int = 64) -> [String] {
    var result: [String] = []
    var visit = [dialled]
    if let route = inboundRoute(for: dialled, from: caller) {
      visit += numbers(of: route.destination, dialled: dialled)
    } else if let route = outboundRoute(for: dialled) {
      visit.append(route.prepend + String(dialled.dropFirst(max(0, route.strip))))
    }
    while let number = visit.popLast(), result.count < limit {
      guard !number.isEmpty, !result.contains(number) else { continue }
      result.append(number)
      visit += next(after: number)
    }
    return result
  }

  /// The inbound route a DID takes: of those that serve the caller's trunk, the one that spells out most of it.
  /// nil for a caller who is no trunk.
  public func inboundRoute(for did: String, from caller: Party) -> InboundRoute? {
    let trunk: String
    switch caller {
    case .account: return nil
    case .trunk(let name, _): trunk = name
    }
    var best: (index: Int, literals: Int)?
    for index in inboundRoutes.indices
    where (inboundRoutes[index].trunks.isEmpty || inboundRoutes[index].trunks.contains(trunk))
      && inboundRoutes[index].pattern.matches(did)
    {
      let literals = inboundRoutes[index].pattern.literalCount
      if literals > best?.literals ?? -1 { best = (index, literals) }
    }
    return best.map { inboundRoutes[$0.index] }
  }

  /// The outbound route a number takes: of those with a pattern that matches, the one that spells out most of it, the
  /// first of equals. nil when none matches.
  public func outboundRoute(for dialled: String) -> OutboundRoute? {
    var best: (index: Int, literals: Int)?
    for index in outboundRoutes.indices {
      for pattern in outboundRoutes[index].patterns
      where pattern.matches(dialled) && pattern.literalCount > best?.literals ?? -1 {
        best = (index, pattern.literalCount)
      }
    }
    return best.map { outboundRoutes[$0.index] }
  }

  private func next(after number: String) -> [String] {
    var result: [String] = []
    if let account = account(number) {
      result +=
        [account.forwardAlways, account.forwardBusy, account.forwardNoAnswer].compactMap(\.self) + account.followMe
    }
    for group in ringGroups where group.number == number { result += group.members }
    for queue in queues where queue.number == number {
      result += queue.members
      if let destination = queue.timeoutDestination { result += numbers(of: destination, dialled: number) }
    }
    for ivr in ivrs where ivr.number == number {
      for key in ivr.keys.keys.sorted() {
        if let destination = ivr.keys[key] { result += numbers(of: destination, dialled: number) }
      }
    }
    return result
  }

  /// The number a destination stands for; empty for hanging up.
  public func numbers(of destination: Destination, dialled: String) -> [String] {
    switch destination {
    case .account(let number), .ringGroup(let number), .queue(let number), .ivr(let number), .voicemail(let number),
      .conference(let number), .external(let number):
      [number]
    case .byDID(let strip): [String(dialled.dropFirst(max(0, strip) + (dialled.hasPrefix("+") ? 1 : 0)))]
    case .hangUp: []
    }
  }
}
