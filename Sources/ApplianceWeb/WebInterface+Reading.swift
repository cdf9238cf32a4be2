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
    public var isOfRows: Bool { address == .cdr || address == .cdrExport }

    /// The answer.
    public func answer(of state: some WebState) -> WebAnswer {
      var doors = doors
      return answer(of: state, changing: &doors)
    }

    func answer(of state: some WebState, changing doors: inout ApplianceDoors) -> WebAnswer {
      let visit = WebVisit(request: request, session: session, state: state)
      switch session.user {
      case .administrator: return visit.administratorsPage(address, &doors)
      case .extension(let number): return visit.usersPage(address, number, &doors)
      }
    }
  }

  /// The answer to one whole request, in one step; nil for an address that is none of the interface's.
  ///
  /// - Parameters:
  ///   - now: on the clock that sessions live by, which is not that of the trace.
  ///   - doors: what the interface shares with the APIs.
  public mutating func respond(
    to request: HTTPRequest, body: [UInt8], from client: IPAddress?, now: Instant, doors: inout ApplianceDoors,
    of state: some WebState
  ) -> WebAnswer? {
    switch begin(request, body: body, from: client, now: now, doors: &doors, of: state) {
    case .answered(let answer): answer
    case .reads(let reading): reading.answer(of: state)
    case nil: nil
    }
  }
}
