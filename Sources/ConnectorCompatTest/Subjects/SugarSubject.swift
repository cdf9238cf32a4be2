public import CRMCloud
public import CRMConnectors
public import JSON
import Primitives

/// SugarCRM or SuiteCRM on a server of one's own, by any of its APIs.
public struct SugarSubject: CompatSubject {
  /// `.sugarCRM`.
  public let system = CRMSystem.sugarCRM
  /// A call's length is kept in minutes (measured).
  public let traits: CompatTraits
  private let api: SugarAPI
  private let settings: SugarCloudSettings

  /// - Parameter settings: the cloud's switches.
  public init(_ api: SugarAPI = .v4_1, settings: SugarCloudSettings = SugarCloudSettings()) {
    self.api = api
    self.settings = settings
    var traits = CompatTraits(reasonsForStrangers: [.credentialsWrong])
    traits.secondsOfDuration = 60
    self.traits = traits
  }

  /// An installation that both users may log in to.
  public func contents(of people: [CompatPerson]) -> CloudContents {
    var contents = CloudContents()
    contents.sugar = SugarCloudData(
      address: CompatPlace.right.address,
      users: [CompatUser.first, .second].map {
        .init(userName: $0.login, password: Secret($0.password), lastName: $0.login)
      },
      contacts: people.in(.contacts).map { record($0, name: "last_name", ["phone_work", "phone_mobile"]) },
      leads: people.in(.leads).map { record($0, name: "last_name", ["phone_work", "phone_mobile"]) },
      accounts: people.in(.accounts).map { record($0, name: "name", ["phone_office", "phone_alternate"]) })
    contents.sugarSettings = settings
    return contents
  }

  /// The wrong address is one at which there is no CRM.
  public func settings(at place: CompatPlace) -> CRMSettings {
    var settings = CRMSettings(
      system: system, serverAddress: place.address, addUnknownNumber: nil, contactLookups: CRMTable.allCases)
    settings.sugarAPI = api
    return settings
  }

  /// Name and password.
  public func user(_ user: CompatUser) -> CRMUserSettings {
    CRMUserSettings(isEnabled: true, credentials: .sugarCRM(user.passwordCredentials))
  }

  /// The module's name in lower case.
  public func kind(of table: CRMTable) -> String { "sugarcrm." + table.rawValue }

  /// The module Calls.
  public var kindOfCalls: String { "sugarcrm.calls" }

  /// By field names.
  public func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    CompatRecord(
      value, name: table == .accounts ? "name" : "last_name",
      numbers: ["phone_work", "phone_mobile", "phone_office", "phone_alternate"])
  }

  /// By field names; a missed call is an inbound one that was not held.
  public func call(_ value: JSONValue) -> CompatCall? {
    guard let id = value["id"]?.string else { return nil }
    let isHeld = value["status"]?.string == "Held"
    let direction: CallLogEntry.Direction? =
      switch value["direction"]?.string {
      case "Outbound": .outbound
      case "Inbound": isHeld ? .inbound : .missed
      default: nil
      }
    return CompatCall(
      id: id, texts: value.texts(["description", "name"]), record: value.texts(["parent_id"]).first,
      direction: direction, seconds: value.minutes("duration_hours", "duration_minutes"))
  }

  private func record(_ person: CompatPerson, name: String, _ fields: [String]) -> SugarCloudData.Record {
    var values = [name: person.name]
    for (field, number) in zip(fields, person.numbers) { values[field] = number }
    return SugarCloudData.Record(fields: values)
  }
}
