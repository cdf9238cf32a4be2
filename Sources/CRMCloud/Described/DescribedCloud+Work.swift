import JSON
import Primitives

extension DescribedCloud {
  mutating func carryOut(
    _ endpoint: DescribedEndpoint, _ findings: DescribedFindings, at now: Instant
  ) -> CloudResponse {
    var answer = endpoint.answer
    let body = answer.json ?? .object([])
    switch endpoint.work {
    case .check, .link: break
    case .logIn(let place, let lifetime):
      answer.json = place.setting(.string(newToken(until: now + .seconds(Int64(lifetime)))), in: body)
    case .search(let table, let found, let numbers):
      let hits = matching(findings, in: records[table] ?? [], numbers)
      if hits.isEmpty, let miss = endpoint.miss { return Self.response(miss) }
      answer.json = found.setting(.array(hits), in: body)
    case .create(let table, let place, let shape):
      guard records[table, default: []].count < Self.recordsMax else { return Self.response(contents.throttle) }
      let id = id(like: place.values(in: body).first)
      records[table, default: []].append(shape.record(id: id, findings))
      answer.json = place.setting(id, in: body)
    case .report(let place, let shape):
      guard calls.count < Self.recordsMax else { return Self.response(contents.throttle) }
      let id = id(like: place.values(in: body).first)
      calls.append(Call(findings: findings, record: shape.record(id: id, findings)))
      answer.json = place.setting(id, in: body)
    case .findCalls(let found, let texts, let more):
      let list = found.setting(.array(calls(findings, texts)), in: body)
      answer.json = more.map { $0.values(in: list).isEmpty ? list : $0.setting(.null, in: list) } ?? list
    }
    return Self.response(answer)
  }

  /// A new id of the kind that the example has.
  private mutating func id(like example: JSONValue?) -> JSONValue {
    let id = newID()
    switch example {
    case .integer: return Int64(id).map { .integer($0) } ?? .string(id)
    case .null, .bool, .decimal, .number, .string, .array, .object, nil: return .string(id)
    }
  }

  /// Records one of whose numbers has the digits asked for, whole or at its end: how a real server compares is not in
  /// the file (assumed: as most of them, without country code and separators).
  private func matching(
    _ findings: DescribedFindings, in records: [JSONValue], _ places: [DescribedPlace]
  ) -> [JSONValue] {
    // Whatever the spelling, the longest one says most.
    let asked = findings.filter { $0.key == "Number" || $0.key.hasPrefix("Number|") }.values.map(Self.digits)
      .max { ($0.count, $0) < ($1.count, $1) }
    guard let asked else { return records }
    return records.filter { record in
      places.flatMap { $0.values(in: record) }.compactMap(\.string).map(Self.digits).contains { stored in
        let shorter = min(stored.count, asked.count)
        guard shorter >= 7 else { return stored == asked && !stored.isEmpty }
        return stored.suffix(shorter) == asked.suffix(shorter)
      }
    }
  }

  /// Calls that agree with what is asked about them, newest first.
  private func calls(_ findings: DescribedFindings, _ texts: [DescribedPlace]) -> [JSONValue] {
    // One page holds them all.
    if let page = findings["Page"], page != "1" { return [] }
    if let offset = findings["Offset"] ?? findings["Offset|text"], offset != "0" { return [] }
    let mark = findings["Mark"]
    return calls.reversed().filter { call in
      let agrees = findings.allSatisfy { name, value in
        ["Page", "Offset", "Offset|text", "Mark", "Token", "User"].contains(name)
          || (call.findings[name] ?? value) == value
      }
      guard agrees, let mark, !mark.isEmpty else { return agrees }
      return texts.flatMap { $0.values(in: call.record) }.compactMap(\.string).contains { $0.contains(mark) }
    }.map(\.record)
  }

  private static func digits(_ text: String) -> String { text.filter { ("0"..."9").contains($0) } }
}

extension DescribedShape {
  /// A record with these values and no others.
  func record(id: JSONValue, _ findings: DescribedFindings) -> JSONValue {
    fields.reduce(self.id.setting(id, in: .object([]))) { record, field in
      findings[field.finding].map { field.place.setting(.string($0), in: record) } ?? record
    }
  }
}
