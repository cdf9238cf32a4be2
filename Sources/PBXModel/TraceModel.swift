public import Primitives
import SIP
public import SIPCapture

/// What the recorded PBX did, read from its messages: registrations and calls.
///
/// This is the trace's own truth. What the simulated model makes of it is the firmware's business (`Simulation`).
public struct TraceModel {
  /// What the trace shows to have happened, in the order in which it became clear.
  public enum Event: Hashable, Sendable {
    /// A REGISTER transaction was answered, or never will be.
    indirect case registration(RegistrationEvent)
    /// A call began, changed or ended.
    case call(CallEvent)
  }

  /// Every INVITE dialog, the legs of which the calls are made.
  public private(set) var legs: LegTracker
  /// The calls made of the legs.
  public private(set) var calls: CallAssembler
  /// The REGISTER transactions still open.
  public private(set) var registrations: RegistrationObserver

  private let copy: TraceCopy

  /// - Parameters:
  ///   - pbx: empty when none is known; every dialog is then a call of its own.
  ///   - copy: which copy of the trace it is, where an appliance is to carry several at once.
  public init(site: Site, pbx: PBXAddresses, copy: TraceCopy = .original) {
    self.copy = copy
    legs = LegTracker(pbx: pbx)
    legs.lastID = copy.serialsBefore
    calls = CallAssembler(site: site)
    calls.lastCallID = copy.serialsBefore
    calls.directory.copy = copy
    registrations = RegistrationObserver(pbx: pbx)
  }

  /// Reads one message; messages come in the order of the trace.
  public mutating func receive(_ captured: CapturedMessage, report: (Event) -> Void) {
    let now = captured.time
    let transaction = captured.message.transaction
    if let transaction, transaction.method == .register {
      registrations.receive(captured, transaction) { calls.note($0, of: copy, report) }
    } else {
      registrations.advance(to: now) { calls.note($0, of: copy, report) }
    }
    calls.advance(to: now) { report(.call($0)) }
    legs.receive(captured, transaction) { event in
      calls.receive(event, at: now) { report(.call($0)) }
    }
  }

  /// Lets time pass while no message comes: reports what nobody will answer any more, and what is over by then.
  public mutating func advance(to now: Instant, report: (Event) -> Void) {
    registrations.advance(to: now) { calls.note($0, of: copy, report) }
    calls.advance(to: now) { report(.call($0)) }
    legs.advance(to: now) { event in
      calls.receive(event, at: now) { report(.call($0)) }
    }
  }

  /// The end of the trace: reports what was still waiting for an answer. Running calls stay running.
  public mutating func finish(at now: Instant, report: (Event) -> Void) {
    registrations.finish { report(.registration(copy.event($0))) }
    calls.advance(to: now) { report(.call($0)) }
    legs.advance(to: now) { event in
      calls.receive(event, at: now) { report(.call($0)) }
    }
  }
}

extension CallAssembler {
  fileprivate mutating func note(
    _ event: RegistrationEvent, of copy: TraceCopy, _ report: (TraceModel.Event) -> Void
  ) {
    switch event.outcome {
    case .accepted: noteRegistration(of: event.number, from: event.source)
    case .unanswered where event.hasCredentials:
      noteRegistration(of: event.number, from: event.source)
    case .unanswered, .removedAll, .queried, .challenged, .refused: break
    }
    report(.registration(copy.event(event)))
  }
}
