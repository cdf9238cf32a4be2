import PBXModel
import Primitives

/// What a call came to before phones rang: a voice menu or a ring group, which has a row of its own (reference section
/// 5.2: menus observed on a 62xx, groups on a 63xx).
enum Entrance: Sendable {
  case menu(IVR)
  case group(RingGroup)

  /// The dialled legs carry it too.
  var actionType: String {
    switch self {
    case .menu(let ivr): "IVR[\(ivr.number)]"
    case .group(let group): "RINGGROUP[\(group.number)]"
    }
  }

  var isMenu: Bool {
    switch self {
    case .menu: true
    case .group: false
    }
  }
}

extension CDRRowWriter {
  /// The number dialled, or the one its DID leads to.
  var destinationNumber: String { call.route?.number ?? call.dialled }

  /// nil for a call that came to an extension, a trunk, or something the site file does not tell of.
  var entrance: Entrance? {
    guard let route = call.route else { return nil }
    switch route.target {
    case .ivr(let ivr):
      guard let answer = call.callerLeg?.leg.answer,
        call.calleeLegs.first.map({ $0.leg.start >= answer }) ?? true
      else { return nil }
      return .menu(ivr)
    case .ringGroup(let group): return call.calleeLegs.isEmpty ? nil : .group(group)
    case .account, .queue, .conference, .parking, .parkingSlot, .feature, .unknown: return nil
    }
  }

  /// `ForkCDR`, ANSWERED; a group's has no length.
  func row(of entrance: Entrance) -> CDRRecord {
    var row = base(disposition: .answered)
    row.lastapp = "ForkCDR"
    row.actionType = entrance.actionType
    switch entrance {
    case .menu(let ivr):
      row.dst = ivr.number
      row.dcontext = "ivr-\(ivr.number)"
      let end = call.calleeLegs.first?.leg.start ?? endHere ?? call.start
      setTimes(&row, answer: call.callerLeg?.leg.answer, end: end)
    case .group(let group):
      row.dst = group.number
      row.dcontext = call.callerParty.isTrunk ? "did-local" : "from-internal"
      setTimes(&row, answer: call.start, end: call.start)
      row.isNATCallOfPeer = nil
    }
    return row
  }

  /// The members of a group that rings at once share one dial string; nil where each has its own.
  func dialString(of entrance: Entrance, _ member: Call.Member) -> String? {
    switch entrance {
    case .menu: return nil
    case .group(let group):
      switch group.strategy {
      case .inOrder: return nil
      case .simultaneous:
        let members = call.calleeLegs.filter {
          group.members.contains($0.leg.requestUser) && variation?.isAbsent($0.leg.id) != true
        }
        guard members.contains(where: { $0.leg.id == member.leg.id }) else { return nil }
        let seconds = group.ringTimeoutSeconds ?? ringSeconds
        return members.map { dialTarget($0) }.joined(separator: "&") + ",\(seconds),zb(callee-handler^s^1)"
      }
    }
  }
}
