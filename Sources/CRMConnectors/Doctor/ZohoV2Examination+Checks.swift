import Primitives

extension ZohoV2Examination {
  /// What was found, in the order in which one thing needs the other.
  var checks: [SetUpCheck] {
    guard user.isEnabled else {
      return [check(.userPage, .notChecked, "CRM is not enabled: nothing is looked up or logged for this extension")]
    }
    let tables = settings.contactLookups.map(lookup)
    return [userPage, client, clientSecret, refreshToken, apiDomain, apiAccess] + tables
      + [calls, creating, credits, loginStatus]
  }

  private var userPage: SetUpCheck {
    let shapes = ZohoV2PageShapes(credentials)
    guard shapes.faults.isEmpty else {
      return check(
        .userPage, .wrong, shapes.faults.joined(separator: "; "),
        [.init("paste each value again by itself, without anything around it", at: SetUpPlaces.userPage)])
    }
    let hints = shapes.hints.isEmpty ? "" : ", but " + shapes.hints.joined(separator: "; ")
    return check(.userPage, .ok, "Client ID, Client Secret and Refresh Token are filled in" + hints)
  }

  /// The first refresh, at the site's own region; nil when nobody was asked.
  var firstRefresh: ZohoProbe? { probes.first { $0.question == .refresh(home) } }

  private var client: SetUpCheck {
    let asked = lines { question in
      switch question {
      case .refresh, .client: true
      case .search, .list, .calls: false
      }
    }
    guard let probe = firstRefresh else { return unasked(.client) }
    switch probe.outcome {
    case .done:
      return check(.client, .ok, "the region `\(home.location)` knows the client", asked: [probe.line])
    case .refused(let failure):
      if failure.status == nil {
        return check(
          .client, .wrong, "\(home.accountsHost) gave no answer (\(failure.code))",
          [.init("see whether the appliance's network reaches it over HTTPS, and whether its certificate is trusted")],
          asked: asked)
      }
      switch failure.code {
      case "invalid_client": return unknownClient(asked)
      case "invalid_client_secret", "invalid_code", "invalid_scope", "access_denied":
        return check(.client, .ok, "the region `\(home.location)` knows the client", asked: [probe.line])
      case "Access Denied":
        return check(
          .client, .wrong,
          "\(home.accountsHost) refuses for now: too many access tokens were asked for, ten in ten minutes are given",
          [
            .init("wait ten minutes and ask again"),
            .init(
              "find who else refreshes: extensions that share one refresh token, scripts, a second appliance",
              at: SetUpPlaces.userPage),
          ], asked: asked)
      default:
        return check(
          .client, .wrong, "\(home.accountsHost) answers \(failure.status.map(String.init) ?? "") \(failure.code)",
          [.init("ask again later; if it stays so, Zoho's status page or a proxy in between is the place to look")],
          asked: asked)
      }
    }
  }

  private func unknownClient(_ asked: [String]) -> SetUpCheck {
    let elsewhere = knowingRegions.map(\.location).joined(separator: ", ")
    let everywhere = options.asksOtherRegions ? "no region of Zoho's knows this client" : "unknown there"
    guard let region = token?.centre ?? knowingRegions.first else {
      return check(
        .client, .wrong,
        "invalid_client: \(everywhere)" + (options.asksOtherRegions ? "" : "; the other regions were not asked"),
        [
          .init("copy the Client ID again; a client that was deleted has to be made anew", at: SetUpPlaces.userPage),
          .init("see whether the client is still listed", at: SetUpPlaces.clientSecret(home)),
        ], asked: asked)
    }
    return check(
      .client, .wrong,
      "invalid_client: the region `\(home.location)` of the server address does not know this client, "
        + "`\(elsewhere)` does",
      [
        .init("set the server address to https://\(region.apiHost)", at: SetUpPlaces.adminPage),
        .init(
          "or, if the account is in `\(home.location)`, enable the client for it and use its secret there",
          at: SetUpPlaces.multiDC(region)),
      ], asked: asked)
  }

  private var clientSecret: SetUpCheck {
    guard let probe = decisiveRefresh else { return unasked(.clientSecret) }
    let place = location(of: probe)
    switch probe.code {
    case nil, "invalid_code", "invalid_scope", "access_denied":
      return check(.clientSecret, .ok, "it is the client's secret in `\(place.location)`", asked: [probe.line])
    case "invalid_client_secret":
      return check(
        .clientSecret, .wrong, "invalid_client_secret: it is not the client's secret in `\(place.location)`",
        [
          .init("copy the secret again into each user's page", at: SetUpPlaces.clientSecret(place)),
          .init(
            "a client enabled in several regions can have a secret of its own in each: take the one of "
              + "`\(place.location)`", at: SetUpPlaces.multiDC(place)),
        ], asked: [probe.line])
    default: return check(.clientSecret, .notChecked, "Zoho has to know the client first")
    }
  }

  /// The refresh that tells most: the one that gave a token, else of those refused the one that came furthest.
  private var decisiveRefresh: ZohoProbe? {
    let refreshes = probes.filter { if case .refresh = $0.question { true } else { false } }
    if token != nil, let good = refreshes.last(where: { $0.outcome == .done }) { return good }
    return refreshes.first { $0.code == "invalid_code" } ?? refreshes.first { $0.code == "invalid_client_secret" }
      ?? refreshes.first
  }

  private func location(of probe: ZohoProbe) -> ZohoDataCentre {
    if case .refresh(let centre) = probe.question { centre } else { home }
  }

  private var refreshToken: SetUpCheck {
    guard let probe = decisiveRefresh else { return unasked(.refreshToken) }
    let place = location(of: probe)
    if let token {
      guard token.centre == home || firstRefresh?.code == "invalid_client" else {
        return check(
          .refreshToken, .wrong, "it is alive in `\(token.centre.location)`, not in `\(home.location)`",
          [
            .init("set the server address to https://\(token.centre.apiHost)", at: SetUpPlaces.adminPage),
            .init("or make a token in `\(home.location)`", at: SetUpPlaces.generateCode(home)),
          ], asked: lines { if case .refresh = $0 { true } else { false } })
      }
      return check(.refreshToken, .ok, "it is alive and gave an access token", asked: [probe.line])
    }
    switch probe.code {
    case "invalid_code":
      return check(
        .refreshToken, .wrong,
        "invalid_code: the token is not alive for this client; Zoho does not say why, these are the reasons",
        ZohoDeadTokenReasons.all(at: place, extensions: user.extensions.count), asked: [probe.line])
    case "invalid_scope", "access_denied":
      return check(
        .refreshToken, .wrong, "\(probe.code ?? ""): the token was granted for what its user may not do",
        [.init("make a new code as a user who may, and a token from it", at: SetUpPlaces.generateCode(place))],
        asked: [probe.line])
    case nil:
      return check(
        .refreshToken, .wrong, "the answer to the refresh holds no access token",
        [.init("see whether a proxy in between answers instead of Zoho")], asked: [probe.line])
    default: return check(.refreshToken, .notChecked, "Zoho has to know the client and its secret first")
    }
  }

  private var apiDomain: SetUpCheck {
    guard let token else { return check(.apiDomain, .notChecked, "told with an access token only") }
    guard token.facts.namesDomain else {
      return check(.apiDomain, .notChecked, "the token reply names no api_domain; \(token.centre.apiHost) is asked")
    }
    guard let host = token.facts.apiHost else {
      return check(
        .apiDomain, .wrong, "the token reply names an api_domain that is no host of Zoho's; it was not asked",
        [.init("see whether a proxy in between answers instead of Zoho")])
    }
    if host == home.apiHost { return check(.apiDomain, .ok, "the token is for \(host), as the server address") }
    if let other = ZohoDataCentre.all.first(where: { $0.apiHost == host }) {
      return check(
        .apiDomain, .wrong, "the token is for \(host), the server address leads to \(home.apiHost)",
        [.init("set the server address to https://\(other.apiHost)", at: SetUpPlaces.adminPage)])
    }
    return check(
      .apiDomain, .ok,
      "the token is for \(host), a sandbox or developer organisation: its records are not the real ones")
  }

  // MARK: Making checks

  func check(
    _ point: SetUpPoint, _ status: SetUpCheck.Status, _ finding: String, _ remedies: [SetUpCheck.Remedy] = [],
    asked: [String] = []
  ) -> SetUpCheck {
    SetUpCheck(
      point: point, extensions: user.extensions, status: status, finding: finding, remedies: remedies, asked: asked)
  }

  func unasked(_ point: SetUpPoint) -> SetUpCheck {
    check(point, .notChecked, "nobody was asked")
  }

  func lines(_ isWanted: (ZohoProbe.Question) -> Bool) -> [String] {
    probes.filter { isWanted($0.question) }.map(\.line)
  }
}
