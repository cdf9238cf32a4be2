public import ApplianceAPI
import CloudPages
public import HTTPTypes
public import Primitives

/// The appliance's web interface as a value: requests in, pages out; who is signed in lives in between, bounded.
///
/// Holds no clock, socket or chance. Everything that came over the wire is shown as text. Shares with the APIs what is
/// set up, and the lock-out: a password that is wrong here counts there.
///
/// ```swift
/// var answer = web.respond(to: request, body: body, from: client, now: now, doors: &doors, of: state)
/// if let check = answer?.check {
///   answer = web.finish(check, isRight: check.isRight(), from: client, now: now, doors: &doors)
/// }
/// ```
public struct WebInterface: Sendable {
  /// Who may use it.
  public let settings: WebSettings
  var sessions: WebSessions

  /// - Parameter key: whoever knows it can foresee cookies; from a source of chance, but for tests.
  public init(settings: WebSettings, key: [UInt8]) {
    self.settings = settings
    sessions = WebSessions(key: key + Array("web".utf8), life: .seconds(settings.sessionSeconds))
  }

  /// Begins with one whole request: lets in who asks, and does what changes something; nil for an address that is none
  /// of the interface's.
  ///
  /// - Parameters:
  ///   - now: on the clock that sessions live by, which is not that of the trace.
  ///   - doors: what the interface shares with the APIs.
  ///   - beside: another model that takes the same traffic; nil for none.
  public mutating func begin<State: WebState>(
    _ request: HTTPRequest, body: [UInt8], from client: IPAddress?, now: Instant, doors: inout ApplianceDoors,
    of state: State, beside: BesideState<State>? = nil
  ) -> Step? {
    let request = WebRequest(request, body: body)
    guard let address = WebAddress(request.path) else { return nil }
    guard request.isRead || (request.isPost && address.takesForms) else {
      var answer = WebAnswer(.methodNotAllowed, nil, [])
      answer.response.headerFields[.allow] = address.takesForms ? "GET, HEAD, POST" : "GET, HEAD"
      return .answered(answer)
    }
    switch address {
    case .style: return .answered(WebAnswer(.ok, "text/css; charset=utf-8", Array(PageStyle.text.utf8)))
    case .script: return .answered(WebAnswer(.ok, "text/javascript; charset=utf-8", Array(WebScript.text.utf8)))
    // Browsers ask for one; there is none.
    case .icon: return .answered(WebAnswer(.noContent, nil, []))
    case .signIn: return .answered(signIn(request, from: client, now: now, &doors, of: state))
    case .root, .signOut, .dashboard, .extensions, .calls, .cdr, .cdrExport, .events, .crm, .applyChanges, .requests,
      .request, .again, .clock, .portal, .portalCRM, .call, .callPicture, .phone, .phonePanel, .portalPhone,
      .portalPhonePanel, .popUp, .popUpPanel, .models:
      break
    }
    let cookie = request.cookie(WebSessions.cookie)
    guard let session = sessions.session(cookie, at: now, renewing: !address.isPolled) else {
      return .answered(
        request.isPost ? Self.refusal(.forbidden, "Your session is over. Sign in again.") : .redirect("/signin"))
    }
    if request.isPost {
      guard !request.isForeign, WebSessions.isSame(request.value("csrf"), session.token) else {
        return .answered(
          Self.refusal(.forbidden, "The form is not of this page, or too old. Nothing was changed."))
      }
    }
    if case .signOut = address { return .answered(signOut(request, cookie)) }
    if case .models = address, request.isPost, case .administrator = session.user {
      sessions.show(beside: request.value("model") == "second", cookie, at: now)
      return .answered(.redirect("/models"))
    }
    let reading = Reading(request: request, session: session, address: address, doors: doors)
    return request.isPost ? .answered(reading.answer(of: state, changing: &doors, beside: beside)) : .reads(reading)
  }

  static func refusal(_ status: HTTPResponse.Status, _ text: String) -> WebAnswer {
    .page(
      WebPages.page(
        "Not possible", notices: [PageNotice(.error, text)], blocks: [.links([PageLink("To the start", "/")])]),
      status)
  }
}
