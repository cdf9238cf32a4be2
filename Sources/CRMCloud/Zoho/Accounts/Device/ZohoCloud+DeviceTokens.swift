import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `POST /oauth/v3/device/code` (documented; that the times are in milliseconds is assumed).
  mutating func deviceCode(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let parameters = TokenRequestParameters(request)
    guard request.method == .post, parameters["grant_type"] == "device_request" else {
      return .json(400, ["error": "invalid_request"])
    }
    let location = centres[centre].location
    guard let client = parameters["client_id"].flatMap({ clients.client($0, in: location) }),
      client.kind == .nonBrowser
    else { return tokenError(.invalidClient) }
    let scopes = ZohoScopes([parameters["scope"] ?? ""])
    guard scopes.unknownName == nil else { return tokenError(.invalidScope) }
    let entry = ZohoDeviceCodes.Entry(
      deviceCode: centres[centre].accounts.tokens.newToken(prefix: "1004"),
      userCode: centres[centre].accounts.newUserCode(), clientID: client.id, scopes: scopes,
      isOffline: parameters["access_type"] == "offline", promptsConsent: parameters["prompt"] == "consent",
      expiry: now + settings.deviceCodeLife)
    centres[centre].accounts.devices.add(entry)
    let page = "https://\(ZohoHosts.at(location)?.accounts ?? "")/oauth/v3/device"
    return .json(
      200,
      [
        "user_code": .string(entry.userCode), "device_code": .string(entry.deviceCode),
        "verification_url": .string(page), "verification_uri_complete": .string(page + "?user_code=" + entry.userCode),
        "interval": .integer(settings.devicePollInterval.nanoseconds / 1_000_000),
        "expires_in": .integer(settings.deviceCodeLife.nanoseconds / 1_000_000),
      ])
  }

  /// `POST /oauth/v3/device/token`: the device asks whether its user has answered (documented).
  mutating func deviceToken(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let parameters = TokenRequestParameters(request)
    guard request.method == .post, parameters["grant_type"] == "device_token" else {
      return .json(400, ["error": "invalid_request"])
    }
    do throws(TokenError) {
      let client = try client(of: parameters, at: centre)
      guard let entry = centres[centre].accounts.devices[parameters["code"] ?? ""], entry.clientID == client.id else {
        throw .invalidCode
      }
      return try poll(entry, at: centre, now)
    } catch {
      return tokenError(error)
    }
  }

  private mutating func poll(
    _ entry: ZohoDeviceCodes.Entry, at centre: Int, _ now: Instant
  ) throws(TokenError) -> CloudResponse {
    centres[centre].accounts.devices.update(entry.deviceCode) { $0.polledAt = now }
    if let last = entry.polledAt, now - last < settings.devicePollInterval { return waiting("slow_down") }
    guard now < entry.expiry else { return waiting("expired") }
    switch entry.state {
    case .waiting: return waiting("authorization_pending")
    case .rejected: throw .accessDenied
    case .elsewhere(let location):
      return .json(settings.tokenErrorStatus, ["error": "other_dc", "user_location": .string(location)])
    case .accepted(let session, let withRefreshToken):
      // Between the answer and the poll the account may be closed, or the app deleted from Connected Apps.
      guard isOpen(session, at: centre), centres[centre].accounts.tokens.connectedApp(session.party) != nil else {
        throw .invalidCode
      }
      if withRefreshToken, centres[centre].accounts.tokens.isRefreshThrottled(session.party, at: now) {
        return Self.throttled
      }
      centres[centre].accounts.devices.remove(entry.deviceCode)
      return issueTokens(for: session, withRefreshToken: withRefreshToken, at: centre, now)
    }
  }

  private func waiting(_ code: String) -> CloudResponse {
    .json(settings.tokenErrorStatus, ["error": .string(code)])
  }
}

extension ZohoAccounts {
  /// Eight letters and digits that are not taken for one another.
  mutating func newUserCode() -> String {
    let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    return String((0..<8).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
  }
}
