import Crypto
import JSON
import Primitives

extension VtigerCloud {
  /// Step 1, which tells already whether the user is there (measured).
  mutating func challenge(_ input: FormParameters, at now: Instant) throws(VtigerError) -> JSONValue {
    guard let user = user(named: input["username"] ?? "") else { throw .accessDenied("username does not exists") }
    let token = sessions.challenge(
      user.number, life: settings.tokenLifeInForce, isOnlyOne: settings.oneTokenPerUserInForce, at: now)
    return [
      "token": .string(token.value), "serverTime": .integer(now.seconds), "expireTime": .integer(token.expiry.seconds),
    ]
  }

  /// Step 2. A key that was made with another client's newer token is as wrong as any (measured).
  mutating func logIn(_ input: FormParameters, at now: Instant) throws(VtigerError) -> JSONValue {
    guard let user = user(named: input["username"] ?? "") else { throw .wrongCredentials }
    let tokens = sessions.tokens(of: user.number, at: now)
    guard !tokens.isEmpty else {
      throw VtigerError("INVALID_AUTH_TOKEN", "Specified token is invalid or expired")
    }
    let shown = input["accessKey"] ?? ""
    guard user.isActive, tokens.contains(where: { Self.response(to: $0.value, user.accessKey) == shown }) else {
      throw .wrongCredentials
    }
    return session(sessions.open(for: user.number, at: now), user, withUser: settings.manner == .strict)
  }

  /// What a login answers; coreBOS has only the last four members (measured).
  func session(_ name: String, _ user: VtigerUser, withUser: Bool) -> JSONValue {
    let about: [JSONValue.Member] =
      withUser
      ? [
        .init("username", .string(user.userName)), .init("first_name", .string(user.firstName)),
        .init("last_name", .string(user.lastName)), .init("time_zone", "UTC"),
      ] : []
    return .object(
      about + [
        .init("sessionName", .string(name)), .init("userId", .string(user.id)), .init("version", "0.22"),
        .init("vtigerVersion", settings.manner == .strict ? "8.0.0" : "5.5.0"),
      ])
  }

  /// Whose session the call shows, which lives on by it.
  mutating func sessionUser(_ call: VtigerCall, at now: Instant) throws(VtigerError) -> VtigerUser {
    guard let name = call.sessionName else { throw .authenticationRequired }
    guard let session = sessions[name], let user = users.first(where: { $0.number == session.userNumber }) else {
      throw dead("INVALID_SESSIONID", "Session Identifier provided is Invalid")
    }
    guard now - session.openedAt < settings.sessionLife else {
      sessions.end(name)
      throw dead("SESSION_EXPIRED", "Session has life span over please login again")
    }
    guard now - session.usedAt < settings.sessionIdleLife else {
      sessions.end(name)
      throw dead("SESSION_LEFT_IDLE", "Session has been invalidated to due lack activity")
    }
    sessions.use(name, at: now)
    return user
  }

  /// coreBOS has one word for every dead session (measured).
  private func dead(_ code: String, _ message: String) -> VtigerError {
    settings.manner == .sloppy ? .authenticationRequired : VtigerError(code, message)
  }

  private static func response(to token: String, _ key: Secret) -> String {
    Insecure.MD5.hash(data: Array((token + key.value).utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
