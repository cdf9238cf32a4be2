import PBXModel
import Primitives

/// Channels, contexts and dial strings, as the appliance spells them.
extension CDRRowWriter {
  func callerID(_ name: String, _ number: String) -> String {
    String(atMost: name.utf8.count + number.utf8.count + 5) { cursor in
      cursor.put("\"" as StaticString)
      cursor.put(name)
      cursor.put("\" <" as StaticString)
      cursor.put(number)
      cursor.put(">" as StaticString)
    }
  }

  func dialplanContext(for party: Party) -> String {
    switch (call.callerParty, party) {
    case (.account, .account): return "from-internal"
    case (.account, .trunk), (.trunk, .trunk):
      return "outbound-route-" + String(call.route?.outbound?.index ?? 1)
    case (.trunk(_, let index), .account(let number)):
      let isDirect = call.route?.inbound != nil && destinationNumber == number
      return isDirect ? "from-did-direct" : "ext-did-" + String(index)
    }
  }

  /// What `dialplanContext` leans on.
  func assumption(behind party: Party) -> Assumption? {
    switch (call.callerParty, party) {
    case (.account, .account): nil
    case (.account, .trunk), (.trunk, .trunk):
      call.route?.outbound == nil ? .outboundRouteUnknown : nil
    case (.trunk, .account): .dcontextOfInboundCall
    }
  }

  func dialString(_ member: Call.Member) -> String {
    String(atMost: dialTargetBytesMax(member) + ByteCursor.decimalBytesMax + 32) { cursor in
      putDialTarget(member, into: &cursor)
      switch member.party {
      case .account(let number):
        cursor.put("," as StaticString)
        cursor.put(decimal: Int64(site.accountRingSeconds(number) ?? ringSeconds))
        cursor.put(",zb(callee-handler^s^1)" as StaticString)
      case .trunk: cursor.put(",,b(callee-handler^s^1)" as StaticString)
      }
    }
  }

  var ringSeconds: Int { site.ringTimeoutSeconds ?? context.settings.ringTimeoutSeconds }

  func dialTarget(_ member: Call.Member) -> String {
    String(atMost: dialTargetBytesMax(member)) { putDialTarget(member, into: &$0) }
  }

  private func dialTargetBytesMax(_ member: Call.Member) -> Int {
    let plainBytes = context.technology.utf8.count + 7
    switch member.party {
    case .account(let number): return plainBytes + 2 * number.utf8.count + IPEndpoint.descriptionBytesMax
    case .trunk: return plainBytes + member.leg.requestUser.utf8.count + CDRContext.trunkNameBytesMax
    }
  }

  private func putDialTarget(_ member: Call.Member, into cursor: inout ByteCursor) {
    cursor.put(context.technology)
    cursor.put("/" as StaticString)
    switch party(of: member) {
    case .account(let number):
      cursor.put(number)
      cursor.put("/sip:" as StaticString)
      cursor.put(number)
      cursor.put("@" as StaticString)
      cursor.put(member.leg.destination)
    case .trunk(_, let index):
      cursor.put(member.leg.requestUser)
      cursor.put("@" as StaticString)
      cursor.put(context.trunkName(index))
    }
  }

  var callerChannel: String {
    channel(of: call.callerParty, call.callerLeg?.leg.id ?? call.firstLeg?.id)
  }

  func channel(of party: Party, _ leg: Leg.ID?) -> String {
    let name = name(of: party)
    let serial = UInt64(UInt(bitPattern: serial(of: leg)))
    return String(atMost: context.technology.utf8.count + name.utf8.count + 18) { cursor in
      cursor.put(context.technology)
      cursor.put("/" as StaticString)
      cursor.put(name)
      cursor.put("-" as StaticString)
      cursor.put(hexadecimal: serial, digitsMin: 8)
    }
  }

  func serial(of leg: Leg.ID?) -> Int { serials.first { $0.leg == leg }?.serial ?? 0 }

  func name(of party: Party) -> String {
    switch party {
    case .account(let number): number
    case .trunk(_, let index): context.trunkName(index)
    }
  }
}
