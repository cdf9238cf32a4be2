import CRMCloud
import CRMConnectors
import Primitives

/// A site and a cloud that fit together, to be broken in one place at a time.
struct Office {
  static let clientID = "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123"
  static let secret = Secret("0123456789abcdef0123456789abcdef0123456789")
  static let token = Secret("1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210")
  static let now = Instant(seconds: 1_790_000_000)
  static let scopes = [
    "ZohoCRM.modules.contacts.READ", "ZohoCRM.modules.leads.READ", "ZohoCRM.modules.leads.CREATE",
    "ZohoCRM.modules.accounts.READ", "ZohoCRM.modules.calls.READ", "ZohoCRM.modules.calls.CREATE",
    "ZohoSearch.securesearch.READ",
  ]

  static let entered = ZohoV2Credentials(clientID: clientID, clientSecret: secret, refreshToken: token)

  var settings = CRMSettings(
    system: .zohoV2, serverAddress: "https://www.zohoapis.com", addUnknownNumber: .leads,
    contactLookups: [.contacts, .leads, .accounts])
  var pages = [
    "1000": CRMUserSettings(isEnabled: true, credentials: .zohoV2(entered))
  ]
  /// In place of those of `pages`.
  var users: [SetUpUser]?
  var data = ZohoCloudData(
    organisations: [.init(users: [.init(id: "11", fullName: "Ann Owner")])],
    clients: [
      .init(id: clientID, secret: secret, refreshTokens: [.init(token: token, scopes: scopes, userID: "11")])
    ])
  var cloudSettings = ZohoCloudSettings()
  var options = SetUpDoctor.Options()
  /// Done to the cloud before the doctor comes.
  var before: @Sendable (inout ZohoCloud) -> Void = { _ in }

  static let securityToken = Secret("00112233445566778899aabbccddeeff")

  /// The same office in 2018, with a token of version 1.
  static func of2018(_ breakIt: (inout Office) -> Void = { _ in }) -> Office {
    Office {
      $0.settings.serverAddress = "https://crm.zoho.com"
      $0.users = [
        .init(extensions: ["1000"], isEnabled: true, credentials: .zohoV1(.init(securityToken: securityToken)))
      ]
      $0.data.organisations[0].users[0].authTokens = [securityToken]
      $0.options.time = Instant(seconds: 1_530_000_000)
      breakIt(&$0)
    }
  }

  /// Enters something else on the page of extension 1000.
  mutating func enter(_ change: (inout ZohoV2Credentials) -> Void) {
    var entered = Self.entered
    change(&entered)
    pages["1000"] = CRMUserSettings(isEnabled: true, credentials: .zohoV2(entered))
  }

  init(_ breakIt: (inout Office) -> Void = { _ in }) { breakIt(&self) }

  /// Asks the cloud everything the doctor wants to know.
  func examine() throws -> [SetUpCheck] {
    var cloud = try ZohoCloud(data: data, settings: cloudSettings, seed: 1)
    before(&cloud)
    var doctor = SetUpDoctor(settings: settings, users: users ?? SetUpUser.grouped(pages), options: options)
    var asked = 0
    while let request = doctor.next(), asked < 1000 {
      asked += 1
      let answer = cloud.respond(to: request.request, body: request.body, at: options.time ?? Self.now)
      doctor.receive(.response(answer.response, body: answer.body))
    }
    return doctor.checks
  }
}

extension [SetUpCheck] {
  var wrong: [SetUpCheck] { filter { $0.status == .wrong } }
  subscript(point: SetUpPoint) -> SetUpCheck? { first { $0.point == point } }
}

extension SetUpCheck {
  /// Everything that is printed of it.
  var text: String {
    ([point.title, finding] + remedies.flatMap { [$0.text, $0.place ?? ""] } + asked + extensions)
      .joined(separator: "\n")
  }
}

extension CRMUserSettings {
  /// Every text of the page, none of which is to be repeated.
  var entered: String {
    switch credentials {
    case .zohoV1(let entered): entered.securityToken.value
    case .zohoV2(let entered):
      [entered.clientID, entered.clientSecret.value, entered.refreshToken.value].joined(separator: " ")
    case .vtiger, .sugarCRM, .salesforce, .described: ""
    }
  }
}
