import Foundation
import PBXModel
import PacketCapture
import Primitives
import SimulationRuntime
import Testing

/// Real Asterisk traces against the CDRs that Asterisk itself wrote for them.
///
/// The traces are not part of this repository; where `../shared/traces/asterisk` is absent the suite is skipped.
@Suite(.enabled(if: AsteriskTrace.areThere, "no recorded Asterisk traces beside the repository (../shared/traces)"))
struct AsteriskTraceTests {
  /// Scenarios in which the wire does not show what Asterisk's rows say, or the rows are summed another way.
  static let notComparable: [String: String] = [
    "announcement_early": "early media, then 404: Asterisk's cause 1 reads NO ANSWER; the appliance's rows read FAILED",
    "attended_by_callee": "the consultation is a call of its own on the wire; Asterisk joins rows",
    "attended_by_caller": "as attended_by_callee", "attended_inbound": "as attended_by_callee",
    "attended_to_outside": "as attended_by_callee", "attended_while_ringing": "as attended_by_callee",
    "baresip_blind_transfer": "Asterisk's second row starts anew",
    "blind_by_caller": "Asterisk's second row starts anew",
    "conference": "rows end with the last party", "congestion_app": "CONGESTION reads FAILED on the appliance",
    "ivr_group_no_answer": "one row per member, each counted from the menu's answer",
    "ivr_wrong_then_group": "as ivr_group_no_answer",
    "outbound_503": "CONGESTION reads FAILED on the appliance",
    "trunk_limit": "CONGESTION reads FAILED on the appliance",
    "park_and_fetch": "the fetcher's call is one of its own on the wire",
    "queue_abandoned": "answered by the queue; Asterisk's rows are the members'",
    "queue_answered": "one row per member and round", "queue_second_round": "as queue_answered",
    "queue_timeout_to_voicemail": "as queue_answered",
    "unknown_with_entry": "404: Asterisk's cause 1 reads NO ANSWER; the appliance's rows read FAILED",
  ]

  @Test(arguments: AsteriskTrace.all)
  func dispositionAndTalkTimeAreAsteriskOwn(_ trace: AsteriskTrace) throws {
    let calls = try trace.calls()
    var compared = 0
    for driven in try trace.drivenCalls() where Self.notComparable[driven.scenario] == nil {
      guard let callID = driven.callID, let rows = try trace.rows(ofCallerLeg: callID) else { continue }
      let call = try #require(calls[callID], "\(driven.scenario): no call for \(callID)")
      // Its talk time is part of another call's.
      guard call.joinedInto == nil else { continue }
      let isAnswered = rows.contains { $0.disposition == "ANSWERED" }
      let disposition = isAnswered ? "ANSWERED" : rows[0].disposition
      #expect(call.disposition.rawValue == disposition, "\(driven.scenario) \(callID)")
      let billsec = rows.reduce(0) { $0 + $1.billsec }
      #expect(abs((call.billable?.wholeSeconds ?? -9) - billsec) <= 1, "\(driven.scenario) \(callID)")
      compared += 1
    }
    #expect(compared > 0 || ["attended-transfer", "queue", "trunk-limit"].contains(trace.name))
  }

  @Test func thereAreManyTraces() { #expect(AsteriskTrace.all.count > 20) }
}

/// One recording: `NAME.pcap` and the files beside it.
struct AsteriskTrace: CustomTestStringConvertible, Sendable {
  struct Row {
    let disposition: String
    let billsec: Int64
  }

  struct DrivenCall: Decodable {
    let scenario: String
    let callID: String?
    enum CodingKeys: String, CodingKey {
      case scenario
      case callID = "call_id"
    }
  }

  let name: String
  static let folder = RecordedTrace.root.deletingLastPathComponent().appending(path: "shared/traces/asterisk").path
  static var areThere: Bool { !all.isEmpty }
  static var all: [AsteriskTrace] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".pcap") }.sorted().map { AsteriskTrace(name: String($0.dropLast(5))) }
  }

  var testDescription: String { name }

  /// Calls by the Call-ID of their caller's leg.
  func calls() throws -> [String: Call] {
    let address = try #require(IPEndpoint("127.0.30.2"))
    var model = TraceModel(site: Site(), pbx: PBXAddresses([address]))
    var calls: [String: Call] = [:]
    let report = { (event: TraceModel.Event) in
      if case .call(.ended(let call)) = event, let callID = call.callerLeg?.leg.callID { calls[callID] = call }
    }
    let outcome = try TraceScan(sources: [.file(path: path("pcap"))]).run { captured in
      model.receive(captured, report: report)
      return true
    }
    model.finish(at: (outcome.last ?? .epoch) + .seconds(60), report: report)
    return calls
  }

  func drivenCalls() throws -> [DrivenCall] {
    try JSONDecoder().decode([DrivenCall].self, from: Data(contentsOf: URL(filePath: path("calls.json"))))
  }

  /// The rows Asterisk wrote for the channel of that leg; nil when it made none.
  func rows(ofCallerLeg callID: String) throws -> [Row]? {
    let legs = try table("legs.csv")
    guard let leg = legs.first(where: { $0["call_id"] == callID }) else { return nil }
    let linked = try table("cdr.csv").filter { $0["linkedid"] == leg["linkedid_at_end"] }
    let own = linked.filter { $0["uniqueid"] == leg["uniqueid"] }
    let rows = (own.isEmpty ? linked : own).map {
      Row(disposition: $0["disposition"] ?? "", billsec: Int64($0["billsec"] ?? "") ?? 0)
    }
    return rows.isEmpty ? nil : rows
  }

  private func path(_ suffix: String) -> String { "\(Self.folder)/\(name).\(suffix)" }

  private func table(_ suffix: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: path(suffix), encoding: .utf8).split(separator: "\n").map(fields)
    guard let titles = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(zip(titles, $0), uniquingKeysWith: { first, _ in first }) }
  }

  /// The fields of a CSV line without line ends inside quotes.
  private func fields(_ line: Substring) -> [String] {
    var result = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
      case "," where !isQuoted: result.append("")
      default: result[result.count - 1].append(character)
      }
    }
    return result
  }
}
