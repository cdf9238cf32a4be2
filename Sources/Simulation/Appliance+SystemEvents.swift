import PBXModel
import Primitives

/// Maintenance > System Events: each event is generated once and restored once (reference section 7).
extension Appliance {
  /// When an event that tells of a failure is over, if it does not happen again.
  var quiet: Instant { mutating get { now + .seconds(Int64(max(0, settings.alertQuietSeconds))) } }

  /// - Parameter restoreAt: nil for an event that stays until something puts it right.
  mutating func raise(
    _ name: SystemEvent.Name, _ subject: SystemAlerts.Subject, _ detail: @autoclosure () -> String,
    restoreAt: Instant? = nil, at time: Instant, _ effects: inout [Effect]
  ) {
    guard alerts.raise(SystemAlerts.Key(name: name, subject: subject), restoreAt: restoreAt) else { return }
    tally.systemEvents += 1
    leanOn(.systemEventNames)
    journal(
      .systemEvent(SystemEvent(name: name, kind: .generateAlert, detail: detail())), at: time, &effects)
  }

  mutating func restore(
    _ name: SystemEvent.Name, _ subject: SystemAlerts.Subject, _ detail: @autoclosure () -> String,
    _ effects: inout [Effect]
  ) {
    guard alerts.restore(SystemAlerts.Key(name: name, subject: subject)) else { return }
    noteRestored(name, detail(), at: now, &effects)
  }

  mutating func restoreDueAlerts(_ effects: inout [Effect]) {
    while let (key, due) = alerts.popDue(at: now) {
      leanOn(.systemEventsEndAfterQuiet)
      noteRestored(key.name, Self.text(of: key.subject) + ": no more of it", at: due, &effects)
    }
  }

  private mutating func noteRestored(
    _ name: SystemEvent.Name, _ detail: @autoclosure () -> String, at time: Instant, _ effects: inout [Effect]
  ) {
    tally.systemEventsRestored += 1
    journal(
      .systemEvent(SystemEvent(name: name, kind: .restoreToNormal, detail: detail())), at: time, &effects)
  }

  private static func text(of subject: SystemAlerts.Subject) -> String {
    switch subject {
    case .appliance: "calls"
    case .account(let number): "extension \(number)"
    case .trunk(let name): "trunk \(name)"
    }
  }

  /// The number of calls over a trunk has changed.
  mutating func watchLevel(of slot: Int, _ effects: inout [Effect]) {
    guard let most = trunks.uses[slot].alertAt else { return }
    let use = trunks.uses[slot]
    if use.inUse >= most {
      raise(
        .trunkConcurrentCalls, .trunk(use.name), "trunk \(use.name) carries \(use.inUse) calls, alert at \(most)",
        at: now, &effects)
    } else {
      alerts.settle(SystemAlerts.Key(name: .trunkConcurrentCalls, subject: .trunk(use.name)), at: quiet)
    }
  }

  /// A callee's leg is over. A trunk that never reacted may be down; one that refused the call failed it.
  mutating func noteEnd(of member: Call.Member, _ effects: inout [Effect]) {
    guard case .trunk(let name, _) = member.party, member.leg.role == .outgoing, member.leg.answer == nil else {
      return
    }
    switch member.leg.outcome {
    case .lost where member.leg.ringing == nil:
      raise(.peerTrunkStatus, .trunk(name), "trunk \(name) did not react to an INVITE", at: now, &effects)
    case .rejected where member.leg.disposition == .failed:
      raise(
        .outgoingCallFailure, .trunk(name), "trunk \(name) refused a call", restoreAt: quiet, at: now, &effects)
    case .lost, .rejected, .cancelled, .hungUp, .unauthenticated, .none: break
    }
  }

  /// A callee rings or answers.
  mutating func noteSignOfLife(of member: Call.Member, _ effects: inout [Effect]) {
    guard !alerts.isEmpty, case .trunk(let name, _) = member.party else { return }
    restore(.peerTrunkStatus, .trunk(name), "trunk \(name) reacts again", &effects)
  }
}
