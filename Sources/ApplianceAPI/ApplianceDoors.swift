public import HTTPTypes
import JSON
public import Primitives

/// The appliance's API doors as a value: the HTTPS API (`POST /api` on 8089) and the old CDR API (`GET /cdrapi` on
/// 8443, behind an HTTP digest).
///
/// A request, its sender and an instant go in, an answer comes out; sessions, challenges and lock-outs live in between,
/// all of them bounded. Holds no clock, socket or chance: the same requests at the same instants get the same answers
/// from doors with the same key. Every request gets an answer, whatever it is.
///
/// ```swift
/// var doors = ApplianceDoors(users: [user], key: key)
/// let answer = doors.respond(to: request, body: body, at: .httpsAPI, from: client, now: now, of: state)
/// ```
public struct ApplianceDoors: Sendable {
  /// What a listener stands for.
  public enum Door: String, Hashable, Sendable, CaseIterable {
    /// `/api`.
    case httpsAPI
    /// `/cdrapi` and `/recapi`.
    case cdrAPI
  }

  /// How the doors behave.
  public let settings: DoorSettings
  let users: [APIUser]
  /// What the CRM pages say; changed by their actions, and by nothing else.
  public internal(set) var crm: CRMPages
  var sessions: Sessions
  var digest: DigestLogin
  var lockOut: LockOut
  let crmFault: @Sendable (CRMPages.InForce) -> String?

  /// Longer bodies are no request.
  public static let bodyBytesMax = 64 << 10

  /// - Parameters:
  ///   - users: one for each name.
  ///   - key: whoever knows it can foresee cookies; from a source of chance, but for tests.
  ///   - crmFault: why the appliance cannot work by such CRM pages, in a sentence without secrets; nil for it can.
  public init(
    settings: DoorSettings = DoorSettings(), users: [APIUser], crm: CRMPages = CRMPages(), key: [UInt8],
    crmFault: @escaping @Sendable (CRMPages.InForce) -> String? = { _ in nil }
  ) {
    self.settings = settings
    self.users = users
    self.crm = crm
    self.crmFault = crmFault
    sessions = Sessions(settings, tokens: TokenSource(key: key + Array("sessions".utf8)))
    digest = DigestLogin(realm: settings.realm, tokens: TokenSource(key: key + Array("nonces".utf8)))
    lockOut = LockOut(settings)
  }

  /// Begins with one whole request: lets in who asks, and does what changes something.
  ///
  /// - Parameters:
  ///   - client: who sent it; nil where that is not known, and all such are one.
  ///   - now: on the clock that sessions live by, which is not that of the trace.
  public mutating func begin(
    _ request: HTTPRequest, body: [UInt8], at door: Door, from client: IPAddress?, now: Instant,
    of state: some ApplianceState
  ) -> Step {
    let path = (request.path ?? "").prefix { $0 != "?" }
    switch (door, path) {
    case (.httpsAPI, "/api"):
      guard request.method == .post else { return .answered(Self.wrongMethod(allowing: "POST")) }
      guard body.count <= Self.bodyBytesMax else { return .answered(Self.refusal(413)) }
      return beginAction(body, from: client, now: now, of: state)
    case (.cdrAPI, "/cdrapi"), (.cdrAPI, "/recapi"):
      guard request.method == .get || request.method == .head else {
        return .answered(Self.wrongMethod(allowing: "GET, HEAD"))
      }
      return beginQuery(request, isRecording: path == "/recapi", from: client, now: now)
    case (.httpsAPI, _), (.cdrAPI, _): return .answered(Self.refusal(404))
    }
  }

  /// Sessions that are open.
  public func sessionCount(now: Instant) -> Int { sessions.openCount(at: now) }

  private mutating func beginAction(
    _ body: [UInt8], from client: IPAddress?, now: Instant, of state: some ApplianceState
  ) -> Step {
    guard let parameters = APIParameters(body), let name = parameters["action"]?.string else {
      return .answered(APIReply.failed(.invalidParameters).answer { DoorAnswer.Note("malformed", status: $0) })
    }
    guard let action = APIAction(name: name) else {
      // Whether it exists is told to nobody who is not logged in.
      var reply = APIReply.failed(.invalidParameters)
      var user: APIUser?
      if let refusal = authenticate(parameters, from: client, now: now, &user) { reply = refusal }
      return .answered(reply.answer { DoorAnswer.Note("unknown", user: user?.name, status: $0) })
    }
    var user: APIUser?
    let reply: APIReply
    if let refusal = admit(to: action, parameters, from: client, now: now, &user) {
      reply = refusal
    } else if let user, Self.readings.contains(action) {
      return .reads(Reading(doors: self, question: .action(action, parameters), user: user.name))
    } else {
      reply = carryOut(action, parameters, of: state)
    }
    return .answered(reply.answer { DoorAnswer.Note(action.rawValue, user: user?.name, status: $0) })
  }

  /// nil once `user` is who may do it.
  private mutating func admit(
    to action: APIAction, _ parameters: APIParameters, from client: IPAddress?, now: Instant, _ user: inout APIUser?
  ) -> APIReply? {
    if action == .challenge { return challenge(parameters, from: client, now: now) }
    if action == .login { return logIn(parameters, from: client, now: now, &user) }
    if let refusal = authenticate(parameters, from: client, now: now, &user) { return refusal }
    guard let user, user.rights.allows(action) else { return .failed(.noPermission) }
    return nil
  }

  static func refusal(_ status: Int) -> DoorAnswer { DoorAnswer(status, nil, [], DoorAnswer.Note("refused")) }

  /// - Parameter methods: those that there are (RFC 9110 section 15.5.6).
  private static func wrongMethod(allowing methods: String) -> DoorAnswer {
    var answer = refusal(405)
    answer.response.headerFields[.allow] = methods
    return answer
  }
}

// Logging in (observed on several units; which mistake gets which number is assumed where `APIStatus` says so).
extension ApplianceDoors {
  private mutating func challenge(_ parameters: APIParameters, from client: IPAddress?, now: Instant) -> APIReply {
    switch challenge(for: parameters.text("user"), from: client, now: now) {
    case .success(let challenge): return .response(["challenge": .string(challenge)])
    case .failure(let refusal): return .failed(refusal.status)
    }
  }

  /// Why no challenge is given.
  struct Refusal: Error {
    let status: APIStatus
  }

  mutating func challenge(for name: String?, from client: IPAddress?, now: Instant) -> Result<String, Refusal> {
    guard let name, !name.isEmpty, name.utf8.count <= 64 else {
      return .failure(Refusal(status: .invalidParameters))
    }
    guard !lockOut.isLockedOut(client, at: now) else { return .failure(Refusal(status: .loginRestricted)) }
    return .success(sessions.challenge(for: name, at: now))
  }

  private mutating func logIn(
    _ parameters: APIParameters, from client: IPAddress?, now: Instant, _ found: inout APIUser?
  ) -> APIReply {
    let (status, user) = logIn(parameters.text("user"), token: parameters.text("token"), from: client, now: now)
    guard let user else { return .failed(status) }
    found = user
    guard let cookie = sessions.open(user, at: now) else { return .failed(.tooManyUsers) }
    return .response(["cookie": .string(cookie)])
  }

  /// Who proves to know the password with a challenge given before; nil for nobody, and why.
  mutating func logIn(
    _ name: String?, token: String?, from client: IPAddress?, now: Instant
  ) -> (APIStatus, APIUser?) {
    guard let name, let token, token.utf8.count <= 64 else { return (.invalidParameters, nil) }
    guard !lockOut.isLockedOut(client, at: now) else { return (.loginRestricted, nil) }
    guard let user = users.first(where: { $0.name == name }), sessions.redeem(token: token, user: user, at: now) else {
      lockOut.noteFailure(client, at: now)
      return (.wrongAccountOrPassword, nil)
    }
    guard Self.mayLogIn(user, from: client) else { return (.loginForbidden, nil) }
    lockOut.noteSuccess(client)
    return (.success, user)
  }

  /// nil once `found` is who is logged in.
  private mutating func authenticate(
    _ parameters: APIParameters, from client: IPAddress?, now: Instant, _ found: inout APIUser?
  ) -> APIReply? {
    guard let cookie = parameters["cookie"] else { return .failed(.needsAuthentication) }
    guard let cookie = cookie.string else { return .failed(.cookieError) }
    switch sessions.standing(of: cookie, at: now) {
    case .open(let name):
      guard let user = users.first(where: { $0.name == name }) else { return .failed(.cookieError) }
      guard Self.mayLogIn(user, from: client) else { return .failed(.loginForbidden) }
      found = user
      return nil
    case .over: return .failed(.timeout)
    case .unknown: return .failed(.cookieError)
    }
  }

  static func mayLogIn(_ user: APIUser, from client: IPAddress?) -> Bool {
    guard !user.networks.isEmpty else { return true }
    guard let client else { return false }
    return user.networks.contains { $0.contains(client) }
  }
}
