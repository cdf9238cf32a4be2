public import CRMCloud
public import CRMConnectors
public import JSON
import Primitives

/// Salesforce, logged in to by either of the page's ways.
public struct SalesforceSubject: CompatSubject {
  /// How users log in.
  public enum Login: Hashable, Sendable, CaseIterable {
    /// User name, password and security token.
    case password
    /// A connected app and a refresh token.
    case oauth
  }

  /// Salesforce.
  public let system = CRMSystem.salesforce
  /// A stranger's password is wrong, or his refresh token.
  public let traits: CompatTraits
  private let login: Login
  private let settings: SalesforceCloudSettings

  /// - Parameter settings: the cloud's switches.
  public init(_ login: Login = .password, settings: SalesforceCloudSettings = SalesforceCloudSettings()) {
    self.login = login
    self.settings = settings
    traits = CompatTraits(reasonsForStrangers: login == .password ? [.credentialsWrong] : [.refreshTokenDead])
  }

  /// One organisation whose users may do everything.
  public func contents(of people: [CompatPerson]) -> CloudContents {
    var data = SalesforceCloudData()
    var client = SalesforceCloudData.Client(id: clientID, secret: clientSecret)
    data.users = [CompatUser.first, .second].map { known in
      var user = SalesforceCloudData.User(userName: userName(known), fullName: "User \(letter(known))")
      user.password = password(of: known)
      user.securityToken = securityToken
      client.refreshTokens.append(.init(token: refreshToken(of: known), userName: user.userName))
      return user
    }
    data.clients = [client]
    for table in CRMTable.allCases {
      data.records[object(of: table)] = people.in(table).map { record(of: $0) }
    }
    data.settings = settings
    var contents = CloudContents()
    contents.salesforce = data
    return contents
  }

  private func record(of person: CompatPerson) -> SalesforceCloudData.Record {
    var record: SalesforceCloudData.Record = [person.table == .accounts ? "Name" : "LastName": person.name]
    if person.table == .leads { record["Company"] = person.name }
    record["Phone"] = person.numbers.first
    if person.table != .accounts { record["MobilePhone"] = person.numbers.second }
    return record
  }

  /// The wrong address is that of sandboxes.
  public func settings(at place: CompatPlace) -> CRMSettings {
    CRMSettings(
      system: system, serverAddress: place == .right ? "https://login.salesforce.com" : "https://test.salesforce.com",
      addUnknownNumber: nil, contactLookups: CRMTable.allCases)
  }

  /// Each user has credentials of his own.
  public func user(_ user: CompatUser) -> CRMUserSettings {
    let credentials: SalesforceCredentials =
      switch login {
      case .password:
        .password(
          PasswordCredentials(userName: userName(user), password: password(of: user)), securityToken: securityToken)
      case .oauth: .oauth(clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken(of: user))
      }
    return CRMUserSettings(isEnabled: true, credentials: .salesforce(credentials))
  }

  /// `salesforce.contacts` and the like.
  public func kind(of table: CRMTable) -> String { "salesforce." + table.rawValue }

  /// Tasks.
  public var kindOfCalls: String { "salesforce.tasks" }

  /// By API names.
  public func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    guard let id = value["Id"]?.string else { return nil }
    let name = value[table == .accounts ? "Name" : "LastName"]?.string
    return CompatRecord(id: id, name: name ?? "", numbers: ["Phone", "MobilePhone"].compactMap { value[$0]?.string })
  }

  /// By API names; a missed call is an inbound one whose result says so.
  public func call(_ value: JSONValue) -> CompatCall? {
    guard let id = value["Id"]?.string, value["TaskSubtype"]?.string == "Call" else { return nil }
    let direction: CallLogEntry.Direction? =
      switch (value["CallType"]?.string, value["CallDisposition"]?.string) {
      case ("Inbound", "Missed"): .missed
      case ("Inbound", _): .inbound
      case ("Outbound", _): .outbound
      case (_, _): nil
      }
    let seconds: Int64? = if case .integer(let seconds) = value["CallDurationInSeconds"] { seconds } else { nil }
    return CompatCall(
      id: id, texts: ["CallObject", "Description", "Subject"].compactMap { value[$0]?.string },
      record: value["WhoId"]?.string ?? value["WhatId"]?.string, direction: direction, seconds: seconds)
  }

  private func object(of table: CRMTable) -> String {
    switch table {
    case .contacts: "Contact"
    case .leads: "Lead"
    case .accounts: "Account"
    }
  }

  private var clientID: String { "3MVG9.COMPAT" }
  private var clientSecret: Secret { Secret("compat-client-secret") }
  private var securityToken: Secret { Secret("CompatSecurityToken") }
  private func letter(_ user: CompatUser) -> String {
    switch user {
    case .first: "a"
    case .second: "b"
    case .stranger: "c"
    }
  }
  private func userName(_ user: CompatUser) -> String { letter(user) + "@compat.example" }
  private func password(of user: CompatUser) -> Secret { Secret("compat-password-" + letter(user)) }
  private func refreshToken(of user: CompatUser) -> Secret { Secret("5Aep861.compat." + letter(user)) }
}
