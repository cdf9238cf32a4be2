public import JSON

extension CellResult {
  /// Everything, member by member as `Decodable` reads it back. Pictures are left out where there are none.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init(
        "id",
        [
          "caseName": .string(id.caseName), "model": .string(id.model), "firmware": .string(id.firmware),
          "crm": .string(id.crm),
        ]),
      .init("file", .string(file)), .init("claim", .string(claim)), .init("verdict", .string(verdict.rawValue)),
      .init("problem", .string(problem)), .init("expectations", .array(expectations.map(\.json))),
      .init("commands", .array(commands.map { .string($0) })), .init("fingerprint", .string(fingerprint)),
      .init("calls", .integer(Int64(calls))), .init("rows", .integer(Int64(rows))),
      .init("tableColumns", .array(tableColumns.map { .string($0) })),
      .init("table", .array(table.map { .array($0.map { .string($0) }) })),
      .init("load", .array(load.map { ["seconds": .number($0.seconds), "calls": .integer(Int64($0.calls))] })),
      .init("ladders", .array(ladders.map { .string($0) })),
    ]
    if let durationNanoseconds { members.append(.init("durationNanoseconds", .integer(durationNanoseconds))) }
    return .object(members)
  }

  /// Reads back what `json` wrote; nil for anything else.
  public init?(parsing bytes: [UInt8]) {
    guard let read = try? JSONReader.read(CellResult.self, from: bytes) else { return nil }
    self = read
  }
}

extension ExpectationResult {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("label", .string(label)), .init("line", .integer(Int64(line))), .init("column", .integer(Int64(column))),
      .init("claim", .string(claim)), .init("verdict", .string(verdict.rawValue)), .init("message", .string(message)),
      .init("looks", .array(looks.map(\.json))), .init("looksLeftOut", .integer(Int64(looksLeftOut))),
      .init("differences", .array(differences.map { .string($0) })),
      .init("frames", .array(frames.map { .integer(Int64($0)) })),
    ]
    if let nearest {
      members.append(
        .init("nearest", ["record": nearest.record.json, "fields": .array(nearest.fields.map(\.json))]))
    }
    if let renewal {
      members.append(
        .init(
          "renewal",
          [
            "line": .integer(Int64(renewal.line)), "column": .integer(Int64(renewal.column)),
            "old": .string(renewal.old), "new": .string(renewal.new),
          ]))
    }
    return .object(members)
  }
}

extension ExpectationResult.Look {
  fileprivate var json: JSONValue {
    ["label": .string(label), "text": .string(text), "call": .optional(call)]
  }
}

extension ExpectationResult.Nearest.Field {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "wanted": .string(wanted), "found": .optional(found), "isMatch": .bool(isMatch),
    ]
  }
}
