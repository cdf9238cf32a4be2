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

  func dialplanContext(for member: Call.Member) -> String {
    switch (call.callerParty, member.party) {
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
    let target = dialTarget(member)
    return String(atMost: target.utf8.count + ByteCursor.decimalBytesMax + 32) { cursor in
      cursor.put(target)
      switch member.party {
      case .account(let number):
        cursor.put("," as StaticString)
        cursor.put(decimal: Int64(site.account(number)?.ringTimeoutSeconds ?? ringSeconds))
        cursor.put(",zb(callee-handler^s^1)" as StaticString)
      case .trunk: cursor.put(",,b(callee-handler^s^1)" as StaticString)
      }
    }
  }

  var ringSeconds: Int { site.ringTimeoutSeconds ?? context.settings.ringTimeoutSeconds }

  func dialTarget(_ member: Call.Member) -> String {
    switch member.party {
    case .account(let number):
      let destination = member.leg.destination.description
      let count = context.technology.utf8.count + 2 * number.utf8.count + destination.utf8.count + 7
      return String(atMost: count) { cursor in
        cursor.put(context.technology)
        cursor.put("/" as StaticString)
        cursor.put(number)
        cursor.put("/sip:" as StaticString)
        cursor.put(number)
        cursor.put("@" as StaticString)
        cursor.put(destination)
      }
    case .trunk(_, let index): return "\(context.technology)/\(member.leg.requestUser)@\(Self.trunkName(index))"
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
    case .trunk(_, let index): Self.trunkName(index)
    }
  }

  static func trunkName(_ index: Int) -> String {
    String(atMost: ByteCursor.decimalBytesMax + 6) { cursor in
      cursor.put("trunk_" as StaticString)
      cursor.put(decimal: Int64(index))
    }
  }
}
