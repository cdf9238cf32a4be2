public import JSON
import Primitives
public import SIP
public import SIPCapture

/// One problem of one captured message as a line of `messages --check`.
public enum ProblemReport {
  /// The columns of the table and the CSV: the keys of `json`.
  public static let columns = [
    "frame", "time", "src", "dst", "message", "callID", "severity", "problem", "header", "byte", "section",
    "explanation",
  ]

  /// `message` is the method or the status, `byte` the offset within the message from its start line, `header` empty
  /// where the problem is none of a single header's.
  public static func json(_ problem: MessageProblem, of captured: CapturedMessage) -> JSONValue {
    [
      "frame": .integer(Int64(captured.frame)), "time": .time(captured.time),
      "src": .string(captured.source.description), "dst": .string(captured.destination.description),
      "message": .string(name(captured.message)), "callID": .optional(captured.message.callID?.string),
      "severity": .string(problem.severity.rawValue), "problem": .string(problem.kind.rawValue),
      "header": .string(problem.header), "byte": .integer(Int64(problem.offset)),
      "section": .string(problem.kind.section), "explanation": .string(problem.kind.explanation),
    ]
  }

  /// The same facts as texts, in the order of `columns`; the time as ISO 8601.
  public static func texts(_ problem: MessageProblem, of captured: CapturedMessage) -> [String] {
    [
      String(captured.frame), captured.time.iso8601, captured.source.description, captured.destination.description,
      name(captured.message), captured.message.callID?.string ?? "", problem.severity.rawValue, problem.kind.rawValue,
      problem.header, String(problem.offset), problem.kind.section, problem.kind.explanation,
    ]
  }

  /// What was so wrong that it is no message at all: one line a reason, at the first frame of it.
  public static func json(_ refusal: Refusal) -> JSONValue {
    [
      "frame": .integer(Int64(refusal.frame)), "time": .null, "src": .null, "dst": .null, "message": .null,
      "callID": .null, "severity": .string(MessageProblem.Severity.error.rawValue), "problem": .string(refusal.name),
      "header": .string(""), "byte": .null, "section": .string(Refusal.section),
      "explanation": .string(refusal.explanation),
    ]
  }

  /// The same facts as texts, in the order of `columns`.
  public static func texts(_ refusal: Refusal) -> [String] {
    [
      String(refusal.frame), "", "", "", "", "", MessageProblem.Severity.error.rawValue, refusal.name, "", "",
      Refusal.section, refusal.explanation,
    ]
  }

  /// Datagrams and stretches of streams with a start line that cannot be borne, for one reason.
  public struct Refusal {
    static let section = "RFC 3261 section 7"
    let name: String
    let frame: Int
    /// How many there were.
    public let count: Int

    var explanation: String { "\(count) with a start line that makes it no message; this is the first." }

    /// Those the account holds, in the order of their names.
    public static func all(in account: CaptureAccount) -> [Refusal] {
      var refusals: [String: Refusal] = [:]
      func add(_ reason: String, _ frame: Int, _ count: Int) {
        let known = refusals[reason]
        refusals[reason] = Refusal(
          name: CaptureAccount.Diagnostic.unreadableMessage(reason).name, frame: min(known?.frame ?? frame, frame),
          count: (known?.count ?? 0) + count)
      }
      for (fate, tally) in account.fates {
        if case .unreadable(let reason) = fate { add(reason.rawValue, tally.first.frame, tally.frames) }
      }
      for (diagnostic, entry) in account.diagnostics {
        if case .unreadableMessage(let reason) = diagnostic { add(reason, entry.firstFrame, entry.count) }
      }
      return refusals.values.sorted { $0.name < $1.name }
    }
  }

  private static func name(_ message: SIPMessage) -> String {
    switch message.startLine {
    case .request(_, let method, _): method.string
    case .response(let status, _): String(status)
    }
  }
}
