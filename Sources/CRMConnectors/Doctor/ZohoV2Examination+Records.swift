extension ZohoV2Examination {
  private var scopes: ZohoNeededScopes { ZohoNeededScopes(settings: settings) }

  private var newScope: SetUpCheck.Remedy {
    .init(
      "make a new code with the scope `\(scopes.text)`, a token from it, and paste that: a token's scope never changes",
      at: SetUpPlaces.generateCode(token?.centre ?? home))
  }

  private func probe(_ question: ZohoProbe.Question) -> ZohoProbe? { probes.first { $0.question == question } }

  private var apiProbes: [ZohoProbe] {
    probes.filter {
      switch $0.question {
      case .refresh, .client: false
      case .search, .list, .calls: true
      }
    }
  }

  var apiAccess: SetUpCheck {
    guard token != nil else { return needsToken(.apiAccess) }
    guard let first = apiProbes.first else { return unasked(.apiAccess) }
    let stop = apiProbes.last ?? first
    guard case .refused(let failure) = stop.outcome else {
      return check(.apiAccess, .ok, "the API answers this user", asked: [stop.line])
    }
    switch (failure.status, failure.code) {
    case (_, "NO_PERMISSION") where stop.isWithoutAPIAccess:
      return check(
        .apiAccess, .wrong, "NO_PERMISSION: the profile of the user who made the token may not use the API",
        [
          .init("tick Zoho CRM API Access in the user's profile", at: SetUpPlaces.profiles),
          .init("or make the token as a user whose profile has it", at: SetUpPlaces.generateCode(home)),
        ], asked: [stop.line])
    case (_, "INVALID_TOKEN"), (_, "AUTHENTICATION_FAILURE"):
      return check(
        .apiAccess, .wrong, "\(failure.code): the API refuses the access token it was just given",
        [
          .init("see whether the user who made it is still active in the CRM", at: "Zoho CRM > Setup > Users"),
          .init(
            "see whether it was made for a sandbox or another organisation, and make one for this one",
            at: SetUpPlaces.generateCode(home)),
        ], asked: [stop.line])
    case (429, _):
      return check(
        .apiAccess, .wrong, "\(failure.code): no requests are left, or too many are asked at once",
        [.init("wait, and see what else uses the organisation's API")], asked: [stop.line])
    case (let status, _) where status.map { $0 >= 500 } ?? true:
      return check(
        .apiAccess, .wrong, "the API gave no usable answer (\(failure.code))",
        [.init("ask again later; see whether the appliance's network reaches it over HTTPS")], asked: [stop.line])
    case (_, _): return check(.apiAccess, .ok, "the API answers this user", asked: [first.line])
    }
  }

  func lookup(_ table: CRMTable) -> SetUpCheck {
    let point = SetUpPoint.lookup(table)
    guard token != nil else { return needsToken(point) }
    guard let search = probe(.search(table)) else { return unasked(point) }
    guard case .refused(let failure) = search.outcome else {
      return check(point, .ok, "searches of \(table.zohoModule) are answered", asked: [search.line])
    }
    guard failure.code == "OAUTH_SCOPE_MISMATCH" else {
      return refused(point, "a search of \(table.zohoModule)", search, failure)
    }
    let list = probe(.list(table))
    let asked = [search.line] + (list.map { [$0.line] } ?? [])
    if list?.outcome == .done {
      return check(
        point, .wrong,
        "OAUTH_SCOPE_MISMATCH: the token may read \(table.zohoModule), but not search; `\(ZohoNeededScopes.search)` is "
          + "missing", [newScope], asked: asked)
    }
    return check(
      point, .wrong,
      "OAUTH_SCOPE_MISMATCH: the token may not read \(table.zohoModule); `ZohoCRM.modules.\(table.rawValue).READ` is "
        + "missing, so nobody in this table is ever known", [newScope], asked: asked)
  }

  var calls: SetUpCheck {
    guard token != nil else { return needsToken(.calls) }
    guard let probe = probe(.calls) else { return unasked(.calls) }
    guard case .refused(let failure) = probe.outcome else {
      return check(.calls, .ok, "Calls are shown", asked: [probe.line])
    }
    guard failure.code == "OAUTH_SCOPE_MISMATCH" else { return refused(.calls, "a list of Calls", probe, failure) }
    return check(
      .calls, .wrong,
      "OAUTH_SCOPE_MISMATCH: the token does not open Calls; `ZohoCRM.modules.calls.READ` and "
        + "`ZohoCRM.modules.calls.CREATE` are missing, so no call is logged", [newScope], asked: [probe.line])
  }

  var creating: SetUpCheck {
    guard let token else { return needsToken(.creating) }
    let names = scopes.created.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " and ")
    guard let granted = token.facts.scope else {
      return check(
        .creating, .notChecked,
        "whether \(names) may be added shows only by adding one, which is not tried; the scope with which the code was "
          + "made has to hold " + scopes.created.map { "`ZohoCRM.modules.\($0).CREATE`" }.joined(separator: " and ")
          + ", or .ALL")
    }
    let missing = scopes.created.filter { !ZohoNeededScopes.allowCreating($0, granted: granted) }
    guard missing.isEmpty else {
      return check(
        .creating, .wrong,
        "the token reply's scope lacks "
          + missing.map { "`ZohoCRM.modules.\($0).CREATE`" }.joined(separator: " and ")
          + (missing.contains("calls") ? ", so no call is logged" : ", so no caller is added"), [newScope])
    }
    return check(.creating, .ok, "by the token reply's scope, \(names) may be added; nothing was added to try it")
  }

  var credits: SetUpCheck {
    guard token != nil else { return needsToken(.credits) }
    let atOnce = options.concurrentCalls.map {
      "; the model carries \($0) calls at once, of an organisation's requests Zoho answers 5 (Free) to 25 (Ultimate) "
        + "at once"
    }
    guard let creditsLeft else {
      return check(.credits, .notChecked, "the answers do not say what is left" + (atOnce ?? ""))
    }
    guard !creditsLeft.isSpent else {
      return check(
        .credits, .wrong, creditsLeft.text,
        [.init("wait for the span to end, see what else uses the organisation's API, or buy a larger edition")])
    }
    return check(.credits, .ok, creditsLeft.text + (atOnce ?? ""))
  }

  /// What the user's page will show (GUI: Logged In, Logged Out): a refresh decides (assumed).
  var loginStatus: SetUpCheck {
    guard let first = firstRefresh else { return unasked(.loginStatus) }
    guard case .refused(let failure) = first.outcome else {
      guard token != nil else {
        return check(
          .loginStatus, .wrong, "Logged Out: \(LogoutReason.unreadableAnswer.words) (no access token)")
      }
      return check(.loginStatus, .ok, "Logged In; this rests on the token alone, not on what it opens")
    }
    let remedies: [SetUpCheck.Remedy] = [
      .init(
        "mend the first thing wrong above, save, and look again",
        at: SetUpPlaces.userPage)
    ]
    let reason = LogoutReason(ofRefusedLogin: failure, named: ZohoTokenReply.reason)
    return check(.loginStatus, .wrong, failure.loggedOut(because: reason), remedies)
  }

  private func refused(_ point: SetUpPoint, _ what: String, _ probe: ZohoProbe, _ failure: CRMFailure) -> SetUpCheck {
    let status = failure.status.map { "\($0) " } ?? ""
    if ["INVALID_TOKEN", "AUTHENTICATION_FAILURE"].contains(failure.code) || probe.isWithoutAPIAccess {
      return check(point, .notChecked, "the API has to let the user in first", asked: [probe.line])
    }
    switch failure.code {
    case "NO_PERMISSION":
      return check(
        point, .wrong, "NO_PERMISSION: the profile of the user who made the token may not read this table",
        [.init("let the profile view it, or make the token as a user who may", at: SetUpPlaces.profiles)],
        asked: [probe.line])
    case "INVALID_MODULE", "NOT_SUPPORTED":
      return check(
        point, .wrong, "\(failure.code): the organisation has no such table for the API",
        [.init("take the table out of Contact Lookups, or switch its module on in the CRM", at: SetUpPlaces.adminPage)],
        asked: [probe.line])
    default:
      return check(
        point, .wrong, "\(what) is answered with \(status)\(failure.code)",
        [.init("ask again later; if it stays so, the code is the one to look up in Zoho's API pages")],
        asked: [probe.line])
    }
  }

  private func needsToken(_ point: SetUpPoint) -> SetUpCheck {
    check(point, .notChecked, "takes an access token, which was not to be had")
  }
}
