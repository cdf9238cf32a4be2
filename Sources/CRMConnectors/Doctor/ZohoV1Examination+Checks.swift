import Primitives

extension ZohoV1Examination {
  /// What was found, in the order in which one thing needs the other.
  var checks: [SetUpCheck] {
    guard user.isEnabled else {
      return [check(.userPage, .notChecked, "CRM is not enabled: nothing is looked up or logged for this extension")]
    }
    let tables = settings.contactLookups.map { table in
      records(.lookup(table), .search(table), what: "\(table.zohoModule)", done: "searches are answered")
    }
    let creating = check(
      .creating, .notChecked, "whether records may be added shows only by adding one, which is not tried")
    let credits = check(
      .credits, .notChecked, "the answers do not say what is left of the day's calls, which depend on the edition")
    return [userPage, apiVersion, securityToken] + tables
      + [records(.calls, .calls, what: "Calls", done: "they are shown"), creating, credits, loginStatus]
  }

  private var userPage: SetUpCheck {
    let text = token.value
    let fault: String? =
      if text.isEmpty {
        "Security Token is empty"
      } else if text.contains(where: \.isWhitespace) {
        "Security Token has spaces: an application's password is shown so, in groups, and is not the token"
      } else if ZohoV2PageShapes.isToken(text) {
        "Security Token holds a token of version 2"
      } else if text.contains("=") {
        "Security Token holds more than the value itself"
      } else if text.utf8.allSatisfy({ (97...122).contains($0) }) {
        "Security Token is letters only, as an application's password; the token is made with that password"
      } else {
        nil
      }
    if let fault {
      return check(
        .userPage, .wrong, fault,
        [
          .init(
            "open \(home.accountsHost)/apiauthtoken/nb/create with SCOPE=ZohoCRM/crmapi, the address and the password, "
              + "an application's password without its spaces where two-factor sign-in is on, and paste what stands "
              + "behind AUTHTOKEN=", at: SetUpPlaces.userPage)
        ])
    }
    let isUsual = text.utf8.count == 32 && ZohoV2PageShapes.isHexadecimal(text)
    return check(
      .userPage, .ok,
      "Security Token is filled in" + (isUsual ? "" : ", but is not 32 digits and letters from a to f"))
  }

  private var first: (outcome: SetUpAnswer.Outcome, line: String)? { outcomes[.modules] }

  private var isAlive: Bool { first?.outcome == .done }

  private var apiVersion: SetUpCheck {
    guard isPastEnd else {
      return check(
        .apiVersion, .ok, "version 1 is served until 2019-12-31; new tokens have not been made since 2019-06-01")
    }
    if isAlive {
      return check(.apiVersion, .ok, "version 1 ended on 2019-12-31; this server still answers", asked: asked)
    }
    return check(
      .apiVersion, .wrong, "version 1 ended on 2019-12-31, and Zoho makes no new tokens for it",
      [
        .init("choose Zoho CRM v2 with the server address https://\(home.apiHost)", at: SetUpPlaces.adminPage),
        .init(
          "fill in Client ID, Client Secret and Refresh Token instead of the Security Token",
          at: SetUpPlaces.userPage),
      ], asked: asked)
  }

  private var asked: [String] { first.map { [$0.line] } ?? [] }

  private var securityToken: SetUpCheck {
    guard let first else { return check(.securityToken, .notChecked, "nobody was asked") }
    guard case .refused(let failure) = first.outcome else {
      return check(.securityToken, .ok, "it is alive", asked: asked)
    }
    guard failure.status != nil, !isPastEnd else {
      return isPastEnd
        ? check(.securityToken, .notChecked, "version 1 has to be served first", asked: asked)
        : check(
          .securityToken, .wrong, "\(home.crmHost) gave no answer (\(failure.code))",
          [.init("see whether the appliance's network reaches it over HTTPS")], asked: asked)
    }
    switch failure.code {
    case "4834", "4890", "4000", "4501":
      return check(
        .securityToken, .wrong, "\(failure.code): the token is not alive; Zoho does not say why, these are the reasons",
        [
          .init("it was mistyped or cut: 32 digits and letters from a to f", at: SetUpPlaces.userPage),
          .init("the account is in another region: pick that region's server address", at: SetUpPlaces.adminPage),
          .init("it was removed: then it is not listed there", at: "Zoho Accounts > Active Authtokens"),
          .init("the account was closed: then nobody can sign in with it"),
        ], asked: asked)
    case "4001":
      return check(
        .securityToken, .wrong, "4001: the user's profile may not use the API",
        [.init("tick Zoho CRM API Access in the user's profile", at: SetUpPlaces.profiles)], asked: asked)
    case "4101", "4102":
      return check(
        .securityToken, .wrong, "\(failure.code): the account has no CRM, or it is switched off",
        [.init("make the token as a user of the CRM", at: SetUpPlaces.userPage)], asked: asked)
    case "4820", "4421":
      return check(
        .securityToken, .wrong, "\(failure.code): too many calls of this minute or day",
        [.init("wait, and see what else uses the organisation's API")], asked: asked)
    default:
      return check(
        .securityToken, .wrong, "answered with \(failure.status.map(String.init) ?? "") \(failure.code)",
        [.init("ask again later; if it stays so, a proxy in between is the place to look")], asked: asked)
    }
  }

  private func records(_ point: SetUpPoint, _ question: Question, what: String, done: String) -> SetUpCheck {
    guard isAlive, let found = outcomes[question] else {
      return check(point, .notChecked, "takes a token that is alive")
    }
    guard case .refused(let failure) = found.outcome else { return check(point, .ok, done, asked: [found.line]) }
    let remedy: SetUpCheck.Remedy =
      failure.code.hasPrefix("401")
      ? .init("let the user's profile view \(what)", at: SetUpPlaces.profiles)
      : .init("ask again later; the code is the one to look up in Zoho's pages of version 1")
    return check(point, .wrong, "\(what) is refused with \(failure.code)", [remedy], asked: [found.line])
  }

  private var loginStatus: SetUpCheck {
    guard let first else { return check(.loginStatus, .notChecked, "nobody was asked") }
    guard case .refused(let failure) = first.outcome else { return check(.loginStatus, .ok, "Logged In") }
    let reason = LogoutReason(ofRefusedLogin: failure) { code in
      let refusal = ZohoV1Answer.refusal(code, status: failure.status ?? 200)
      if refusal.kind == .sessionRefused { return isPastEnd ? .versionRetired : .securityTokenInvalid }
      return refusal.reason ?? .loginRefused
    }
    return check(
      .loginStatus, .wrong, failure.loggedOut(because: reason),
      [.init("mend the first thing wrong above, save, and look again", at: SetUpPlaces.userPage)])
  }

  private func check(
    _ point: SetUpPoint, _ status: SetUpCheck.Status, _ finding: String, _ remedies: [SetUpCheck.Remedy] = [],
    asked: [String] = []
  ) -> SetUpCheck {
    SetUpCheck(
      point: point, extensions: user.extensions, status: status, finding: finding, remedies: remedies, asked: asked)
  }
}
