import Primitives

extension ConnectorExamination {
  /// What was found, in the order in which one thing needs the other.
  var checks: [SetUpCheck] {
    guard user.isEnabled else {
      return [check(.userPage, .notChecked, "CRM is not enabled: nothing is looked up or logged for this extension")]
    }
    let tables = settings.contactLookups.map { table in
      records(.lookup(table), .search(table), what: table.rawValue, done: "searches are answered")
    }
    let creating = check(
      .creating, .notChecked, "whether records may be added shows only by adding one, which is not tried")
    return [userPage, apiAccess] + tables + [records(.calls, .calls, what: "calls", done: "they are shown"), creating]
      + [loginStatus]
  }

  private var userPage: SetUpCheck {
    let empty = emptyFields
    guard empty.isEmpty else {
      return check(
        .userPage, .wrong, "\(empty.joined(separator: " and ")) \(empty.count == 1 ? "is" : "are") empty",
        [.init("fill in what the CRM's administrator gave", at: SetUpPlaces.userPage)])
    }
    if let fault {
      return check(.userPage, .wrong, fault.description, [.init("fill in the page", at: SetUpPlaces.userPage)])
    }
    return check(.userPage, .ok, "it is filled in")
  }

  private var emptyFields: [String] {
    let fields: [(String, String)] =
      switch user.credentials {
      case .zohoV1(let entered): [("Security Token", entered.securityToken.value)]
      case .zohoV2(let entered):
        [
          ("Client ID", entered.clientID), ("Client Secret", entered.clientSecret.value),
          ("Refresh Token", entered.refreshToken.value),
        ]
      case .vtiger(let entered):
        [("Username", entered.userName), ("Password (the access key)", entered.password.value)]
      case .sugarCRM(let entered), .salesforce(.password(let entered, _)):
        [("Username", entered.userName), ("Password", entered.password.value)]
      case .salesforce(.oauth(let clientID, let clientSecret, let refreshToken)):
        [
          ("the client id", clientID), ("the client secret", clientSecret.value),
          ("the refresh token", refreshToken.value),
        ]
      case .described(let entered): entered.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value) }
      }
    return fields.filter(\.1.isEmpty).map(\.0)
  }

  private var login: (finding: Finding, asked: [String])? {
    findings[.login].map { ($0, asked[.login] ?? []) }
  }

  private var isLoggedIn: Bool { findings[.login] == .done }

  private var apiAccess: SetUpCheck {
    guard let login else { return check(.apiAccess, .notChecked, "nobody was asked") }
    switch status {
    case .loggedIn, nil: return check(.apiAccess, .ok, "the CRM let the user in", asked: login.asked)
    case .loggedOut(let reason, let failure):
      guard !isLoggedIn else { return check(.apiAccess, .ok, "the CRM let the user in", asked: login.asked) }
      return check(
        .apiAccess, .wrong, "\(failure.code): \(reason.words)", [remedy(for: reason)], asked: login.asked)
    }
  }

  /// What is about the credentials themselves stands in no list.
  private static let remedies: [(reasons: Set<LogoutReason>, remedy: SetUpCheck.Remedy)] = [
    (
      [.unreachable, .tlsFailed],
      .init("see whether the appliance's network reaches the server, and whether its certificate is trusted")
    ),
    (
      [.redirected, .unreadableAnswer, .wrongRegion],
      .init("enter the address as a browser shows it after signing in, with its path", at: SetUpPlaces.adminPage)
    ), ([.throttled], .init("wait, and see what else uses the CRM's API")),
    ([.serverError], .init("ask again later; if it stays so, the CRM's own log is the place to look")),
    (
      [.noPermission, .scopeTooNarrow, .crmDisabled], .init("let the user use the API, in the CRM's own settings")
    ),
  ]

  private func remedy(for reason: LogoutReason) -> SetUpCheck.Remedy {
    Self.remedies.first { $0.reasons.contains(reason) }?.remedy
      ?? .init("enter what the CRM shows for this user, and try it there first", at: SetUpPlaces.userPage)
  }

  private func records(_ point: SetUpPoint, _ question: Question, what: String, done: String) -> SetUpCheck {
    guard isLoggedIn, let found = findings[question] else {
      return check(point, .notChecked, "takes a user whom the CRM lets in")
    }
    let asked = asked[question] ?? []
    switch found {
    case .done: return check(point, .ok, done, asked: asked)
    case .refused(let failure):
      return check(
        point, .wrong, "\(what) cannot be read: \(failure.code)",
        [.init("let the user view \(what), in the CRM's own settings of roles or profiles")], asked: asked)
    }
  }

  private var loginStatus: SetUpCheck {
    switch (status, isLoggedIn) {
    case (nil, _): check(.loginStatus, .notChecked, "nobody was asked")
    case (.loggedIn, _): check(.loginStatus, .ok, "Logged In")
    case (.loggedOut(_, let failure), _):
      check(
        .loginStatus, .wrong, "Logged Out: \(failure.code)",
        [.init("mend the first thing wrong above, save, and look again", at: SetUpPlaces.userPage)])
    }
  }

  private func check(
    _ point: SetUpPoint, _ status: SetUpCheck.Status, _ finding: String, _ remedies: [SetUpCheck.Remedy] = [],
    asked: [String] = []
  ) -> SetUpCheck {
    SetUpCheck(
      point: point, extensions: user.extensions, status: status, finding: finding, remedies: remedies, asked: asked)
  }
}
