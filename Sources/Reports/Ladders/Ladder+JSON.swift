public import JSON
import PBXModel
import Primitives
import SIPCapture

extension Ladder {
  /// `call` as `calls` has it, `columns` from left to right, `legColumns` in the order of the call's legs, `messages`,
  /// and two numbers of messages not drawn: `left` beyond the limit, `onOtherHops` of its Call-IDs elsewhere.
  ///
  /// `from` and `to` are indices into `columns`, `leg` is counted from 1. Times are seconds since 1970; what does not
  /// apply is null.
  public var json: JSONValue {
    [
      "call": CallReport.json(call),
      "columns": .array(
        columns.map {
          ["side": .string($0.side.rawValue), "name": .string($0.name), "address": .string($0.address)]
        }),
      "legColumns": .array(columnOfLeg.map { .integer(Int64($0)) }),
      "messages": .array(rows.map(json)),
      "left": .integer(Int64(messagesLeftOut)), "onOtherHops": .integer(Int64(messagesOnOtherHops)),
    ]
  }

  private func json(_ row: Row) -> JSONValue {
    let message = row.message
    let ends = ends(of: row)
    let method: JSONValue
    let status: JSONValue
    let reason: JSONValue
    switch message.kind {
    case .request(_, let name): (method, status, reason) = (.string(name), .null, .null)
    case .response(let code, let phrase): (method, status, reason) = (.null, .integer(Int64(code)), .string(phrase))
    }
    return [
      "frame": .integer(Int64(message.frame)), "time": .time(message.time),
      "delta": row.delta.map { .decimal(Double($0.nanoseconds) / 1e9, places: 6) } ?? .null,
      "leg": .integer(Int64(message.leg + 1)), "from": .integer(Int64(ends.from)), "to": .integer(Int64(ends.to)),
      "transport": .string(message.transport.rawValue), "method": method, "status": status, "reason": reason,
      "cseq": .string("\(message.cseq) \(message.cseqMethod)"), "label": .string(row.label),
      "retransmissionOf": .optional(row.retransmissionOf.map(Int64.init)),
      "media": message.session.map(json) ?? .null, "notes": .array(row.notes.map { .string($0) }),
    ]
  }

  private func json(_ session: LadderSession) -> JSONValue {
    [
      "direction": .string(session.direction.rawValue), "hold": .bool(session.isHold),
      "streams": .array(
        session.media.map {
          ["type": .string($0.type), "target": .string($0.target), "encrypted": .bool($0.isEncrypted)]
        }),
    ]
  }
}
