import ApplianceAPI
import ApplianceServer
import BuiltInProfiles
import ConfigurationFiles
import Foundation
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Reports
import SIPCapture
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// When agents of queues were logged in and paused, as far as a trace shows what they dialled.
@Suite struct AgentHistoryTests {
  private static let site = """
    pbx: {addresses: [192.0.2.2]}
    timeZone: Europe/Berlin
    extensions: [{number: 1001, name: Anna}, {number: 1002, name: Bruno}, {number: 1003, name: Clara}]
    queues:
      - {number: 6500, name: Service, members: [1001, 1002]}
      - {number: 6501, name: Sales, members: [1001]}
    """

  /// What is left of the replay of a trace.
  private struct Replayed {
    let live: LiveAppliance
    let assumptions: [Assumption: Int]
    let folder: TemporaryDirectory

    func spells(_ state: AgentState, _ change: (inout QueueRequest) -> Void = { _ in }) throws -> [String] {
      var request = QueueRequest()
      change(&request)
      return try live.view.agentSpells(state, request).map { spell in
        let times = [spell.begin, spell.end].map { $0.map { "\(($0 - traceStart).wholeSeconds)" } ?? "?" }
        return "\(spell.agent) at \(spell.queue): \(times[0]) to \(times[1])"
      }
    }
  }

  /// Somebody dials a code at that second and hears that it was taken, or not.
  private struct Code {
    let agent: String
    let dialled: String
    let second: Double
    var answer = 200

    init(_ agent: String, _ dialled: String, at second: Double, answer: Int = 200) {
      (self.agent, self.dialled, self.second, self.answer) = (agent, dialled, second, answer)
    }

    var messages: [WrittenMessage] {
      let begun = Dialogue(
        from: "\(agent)@192.0.2.10", to: "\(dialled)@192.0.2.2", callID: "\(agent)-\(dialled)-\(second)"
      ).invite(at: second).trying(at: second)
      return answer == 200
        ? begun.ok(at: second).bye(by: .callee, at: second + 2).messages
        : begun.refuse(answer, at: second).messages
    }
  }

  private func replay(
    _ codes: [Code], _ site: String = site, model: String = "UCM6304"
  ) throws -> Replayed {
    let folder = try TemporaryDirectory()
    let messages = codes.flatMap(\.messages).enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    let records = messages.map { message in
      TraceFiles.Record(
        time: message.time,
        bytes: Packets.udpFrame(Array(message.text.utf8), from: message.source, to: message.destination))
    }
    let path = try folder.write(TraceFiles.pcap(records), to: "trace.pcap")
    let office = try SiteFile.read(text: site, path: "site.yaml").site
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files.map { (path: $0.path, text: $0.text) })
    let profile = try #require(catalog[model])
    let live = try LiveAppliance(
      profile: profile, site: office, database: folder.path("cdr.sqlite"),
      pace: ReplayPace(speed: nil, waitsForClient: false, machine: { .epoch }), seed: 1)
    let scan = TraceScan(sources: [TraceSource(argument: path)])
    let pbx = try PBXResolution.resolve(given: [], site: office, scan: scan)
    var options = Replay.Options(
      scan: scan, inputNames: ["trace.pcap"], profile: profile, site: office, pbx: pbx, toolVersion: "0")
    options.siteName = "site.yaml"
    var replay = Replay(options, into: live, observer: live)
    let summary = try replay.run()
    live.finish()
    return Replayed(live: live, assumptions: summary.tally.assumptions, folder: folder)
  }

  @Test func aPauseHoldsAtEveryQueueOfTheAgentUntilItIsTakenBack() throws {
    let office = try replay([Code("1001", "*83", at: 10), Code("1002", "*83", at: 20), Code("1001", "*84", at: 70)])
    #expect(
      try office.spells(.paused) == [
        "1001 at 6500: 10 to 70", "1001 at 6501: 10 to 70", "1002 at 6500: 20 to ?",
      ])
    #expect(try office.spells(.loggedIn).isEmpty)
    #expect(office.assumptions[.agentCodes] == 3)
  }

  @Test func whoDialsTheQueueWithItsPostfixIsLoggedInUntilTheOther() throws {
    let office = try replay([
      Code("1003", "6500*", at: 10), Code("1003", "6500*", at: 20), Code("1003", "*83", at: 30),
      Code("1003", "6500**", at: 60), Code("1003", "*84", at: 80),
    ])
    #expect(try office.spells(.loggedIn) == ["1003 at 6500: 10 to 60"])
    // The log-out ends the pause, and behind it the agent is of no queue.
    #expect(try office.spells(.paused) == ["1003 at 6500: 30 to 60"])
  }

  @Test func whatHadBegunBeforeTheTraceHasNoBegin() throws {
    let office = try replay([Code("1002", "6500**", at: 10), Code("1001", "*84", at: 20)])
    #expect(try office.spells(.loggedIn) == ["1002 at 6500: ? to 10"])
    #expect(try office.spells(.paused) == ["1001 at 6500: ? to 20", "1001 at 6501: ? to 20"])
  }

  @Test func onlyWhatIsAskedForIsTold() throws {
    let office = try replay([Code("1001", "*83", at: 10), Code("1002", "*83", at: 20), Code("1001", "*84", at: 70)])
    #expect(try office.spells(.paused) { $0.queues = ["6501"] } == ["1001 at 6501: 10 to 70"])
    #expect(try office.spells(.paused) { $0.agents = ["1002"] } == ["1002 at 6500: 20 to ?"])
    #expect(try office.spells(.paused) { $0.from = moment(15) } == ["1002 at 6500: 20 to ?"])
    #expect(try office.spells(.paused) { $0.before = moment(20) }.count == 2)
    #expect(try office.spells(.paused) { $0.queues = ["4711"] }.isEmpty)
  }

  @Test func aCodeThatWasRefusedDidNothing() throws {
    let office = try replay([Code("1001", "*83", at: 10, answer: 404), Code("1003", "6500*", at: 20, answer: 486)])
    #expect(try office.spells(.paused).isEmpty && office.spells(.loggedIn).isEmpty)
  }

  @Test func codesOfTheSiteFileGoBeforeThoseOfTheManual() throws {
    let site =
      Self.site + """

        featureCodes: {"*83": echoTest, "*61": agentPause, "*62": agentUnpause, "*45.": agentLogin}
        """
    let office = try replay(
      [
        Code("1001", "*83", at: 10), Code("1002", "*61", at: 20), Code("1002", "*62", at: 30),
        Code("1003", "*456501", at: 40), Code("1003", "6500*", at: 50), Code("1003", "6501**", at: 60),
      ], site)
    #expect(try office.spells(.paused) == ["1002 at 6500: 20 to 30"])
    #expect(try office.spells(.loggedIn) == ["1003 at 6501: 40 to 60"])
    // The manual's log-out alone, which the site file does not name.
    #expect(office.assumptions[.agentCodes] == 1)
  }

  @Test func aCodeMayNameItsQueueOrBeOfAll() throws {
    let site = """
      pbx: {addresses: [192.0.2.2]}
      extensions: [{number: 1001, name: Anna}]
      queues: [{number: 61, members: [1001]}, {number: 6500, members: [1001]}]
      featureCodes: {"*61": agentPause, "*62.": agentPause, "6500*1": agentLogin}
      """
    let office = try replay(
      [Code("1001", "*626500", at: 10), Code("1001", "*61", at: 20), Code("1001", "6500*1", at: 30)], site)
    #expect(try office.spells(.paused) == ["1001 at 6500: 10 to ?", "1001 at 61: 20 to ?"])
    #expect(try office.spells(.loggedIn) == ["1001 at 6500: 30 to ?"])
  }

  @Test func codesAreFoundInAnOfficeOfManyQueuesAndCodes() throws {
    let queues = (6500..<6600).map { "  - {number: \($0), members: [1001]}" }.joined(separator: "\n")
    let codes = (100..<220).map { "\"*7\($0)\": agentPause" }.joined(separator: ", ")
    let site = """
      pbx: {addresses: [192.0.2.2]}
      extensions: [{number: 1001, name: Anna}, {number: 1003, name: Clara}]
      queues:
      \(queues)
      featureCodes: {\(codes)}
      """
    let office = try replay(
      [Code("1003", "6599*", at: 10), Code("1003", "*7219", at: 20), Code("1003", "6599**", at: 30)], site)
    #expect(try office.spells(.loggedIn) == ["1003 at 6599: 10 to 30"])
    #expect(try office.spells(.paused) == ["1003 at 6599: 20 to 30"])
  }

  @Test(arguments: ["*", "**", "*8", "*833", "6500", "65001*", "6500***", "*6500", "4711*"])
  func otherNumbersAreNoCodes(dialled: String) throws {
    let office = try replay([Code("1001", dialled, at: 10)])
    #expect(try office.spells(.paused).isEmpty && office.spells(.loggedIn).isEmpty)
    #expect(office.assumptions[.agentCodes] == nil)
  }

  @Test func anOfficeWithoutQueuesHasNoAgents() throws {
    let site = "pbx: {addresses: [192.0.2.2]}\nextensions: [{number: 1001, name: Anna}]"
    let office = try replay([Code("1001", "*83", at: 10), Code("1001", "6500*", at: 20)], site)
    #expect(try office.spells(.paused).isEmpty && office.spells(.loggedIn).isEmpty)
  }
}
