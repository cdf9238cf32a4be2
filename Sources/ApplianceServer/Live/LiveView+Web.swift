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
  /// Of the rows as they are written now.
  public func cdrListing(_ request: CDRListingRequest) throws(CDRRequest.Refusal) -> CDRListing {
    let site = appliance.site
    return try appliance.rows.listing(request) { site.records($0) }
  }
  /// By the calls that are up.
  public func phone(_ number: String) -> PhoneFacts { state.phoneCalls.facts(of: number, calls) }
  /// As it is written now.
  public func cdrCall(_ id: Int64) throws(CDRRequest.Refusal) -> CDRCallFacts? {
    let site = appliance.site
    return try appliance.rows.call(ofRow: id).map { CDRCallFacts($0, id: id) { site.records($0) } }
  }
  /// Of the call that the view was made for; see `LiveAppliance.callFlow`.
  public func callFlow(_ id: Int64) -> CallFlow {
    guard let flow, flow.row == id else { return .notNow }
    return flow.flow
  }
  /// As of the view's moment.
  public var totals: RunTotals {
    let counts = state.counts
    return RunTotals(
      calls: counts.calls, refused: counts.refused, rows: counts.rows, systemEvents: counts.systemEvents)
  }
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
