public import CRMCloud
public import CRMConnectors
public import JSON
import Primitives

/// Salesforce, in years in which it takes a user name and password over SOAP.
public struct SalesforceSubject: CompatSubject {
  /// `.salesforce`.
  public let system = CRMSystem.salesforce
  /// Lengths are kept in seconds (documented).
  public let traits: CompatTraits

  /// An organisation as documented.
  public init() {
    var traits = CompatTraits(reasonsForStrangers: [.credentialsWrong])
    traits.start = Instant(seconds: 1_559_466_000)
    self.traits = traits
  }

  /// An organisation that both users may log in to.
  public func contents(of people: [CompatPerson]) -> CloudContents {
    var data = SalesforceCloudData()
    data.users = [CompatUser.first, .second].map { user in
      var entry = SalesforceCloudData.User(userName: user.email, fullName: user.login)
      entry.password = Secret(user.password)
      entry.securityToken = Secret(Self.securityToken)
      return entry
    }
    data.records = [
      "Contact": people.in(.contacts).map { record($0, ["LastName"], ["Phone", "MobilePhone"]) },
      "Lead": people.in(.leads).map { record($0, ["LastName", "Company"], ["Phone", "MobilePhone"]) },
      "Account": people.in(.accounts).map { record($0, ["Name"], ["Phone", "Fax"]) },
    ]
    var contents = CloudContents()
    contents.salesforce = data
    return contents
  }

  /// The wrong address is that of the test organisations.
  public func settings(at place: CompatPlace) -> CRMSettings {
    let host = place == .right ? "login" : "test"
    return CRMSettings(
      system: system, serverAddress: "https://\(host).salesforce.com", addUnknownNumber: nil,
      contactLookups: CRMTable.allCases)
  }

  /// Name, password and security token.
  public func user(_ user: CompatUser) -> CRMUserSettings {
    CRMUserSettings(
      isEnabled: true,
      credentials: .salesforce(
        .password(
          PasswordCredentials(userName: user.email, password: Secret(user.password)),
          securityToken: Secret(Self.securityToken))))
  }

  /// The object's plural in lower case.
  public func kind(of table: CRMTable) -> String { "salesforce." + table.rawValue }

  /// The object Task.
  public var kindOfCalls: String { "salesforce.tasks" }

  /// By field names.
  public func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    CompatRecord(
      value, id: "Id", name: table == .accounts ? "Name" : "LastName", numbers: ["Phone", "MobilePhone", "Fax"])
  }

  /// By field names; of an inbound call the disposition says whether it was missed.
  public func call(_ value: JSONValue) -> CompatCall? {
    guard let id = value["Id"]?.string else { return nil }
    let direction: CallLogEntry.Direction? =
      switch (value["CallType"]?.string, value["CallDisposition"]?.string) {
      case ("Outbound", _): .outbound
      case ("Inbound", "Missed"): .missed
      case ("Inbound", _): .inbound
      default: nil
      }
    return CompatCall(
      id: id, texts: value.texts(["CallObject", "Description", "Subject"]),
      record: value.texts(["WhoId", "WhatId"]).first, direction: direction,
      seconds: value["CallDurationInSeconds"].flatMap(\.wholeNumber))
  }

  private static let securityToken = "compatSecurityToken"

  private func record(
    _ person: CompatPerson, _ names: [String], _ fields: [String]
  ) -> SalesforceCloudData.Record {
    var values: SalesforceCloudData.Record = [:]
    for name in names { values[name] = person.name }
    for (field, number) in zip(fields, person.numbers) { values[field] = number }
    return values
  }
}
