import ArgumentParser
import CDRStorage
import PBXModel
import Primitives

/// Which calls of a database a command is about.
struct CDRConditions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Started then or later: 2026-11-20, 2026-11-20 09:30[:15] or epoch seconds; with Z or +01:00, or else on the "
        + "site's clock.", valueName: "time"),
    transform: TimeText.option)
  var from: TimeText?

  @Option(
    help: ArgumentHelp("Started then or earlier; a date takes in that day, a minute that minute.", valueName: "time"),
    transform: TimeText.option)
  var to: TimeText?

  @Option(
    help: ArgumentHelp(
      "Caller's number: 5300, a list with commas, a range 5302-5304, a pattern (@ any run, _ one character; x one "
        + "digit, . at the end any rest), 0-0 for all that is no number. Repeatable.", valueName: "numbers"),
    transform: CDRConditions.numbers)
  var caller: [[NumberPattern]] = []

  @Option(
    help: ArgumentHelp("Callee's number, in the same forms.", valueName: "numbers"), transform: CDRConditions.numbers)
  var callee: [[NumberPattern]] = []

  @Option(
    help: ArgumentHelp("Who answered, in the same forms.", valueName: "numbers"), transform: CDRConditions.numbers)
  var answeredBy: [[NumberPattern]] = []

  @Option(
    help: ArgumentHelp("Caller's name, whole or as a pattern with @ and _.", valueName: "names"),
    transform: CDRConditions.numbers)
  var callerName: [[NumberPattern]] = []

  @Option(
    help: ArgumentHelp("answered, no-answer, busy or failed, with commas between.", valueName: "status"),
    transform: { try CDRConditions.words($0, of: Disposition.allCases.map { ($0.rawValue, $0) }) })
  var status: [[Disposition]] = []

  @Option(
    help: ArgumentHelp("internal, inbound, outbound or external, with commas between.", valueName: "type"),
    transform: { try CDRConditions.words($0, of: CallDirection.allCases.map { ($0.rawValue, $0) }) })
  var type: [[CallDirection]] = []

  @Option(help: ArgumentHelp("Trunk on either side, by name or as trunk_1. Repeatable.", valueName: "trunk"))
  var trunk: [String] = []

  @Option(help: ArgumentHelp("Trunk the call came by. Repeatable.", valueName: "trunk"))
  var sourceTrunk: [String] = []

  @Option(help: ArgumentHelp("Trunk the call left by. Repeatable.", valueName: "trunk"))
  var destinationTrunk: [String] = []

  @Option(help: ArgumentHelp("Account code. Repeatable.", valueName: "code"))
  var account: [String] = []

  @Option(help: ArgumentHelp("Action type, as DIAL, VM, IVR or IVR[7000]. Repeatable.", valueName: "action"))
  var action: [String] = []

  @Option(help: ArgumentHelp("The session's id. Repeatable.", valueName: "session"))
  var session: [String] = []

  @Option(help: ArgumentHelp("Talked for so long or longer.", valueName: "seconds"))
  var minDuration: Int64?

  @Option(help: ArgumentHelp("Talked for so long or shorter.", valueName: "seconds"))
  var maxDuration: Int64?

  static func numbers(_ text: String) throws -> [NumberPattern] {
    do throws(NumberPattern.SyntaxError) { return try NumberPattern.list(text) } catch {
      throw ValidationError("'\(text)': after \(error.byteOffset) bytes expected \(error.expected).")
    }
  }

  /// Words with commas between, in any case; a space may be written as `-`.
  static func words<Value>(_ text: String, of known: [(word: String, value: Value)]) throws -> [Value] {
    let spelled = { (word: String) in word.lowercased().map { $0 == " " ? "-" : String($0) }.joined() }
    var offset = 0
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let found = known.first(where: { spelled($0.word) == spelled(String(part)) }) else {
        let words = known.map { spelled($0.word) }.joined(separator: ", ")
        throw ValidationError("'\(text)': after \(offset) bytes expected one of \(words).")
      }
      offset += part.utf8.count + 1
      return found.value
    }
  }

  func query(in zone: SiteTimeZone) -> CDRQuery {
    var query = CDRQuery()
    query.startingFrom = from?.first(in: zone)
    query.startingBefore = to?.end(in: zone)
    query.callers = caller.flatMap(\.self)
    query.callees = callee.flatMap(\.self)
    query.answeredBy = answeredBy.flatMap(\.self)
    query.callerNames = callerName.flatMap(\.self)
    query.dispositions = status.flatMap(\.self)
    query.types = type.flatMap(\.self)
    query.trunks = trunk
    query.sourceTrunks = sourceTrunk
    query.destinationTrunks = destinationTrunk
    query.accounts = account
    query.actions = action
    query.sessions = session
    query.minimumTalkSeconds = minDuration
    query.maximumTalkSeconds = maxDuration
    return query
  }
}
