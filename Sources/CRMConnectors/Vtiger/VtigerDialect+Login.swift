import HTTPTypes
import Primitives

extension VtigerDialect {
  func loginRequest() -> DialectRequest { get("getchallenge", [("username", credentials.userName)], .token) }

  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    try readLogin(answer, step: step, within: nil, at: now)
  }

  /// Challenge, login, and once more from the challenge where the key was refused: a server has one token for each
  /// user, and another client that asked in between has ended ours (measured).
  func readLogin(
    _ answer: CRMAnswer, step: Int, within session: CRMSession?, at now: Instant
  ) throws(CRMRefusal) -> LoginProgress {
    if let session { return .opened(try readTypes(answer, session)) }
    do throws(CRMRefusal) {
      guard step.isMultiple(of: 2) else { return .next(try readChallenge(answer)) }
      return try readSession(answer, at: now)
    } catch {
      let isKeyRefused = error.kind == .refused && error.reason == .credentialsWrong
      guard isKeyRefused, step == 2 else {
        // Before there is a session, access is denied to a user who is not there (measured).
        throw error.failure.code == "ACCESS_DENIED" ? error.because(.credentialsWrong) : error
      }
      return .next(loginRequest())
    }
  }

  private func readChallenge(_ answer: CRMAnswer) throws(CRMRefusal) -> DialectRequest {
    let challenge = try VtigerAnswer.read(
      VtigerLogin.Challenge.self, from: answer, maximumBytes: settings.maximumAnswerBytes, mayHaveActed: false)
    guard let token = challenge.token, VtigerLogin.isToken(token) else {
      throw CRMRefusal(.unexpectedShape, status: 200)
    }
    let response = VtigerLogin.response(to: token, key: credentials.password)
    return post("login", [("username", credentials.userName), ("accessKey", response)], .token)
  }

  private func readSession(_ answer: CRMAnswer, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    let login = try VtigerAnswer.read(
      VtigerLogin.Session.self, from: answer, maximumBytes: settings.maximumAnswerBytes, mayHaveActed: false)
    guard let name = login.sessionName, VtigerLogin.isToken(name), let userID = login.userId,
      VtigerAnswer.isRecordID(userID)
    else { throw CRMRefusal(.unexpectedShape, status: 200) }
    var session = CRMSession(
      value: Secret(name), apiHost: server.authority, expiry: now + settings.vtiger.sessionLife)
    session.userID = userID
    switch settings.vtiger.callPlace {
    case .calendar: return .nextWithin(session, get("listtypes", [("sessionName", name)], .token))
    case .events: session.callModule = VtigerCallModule.events.rawValue
    case .coreBOSCalendar: session.callModule = VtigerCallModule.coreBOSCalendar.rawValue
    case .pbxManager: session.callModule = VtigerCallModule.pbxManager.rawValue
    }
    return .opened(session)
  }

  /// Where calls go in this installation. Who may not see the types may still look callers up.
  private func readTypes(_ answer: CRMAnswer, _ session: CRMSession) throws(CRMRefusal) -> CRMSession {
    var types: [String] = []
    do throws(CRMRefusal) {
      types = try VtigerAnswer.read(
        VtigerLogin.Types.self, from: answer, maximumBytes: settings.maximumAnswerBytes, mayHaveActed: false
      ).types
    } catch {
      guard error.kind == .refused else { throw error }
    }
    let calendars = [VtigerCallModule.events, .coreBOSCalendar]
    var session = session
    session.callModule = (calendars.first { types.contains($0.rawValue) } ?? .events).rawValue
    return session
  }
}
