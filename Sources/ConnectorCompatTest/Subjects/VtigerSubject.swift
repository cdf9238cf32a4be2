public import CRMCloud
public import CRMConnectors
public import JSON
import Primitives

/// vTiger by its web service: vTiger CRM 8.0.0, or coreBOS in the sloppy manner.
public struct VtigerSubject: CompatSubject {
  /// `.vtiger`.
  public let system = CRMSystem.vtiger
  /// As measured of both servers.
  public let traits: CompatTraits
  private let manner: VtigerCloudSettings.Manner

  /// - Parameter manner: whose server it is.
  public init(_ manner: VtigerCloudSettings.Manner = .strict) {
    self.manner = manner
    var traits = CompatTraits(reasonsForStrangers: [.credentialsWrong])
    traits.secondsOfDuration = 60
    self.traits = traits
  }

  /// A server whose two users may do everything.
  public func contents(of people: [CompatPerson]) -> CloudContents {
    let users = [CompatUser.first, .second].map {
      VtigerCloudData.User(userName: credentials(of: $0).userName, accessKey: credentials(of: $0).password)
    }
    var data = VtigerCloudData(address: address(.right), users: users)
    data.contacts = people.in(.contacts).map { record($0, name: "lastname", numbers: ["phone", "mobile"]) }
    data.leads = people.in(.leads).map { record($0, name: "lastname", numbers: ["phone", "mobile"]) }
    data.accounts = people.in(.accounts).map { record($0, name: "accountname", numbers: ["phone", "otherphone"]) }
    data.settings.manner = manner
    var contents = CloudContents()
    contents.vtiger = data
    return contents
  }

  /// The wrong address is that of a host nobody is at.
  public func settings(at place: CompatPlace) -> CRMSettings {
    CRMSettings(
      system: system, serverAddress: address(place), addUnknownNumber: nil, contactLookups: CRMTable.allCases)
  }

  /// Each user has a key of his own.
  public func user(_ user: CompatUser) -> CRMUserSettings {
    CRMUserSettings(isEnabled: true, credentials: .vtiger(credentials(of: user)))
  }

  /// The module's name in lower case, below `vtiger.`.
  public func kind(of table: CRMTable) -> String { "vtiger." + table.rawValue }

  /// The calendar of the server's kind.
  public var kindOfCalls: String {
    switch manner {
    case .strict: "vtiger.events"
    case .sloppy: "vtiger.cbcalendar"
    }
  }

  /// By API names.
  public func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    guard let id = value["id"]?.string else { return nil }
    let numbers = ["phone", "mobile", "otherphone"].compactMap { value[$0]?.string }.filter { !$0.isEmpty }
    let name = value[table == .accounts ? "accountname" : "lastname"]?.string
    return CompatRecord(id: id, name: name ?? "", numbers: numbers)
  }

  /// By API names. A calendar does not tell calls in from calls out.
  public func call(_ value: JSONValue) -> CompatCall? {
    guard let id = value["id"]?.string, value["activitytype"]?.string == "Call" else { return nil }
    let record = ["contact_id", "parent_id", "cto_id", "rel_id"].compactMap { value[$0]?.string }
      .first { !$0.isEmpty }
    let parts = ["duration_hours", "duration_minutes"].compactMap { value[$0]?.string.flatMap { Int64($0) } }
    return CompatCall(
      id: id, texts: ["description", "subject"].compactMap { value[$0]?.string }, record: record, direction: nil,
      seconds: parts.count == 2 ? parts[0] * 3600 + parts[1] * 60 : nil)
  }

  private func record(_ person: CompatPerson, name: String, numbers: [String]) -> VtigerCloudData.Record {
    var values = [name: person.name]
    for (field, number) in zip(numbers, person.numbers) { values[field] = number }
    return VtigerCloudData.Record(values: values)
  }

  private func address(_ place: CompatPlace) -> String {
    switch place {
    case .right: "https://vtiger.compat.example/crm"
    case .wrong: "https://elsewhere.compat.example/crm"
    }
  }

  private func credentials(of user: CompatUser) -> PasswordCredentials {
    switch user {
    case .first: PasswordCredentials(userName: "first", password: Secret("firstfirstfirst1"))
    case .second: PasswordCredentials(userName: "second", password: Secret("secondsecondsec2"))
    case .stranger: PasswordCredentials(userName: "first", password: Secret("strangerstrange3"))
    }
  }
}
