public import CRMCloud
public import CRMConnectors
public import JSON
import Primitives

/// vTiger 8 on a server of one's own, by `webservice.php`.
public struct VtigerSubject: CompatSubject {
  /// `.vtiger`.
  public let system = CRMSystem.vtiger
  /// No limits are built in (documented); a call's length is kept in minutes (measured).
  public let traits: CompatTraits
  private let settings: VtigerCloudSettings

  /// - Parameter settings: the cloud's switches.
  public init(settings: VtigerCloudSettings = VtigerCloudSettings()) {
    self.settings = settings
    var traits = CompatTraits(reasonsForStrangers: [.credentialsWrong])
    traits.hasLimits = false
    traits.secondsOfDuration = 60
    self.traits = traits
  }

  /// A server that both users may log in to.
  public func contents(of people: [CompatPerson]) -> CloudContents {
    var data = VtigerCloudData(
      address: CompatPlace.right.address,
      users: [CompatUser.first, .second].map {
        VtigerCloudData.User(userName: $0.login, accessKey: Secret($0.password))
      })
    data.settings = settings
    data.contacts = people.in(.contacts).map { record($0, name: "lastname", ["phone", "mobile"]) }
    data.leads = people.in(.leads).map { record($0, name: "lastname", ["phone", "mobile"]) }
    data.accounts = people.in(.accounts).map { record($0, name: "accountname", ["phone", "otherphone"]) }
    var contents = CloudContents()
    contents.vtiger = data
    return contents
  }

  /// The wrong address is one at which there is no CRM.
  public func settings(at place: CompatPlace) -> CRMSettings {
    CRMSettings(
      system: system, serverAddress: place.address, addUnknownNumber: nil, contactLookups: CRMTable.allCases)
  }

  /// The password is the access key.
  public func user(_ user: CompatUser) -> CRMUserSettings {
    CRMUserSettings(isEnabled: true, credentials: .vtiger(user.passwordCredentials))
  }

  /// The module's name in lower case.
  public func kind(of table: CRMTable) -> String { "vtiger." + table.rawValue }

  /// The module Events.
  public var kindOfCalls: String { "vtiger.events" }

  /// By field names.
  public func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    CompatRecord(
      value, name: table == .accounts ? "accountname" : "lastname",
      numbers: ["phone", "mobile", "otherphone"])
  }

  /// By field names; an event has no field for the direction.
  public func call(_ value: JSONValue) -> CompatCall? {
    guard let id = value["id"]?.string, value["activitytype"]?.string == "Call" else { return nil }
    return CompatCall(
      id: id, texts: value.texts(["description", "subject"]),
      record: value.texts(["contact_id", "parent_id"]).first, direction: nil,
      seconds: value.minutes("duration_hours", "duration_minutes"))
  }

  private func record(_ person: CompatPerson, name: String, _ fields: [String]) -> VtigerCloudData.Record {
    var values = [name: person.name]
    for (field, number) in zip(fields, person.numbers) { values[field] = number }
    return VtigerCloudData.Record(values: values)
  }
}
