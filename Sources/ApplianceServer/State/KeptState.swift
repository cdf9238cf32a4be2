public import ApplianceWeb
public import JSON
import Primitives

/// What an appliance keeps over a restart beside its rows and the CRM pages: its list of system events, and which calls
/// the receiver of CDRs was told of.
///
/// Registrations, calls, sessions and lock-outs are in memory alone, as on the box (assumed of lock-outs).
public struct KeptState: Hashable, Sendable {
  /// The latest ones, the last one last.
  public var systemEvents: [SystemEventFacts] = []
  /// The number of the last call, in the order of rows, up to which all were told or given up; nil where nobody is
  /// told.
  public var toldCalls: Int64?

  /// Nothing.
  public init() {}

  /// Raised with every change that an earlier version could not read.
  public static let version: Int64 = 1
  private static let kind = "ucmsim appliance state"
  /// A list that is longer is none of ours.
  private static let systemEventsMax = 10_000

  /// Why a text is no state.
  public enum Failure: Error, Hashable, Sendable {
    /// No JSON, or not of this kind.
    case notAState
    /// Of a later version of this program.
    case newer(version: Int64)
    /// A value is missing or wrong.
    case wrongValue(name: String)
  }

  /// As it is written.
  public var json: JSONValue {
    [
      "kind": .string(Self.kind), "version": .integer(Self.version),
      "systemEvents": .array(systemEvents.map(\.json)),
      "toldCalls": .optional(toldCalls),
    ]
  }

  /// Reads what `json` wrote.
  public init(_ text: [UInt8]) throws(Failure) {
    guard let value = JSONValue(parsing: text), value["kind"]?.string == Self.kind else { throw .notAState }
    guard case .integer(let version)? = value["version"], version >= 1 else { throw .wrongValue(name: "version") }
    guard version <= Self.version else { throw .newer(version: version) }
    guard let events = value["systemEvents"]?.array, events.count <= Self.systemEventsMax else {
      throw .wrongValue(name: "systemEvents")
    }
    for event in events {
      guard let facts = SystemEventFacts(kept: event) else { throw .wrongValue(name: "systemEvents") }
      systemEvents.append(facts)
    }
    switch value["toldCalls"] {
    case nil, .null?: break
    case .integer(let number)? where number >= 0: toldCalls = number
    default: throw .wrongValue(name: "toldCalls")
    }
  }
}

extension SystemEventFacts {
  fileprivate var json: JSONValue {
    [
      "nanoseconds": .integer(time.nanoseconds), "name": .string(name), "kind": .string(kind),
      "detail": .string(detail), "isRestored": .bool(isRestored),
    ]
  }

  fileprivate init?(kept value: JSONValue) {
    guard case .integer(let nanoseconds)? = value["nanoseconds"], let name = value["name"]?.string,
      let kind = value["kind"]?.string, let detail = value["detail"]?.string,
      case .bool(let isRestored)? = value["isRestored"]
    else { return nil }
    self.init(
      time: Instant(nanoseconds: nanoseconds), name: name, kind: kind, detail: detail, isRestored: isRestored)
  }
}
