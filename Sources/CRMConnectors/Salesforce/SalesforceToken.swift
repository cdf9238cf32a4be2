import HTTPTypes
import Primitives

/// An access token for a refresh token, from an organisation where the SOAP login is off (documented).
///
/// The answer names no new refresh token unless rotation is on in the connected app: then the one entered stays in use.
/// With rotation each login's token is good for the next one alone, and only this client knows it: after a restart the
/// one entered is dead, so a connected app for an appliance should not have it.
struct SalesforceToken: Decodable {
  private let accessToken: String?
  private let instance: String?
  private let identity: String?
  private let renewal: String?

  private enum Key: String, CodingKey {
    case accessToken = "access_token"
    case instance = "instance_url"
    case identity = "id"
    case renewal = "refresh_token"
  }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    accessToken = keyed.text(.accessToken)
    instance = keyed.text(.instance)
    identity = keyed.text(.identity)
    renewal = keyed.text(.renewal)
  }

  static func request(
    clientID: String, clientSecret: Secret, refreshToken: Secret, at host: SalesforceHost
  ) -> DialectRequest {
    let form = PercentEncoding.form([
      ("grant_type", "refresh_token"), ("client_id", clientID), ("client_secret", clientSecret.value),
      ("refresh_token", refreshToken.value),
    ])
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: host.authority, path: "/services/oauth2/token")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    request.headerFields[.accept] = "application/json"
    return DialectRequest(purpose: .token, request: request, body: Array(form.utf8))
  }

  /// Its life is not told: its end shows as 401 (documented).
  static func read(
    _ answer: CRMAnswer, host: SalesforceHost, settings: ConnectorSettings
  ) throws(CRMRefusal) -> CRMSession {
    let (body, status): ([UInt8], Int)
    do throws(CRMRefusal) {
      (body, status) = try SalesforceAnswer.read(answer, settings: settings)
    } catch {
      throw error.kind == .refused || error.kind == .sessionRefused ? rejected(error) : error
    }
    let reply = try SalesforceAnswer.decode(Self.self, body, status: status)
    guard let token = reply.accessToken, SalesforceAnswer.isToken(token), let instance = reply.instance else {
      throw CRMRefusal(.unexpectedShape, status: status)
    }
    guard let apiHost = host.instance(instance, in: settings.salesforce.instanceDomains) else {
      throw CRMRefusal(.redirected, status: status, reason: .redirected)
    }
    // `https://login.salesforce.com/id/<organisation>/<user>`.
    let user = reply.identity?.split(separator: "/").last.map(String.init).flatMap(SalesforceAnswer.recordID)
    return CRMSession(
      value: Secret(token), apiHost: apiHost, expiry: .distantFuture, userID: user,
      renewal: reply.renewal.flatMap { SalesforceAnswer.isToken($0) ? Secret($0) : nil })
  }

  private static func rejected(_ refusal: CRMRefusal) -> CRMRefusal {
    let reason: LogoutReason =
      switch refusal.failure.code {
      case "invalid_grant": .refreshTokenDead
      case "invalid_client_id": .clientUnknown
      case "invalid_client", "invalid_client_credentials": .clientSecretWrong
      case "inactive_user", "inactive_org": .credentialsWrong
      default: .loginRefused
      }
    return CRMRefusal(status: refusal.failure.status, code: refusal.failure.code, kind: .refused, reason: reason)
  }
}
