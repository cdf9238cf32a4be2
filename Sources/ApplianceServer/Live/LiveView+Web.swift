public import ApplianceAPI
public import ApplianceWeb
import CRMConnectors
import Primitives
import Simulation

/// What the web interface shows beyond what the APIs answer for.
extension LiveView: WebState {
  /// The latest ones.
  public var systemEvents: [SystemEventFacts] { Array(state.systemEvents) }
  /// Of those who signed in to the CRM.
  public var crmStandings: [String: CRMStandingFacts] { state.crmStandings }
  /// The latest ones.
  public var crmExchanges: [CRMExchangeFacts] { Array(state.exchanges) }
  /// As of the view's moment.
  public var clock: ReplayClock { clockState }
}

extension SystemEventFacts {
  init(_ event: SystemEvent, at time: Instant) {
    self.init(
      time: time, name: event.name.rawValue, kind: event.kind.rawValue, detail: event.detail,
      isRestored: event.kind == .restoreToNormal)
  }
}

extension CRMStandingFacts {
  /// - Parameter status: nil while the login is on its way.
  init(of status: LoginStatus?) {
    switch status {
    case nil: self.init(.loggingIn)
    case .loggedIn?: self.init(.loggedIn)
    case .loggedOut(let reason, let failure)?:
      let words = reason.words.prefix(1).uppercased() + reason.words.dropFirst()
      let http = failure.status.map { ", HTTP \($0)" } ?? ""
      self.init(.loggedOut, reason: words + (failure.code == reason.rawValue ? "." : " (\(failure.code)\(http))."))
    }
  }
}
