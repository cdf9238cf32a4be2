public import CRMConnectors
import JSON

/// Holds live answers against recorded ones.
///
/// Compared are status and body; of the body, members that are new with every request (ids, times, tokens) only by
/// their kind.
public struct CassetteComparison: Sendable {
  private var player: CassettePlayer
  private var asked = 0

  /// Differences told of one answer.
  private static let differencesMax = 5

  /// At the cassette's beginning.
  public init(_ cassette: Cassette) { player = CassettePlayer(cassette) }

  /// Notes a request that is on its way; goes to `differences` with its answer.
  public mutating func begin(_ request: CRMRequest) -> Ticket {
    asked += 1
    let (own, entry) = player.entry(for: request)
    return Ticket(number: asked, request: own, entry: entry)
  }

  /// A request on its way.
  public struct Ticket: Sendable {
    let number: Int
    let request: CassetteRequest
    let entry: Cassette.Entry?
  }

  /// How a live answer differs from the recorded one; empty where it does not.
  public mutating func differences(_ answer: CRMAnswer, to ticket: Ticket) -> [String] {
    let live = player.redacted(answer)
    let place = "request \(ticket.number) (\(ticket.request.text))"
    guard let entry = ticket.entry else { return ["\(place): was not recorded"] }
    return Self.differences(live, entry.answer).prefix(Self.differencesMax).map {
      "\(place): \($0) (line \(entry.line))"
    }
  }

  /// What was recorded and never asked for; nil when everything was.
  public var leftover: String? { player.leftover }

  static func differences(_ live: CassetteAnswer, _ recorded: CassetteAnswer) -> [String] {
    switch (live, recorded) {
    case (.unreachable(let reason), .unreachable(let other)):
      return reason == other ? [] : ["unreachable \(reason.rawValue), recorded \(other.rawValue)"]
    case (.unreachable(let reason), .response(let status, _, _)):
      return ["unreachable \(reason.rawValue), recorded status \(status)"]
    case (.response(let status, _, _), .unreachable(let reason)):
      return ["status \(status), recorded unreachable \(reason.rawValue)"]
    case (.response(let status, _, let body), .response(let other, _, let recordedBody)):
      var found: [String] = []
      if status != other { found.append("status \(status), recorded \(other)") }
      if let left = JSONValue(parsing: Array(body.utf8)), let right = JSONValue(parsing: Array(recordedBody.utf8)) {
        compare(left, right, at: "", &found)
      } else if body != recordedBody {
        found.append("the body is another one (\(body.utf8.count) bytes, recorded \(recordedBody.utf8.count))")
      }
      return found
    }
  }

  private static func compare(_ live: JSONValue, _ recorded: JSONValue, at path: String, _ found: inout [String]) {
    switch (live, recorded) {
    case (.object(let left), .object(let right)):
      let leftNames = left.map(\.name)
      for member in left {
        let place = path.isEmpty ? member.name : path + "." + member.name
        guard let other = recorded[member.name] else {
          found.append("\(place): was not recorded")
          continue
        }
        if !isVolatile(member.name) || !isOfOneKind(member.value, other) {
          compare(member.value, other, at: place, &found)
        }
      }
      for member in right where !leftNames.contains(member.name) {
        found.append("\(path.isEmpty ? member.name : path + "." + member.name): is missing, was recorded")
      }
    case (.array(let left), .array(let right)):
      if left.count != right.count { found.append("\(path): \(left.count) elements, recorded \(right.count)") }
      for (index, pair) in zip(left, right).enumerated() { compare(pair.0, pair.1, at: "\(path)[\(index)]", &found) }
    default:
      if live != recorded {
        found.append("\(path.isEmpty ? "the body" : path): \(live.shown), recorded \(recorded.shown)")
      }
    }
  }

  /// New with every request.
  private static func isVolatile(_ name: String) -> Bool {
    let word = name.lowercased()
    return word == "id" || word.hasSuffix("_time") || word.hasSuffix("token") || word.hasPrefix("expires_in")
  }

  private static func isOfOneKind(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.string, .string), (.integer, .integer), (.null, .null): true
    default: false
    }
  }
}

extension JSONValue {
  fileprivate var shown: String { String(String(decoding: bytes(), as: UTF8.self).prefix(80)) }
}
