public import CRMConnectors
import Primitives

/// `given:` of an example: what is asked about, in the words of templates.
struct ConnectorSampleReader {
  private enum CallType: String, CaseIterable {
    case inbound = "Inbound"
    case missed = "Missed"
    case outbound = "Outbound"
    case notAnswered = "Notanswered"

    var direction: CallLogEntry.Direction {
      switch self {
      case .inbound: .inbound
      case .missed: .missed
      case .outbound, .notAnswered: .outbound
      }
    }
  }

  func read(_ entry: Entry) -> ConnectorSample {
    let keys = [
      "Number", "Name", "Agent", "CallType", "Duration", "CallStart", "EntityType", "EntityId", "Mark", "CallId",
      "Page", "User",
    ]
    var sample = ConnectorSample.standard
    guard let mapping = entry.mapping(keys: keys) else { return sample }
    if let number = mapping["Number"]?.text() { sample.number = number }
    sample.name = mapping["Name"]?.text()
    if let page = mapping["Page"]?.integer(in: 1...1000) { sample.page = page }
    if let id = mapping["CallId"]?.text() { sample.callID = id }
    if let user = mapping["User"]?.text() { sample.user = user }
    let type = mapping["CallType"]?.choice(of: CallType.self) ?? .inbound
    let standard: Int =
      switch type {
      case .inbound, .outbound: 72
      case .missed, .notAnswered: 0
      }
    let duration = mapping["Duration"]?.integer(in: 0...1_000_000) ?? standard
    var record: CRMRecordReference?
    if let table = mapping["EntityType"]?.choice(of: CRMTable.self) {
      record = CRMRecordReference(
        table: table, id: mapping["EntityId"]?.text() ?? "1", name: sample.name ?? "Ann Example")
    }
    sample.call = CallLogEntry(
      id: .init(rawValue: 1), direction: type.direction, number: sample.number, record: record,
      agentExtension: mapping["Agent"]?.text() ?? "1001",
      start: mapping["CallStart"]?.instant() ?? ConnectorSample.standard.call.start, utcOffsetSeconds: 0,
      talkSeconds: Int64(duration), mark: mapping["Mark"]?.text() ?? ConnectorSample.standard.call.mark)
    return sample
  }
}

extension ConnectorSample {
  /// What an example is about that says nothing else: an answered call of 72 s by a number nobody has.
  public static var standard: ConnectorSample {
    let number = "+14155550100"
    let call = CallLogEntry(
      id: .init(rawValue: 1), direction: .inbound, number: number, record: nil, agentExtension: "1001",
      start: Instant(seconds: 1_800_000_000), utcOffsetSeconds: 0, talkSeconds: 72, mark: "1800000000.17")
    return ConnectorSample(number: number, name: nil, call: call, callID: "900", user: "7")
  }
}
