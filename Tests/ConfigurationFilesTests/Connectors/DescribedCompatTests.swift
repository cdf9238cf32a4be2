import CRMCloud
import CRMConnectors
import ConfigurationFiles
import ConnectorCompatTest
import JSON
import Primitives
import Testing

/// Bitrix24 by its description, under the table that every connector is held against.
private struct BitrixSubject: CompatSubject {
  let file: ConnectorFile
  let system = CRMSystem.described
  let traits: CompatTraits

  init(_ file: ConnectorFile) {
    self.file = file
    var traits = CompatTraits(reasonsForStrangers: [.credentialsWrong])
    traits.renewsSessions = false
    self.traits = traits
  }

  private func credentials(_ user: CompatUser) -> DescribedCredentials {
    DescribedCredentials(
      parameters: ["domain": "example.bitrix24.com", "userID": "1", "code": "code-\(user)"].mapValues { Secret($0) })
  }

  func contents(of people: [CompatPerson]) -> CloudContents {
    var contents = CloudContents()
    contents.described = try? file.cloud(for: [credentials(.first), credentials(.second)])
    contents.described?.records = [:]
    for (index, person) in people.enumerated() {
      let numbers = person.numbers.map { JSONValue.object([.init("VALUE", .string($0))]) }
      contents.described?.records[person.table.rawValue, default: []].append([
        "ID": .string(String(500 + index)), Self.nameField(person.table): .string(person.name),
        "PHONE": .array(numbers),
      ])
    }
    return contents
  }

  private static func nameField(_ table: CRMTable) -> String { table == .accounts ? "TITLE" : "LAST_NAME" }

  func settings(at place: CompatPlace) -> CRMSettings {
    var settings = CRMSettings(
      system: .described, serverAddress: place == .right ? "" : "https://other.example.com", addUnknownNumber: nil,
      contactLookups: traits.tables)
    settings.connector = file.description
    return settings
  }

  func user(_ user: CompatUser) -> CRMUserSettings {
    CRMUserSettings(isEnabled: true, credentials: .described(credentials(user)))
  }

  func kind(of table: CRMTable) -> String { "described." + table.rawValue }
  var kindOfCalls: String { "described.calls" }

  func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    guard let id = Self.text(value["ID"]) else { return nil }
    let name = ["LAST_NAME", "TITLE"].lazy.compactMap { value[$0]?.string }.first
    return CompatRecord(
      id: id, name: name ?? "", numbers: (value["PHONE"]?.array ?? []).compactMap { $0["VALUE"]?.string })
  }

  func call(_ value: JSONValue) -> CompatCall? {
    guard let id = Self.text(value["ID"]), let fields = value["sent"]?["fields"] else { return nil }
    let direction: CallLogEntry.Direction? =
      switch (fields["DIRECTION"], fields["COMPLETED"]?.string) {
      case (.integer(1), "Y"): .inbound
      case (.integer(1), "N"): .missed
      case (.integer(2), _): .outbound
      default: nil
      }
    let times = ["START_TIME", "END_TIME"].compactMap { fields[$0]?.string.flatMap { OffsetTimestamp($0) } }
    return CompatCall(
      id: id, texts: [value["DESCRIPTION"]?.string].compactMap(\.self), record: fields["OWNER_ID"]?.string,
      direction: direction, seconds: times.count == 2 ? times[1].seconds - times[0].seconds : nil)
  }

  /// New ids are numbers, those of lists are texts, as Bitrix24 has them.
  private static func text(_ id: JSONValue?) -> String? {
    if case .integer(let number)? = id { String(number) } else { id?.string }
  }
}

@Suite("A described connector, as every connector")
struct DescribedCompatTests {
  @Test("Keeps what is expected of every connector", arguments: CompatExpectation.all.indices)
  func keeps(_ index: Int) throws {
    let subject = BitrixSubject(try ConnectorFixtures.read("bitrix24"))
    let findings = CompatExpectation.all[index].run(subject)
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }
}
