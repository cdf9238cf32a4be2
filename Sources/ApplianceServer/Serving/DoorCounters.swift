import ApplianceAPI
import HTTPTypes
import Primitives
import Synchronization

/// Requests by door, action and status, for `/metrics`.
final class DoorCounters: Sendable {
  private struct Key: Hashable, Comparable {
    var door: String
    var action: String
    var http: Int
    var status: String

    static func < (left: Key, right: Key) -> Bool {
      (left.door, left.action, left.http, left.status) < (right.door, right.action, right.http, right.status)
    }
  }

  private struct Counts {
    var requests: [Key: Int] = [:]
    var nanoseconds: Int64 = 0
    var count = 0
    var bytes = 0
  }

  private let counts = Mutex(Counts())

  /// Doors and actions are of known sets, so that the table has an end.
  func note(_ request: AnsweredRequest, took: Instant.Span) {
    let key = Key(
      door: request.door, action: request.action, http: request.http,
      status: request.status.map { String($0.rawValue) } ?? "")
    counts.withLock { counts in
      counts.requests[key, default: 0] += 1
      counts.nanoseconds &+= took.nanoseconds
      counts.count += 1
      counts.bytes &+= request.bytes
    }
  }

  func append(to text: inout MetricsText) {
    let counts = counts.withLock { $0 }
    text.family("ucmsim_api_requests_total", "counter", "Requests to the appliance's doors and its web interface.")
    for (key, count) in counts.requests.sorted(by: { $0.key < $1.key }) {
      text.sample(
        "ucmsim_api_requests_total",
        [("action", key.action), ("door", key.door), ("http", String(key.http)), ("status", key.status)], count)
    }
    text.family("ucmsim_api_answer_seconds", "summary", "Time to an answer.")
    text.sample("ucmsim_api_answer_seconds_sum", [], Double(counts.nanoseconds) / 1e9)
    text.sample("ucmsim_api_answer_seconds_count", [], counts.count)
    text.family("ucmsim_api_answer_bytes_total", "counter", "Bytes of answers' bodies.")
    text.sample("ucmsim_api_answer_bytes_total", [], counts.bytes)
  }
}

/// Text in the exposition format of Prometheus, version 0.0.4.
struct MetricsText {
  private(set) var text = ""

  mutating func family(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: some CustomStringConvertible)
  {
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    text += name + (pairs.isEmpty ? "" : "{\(pairs)}") + " \(value)\n"
  }

  mutating func gauge(_ name: String, _ help: String, _ value: some CustomStringConvertible) {
    family(name, "gauge", help)
    sample(name, [], value)
  }

  private static func escaped(_ value: String) -> String {
    value.map { character in
      switch character {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: String(character)
      }
    }.joined()
  }
}
