public import ApplianceAPI
public import HTTPTypes
public import Primitives

/// Requests in two steps: who asks and what changes, which takes its turn, and pages, of which any number may be made
/// at once.
extension WebInterface {
  /// What the first step comes to.
  public enum Step: Sendable {
    /// There is nothing more to do.
    case answered(WebAnswer)
    /// A page is to be made.
    case reads(Reading)
  }

  /// A page that somebody may see. It changes nothing, and knows the doors as they were when he was let in.
  public struct Reading: Sendable {
    let request: WebRequest
    let session: WebSessions.Session
    let address: WebAddress
    let doors: ApplianceDoors

    /// Whether rows are read, which may take long.
    public var isOfRows: Bool {
      switch address {
      case .cdr, .cdrExport, .call, .callPicture: true
      case .root, .signIn, .signOut, .style, .script, .icon, .dashboard, .extensions, .calls, .events, .crm,
        .applyChanges, .requests, .clock, .models, .request, .again, .phone, .phonePanel, .portal, .portalCRM,
        .portalPhone, .portalPhonePanel, .popUp, .popUpPanel:
        false
      }
    }

    /// The id of the row whose call is shown message by message, which has to be looked at before; nil for none.
    public var callShown: Int64? {
      guard case .administrator = session.user else { return nil }
      switch address {
      case .call(let id), .callPicture(let id): return id
      case .root, .signIn, .signOut, .style, .script, .icon, .dashboard, .extensions, .calls, .cdr, .cdrExport, .events,
        .crm, .applyChanges, .requests, .clock, .models, .request, .again, .phone, .phonePanel, .portal, .portalCRM,
        .portalPhone, .portalPhonePanel, .popUp, .popUpPanel:
        return nil
      }
    }

    /// Whether it is of the model beside, where there is one.
    public var isOfBeside: Bool { session.isBeside }

    /// The answer.
    ///
    /// - Parameter beside: another model that takes the same traffic; nil for none.
    public func answer<State: WebState>(of state: State, beside: BesideState<State>? = nil) -> WebAnswer {
      var doors = doors
      return answer(of: state, changing: &doors, beside: beside)
    }

    func answer<State: WebState>(
      of state: State, changing doors: inout ApplianceDoors, beside: BesideState<State>?
    ) -> WebAnswer {
      let pair = beside.map { ModelPair(first: state, second: $0.state, comparison: $0.comparison) }
      let isBeside = session.isBeside && pair != nil
      let visit = WebVisit(
        request: request, session: session, state: isBeside ? beside?.state ?? state : state, pair: pair)
      var answer =
        switch session.user {
        case .administrator: visit.administratorsPage(address, &doors)
        case .extension(let number): visit.usersPage(address, number, &doors)
        }
      answer.isOfBeside = isBeside
      return answer
    }
  }

  /// The answer to one whole request, in one step; nil for an address that is none of the interface's.
  ///
  /// - Parameters:
  ///   - now: on the clock that sessions live by, which is not that of the trace.
  ///   - doors: what the interface shares with the APIs.
  ///   - beside: another model that takes the same traffic; nil for none.
  public mutating func respond<State: WebState>(
    to request: HTTPRequest, body: [UInt8], from client: IPAddress?, now: Instant, doors: inout ApplianceDoors,
    of state: State, beside: BesideState<State>? = nil
  ) -> WebAnswer? {
    switch begin(request, body: body, from: client, now: now, doors: &doors, of: state, beside: beside) {
    case .answered(let answer): answer
    case .reads(let reading): reading.answer(of: state, beside: beside)
    case nil: nil
    }
  }
}
