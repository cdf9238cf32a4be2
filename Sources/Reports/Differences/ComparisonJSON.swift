public import CDRComparison
public import JSON
import PBXModel
public import Primitives

extension Comparison {
  /// The comparison for programs: counts, kinds with their explanations, and the rows that differ.
  ///
  /// - Parameter showsAll: rows that are explained, too.
  public func json(file: CDRTable, in timeZone: SiteTimeZone, showsAll: Bool) -> JSONValue {
    let shown = rows.filter { $0.isUnexplained || (showsAll && (!$0.isPaired || !$0.fields.isEmpty)) }
    return [
      "rowsOfRun": .integer(Int64(ours.count)), "rowsOfFile": .integer(Int64(theirs.count)),
      "rows": .integer(Int64(rowCount)), "agree": .integer(Int64(agreeing)), "identical": .integer(Int64(identical)),
      "explained": .integer(Int64(rowCount - identical - unexplained)), "unexplained": .integer(Int64(unexplained)),
      "writer": .string(writer.rawValue), "clock": .string(file.clock.rawValue),
      "offsetSeconds": .integer(offset), "detectedOffsetSeconds": .optional(detectedOffset),
      "trunks": .array(
        trunks.map { trunk in
          [
            "file": .string(trunk.theirs), "run": .string(trunk.ours),
            "rows": .optional(trunk.rows.map { Int64($0) }),
          ]
        }),
      "comparedFields": .array(fields.map { .string($0.rawValue) }),
      "unknownColumns": .array(file.unknownColumns.map { .string($0) }),
      "kinds": .array(groups.map(Self.json)), "differences": .array(shown.map { json($0, in: timeZone) }),
    ]
  }

  private static func json(_ group: Group) -> JSONValue {
    [
      "kind": .string(ComparisonWords.name(of: group.kind)), "count": .integer(Int64(group.rows.count)),
      "explanation": .optional(group.explanation?.rawValue), "why": .optional(group.explanation?.sentence),
      "source": .optional(group.explanation?.source), "certainty": .optional(group.explanation?.certainty.rawValue),
    ]
  }

  private func json(_ row: Row, in timeZone: SiteTimeZone) -> JSONValue {
    [
      "explained": .bool(!row.isUnexplained), "explanation": .optional(row.explanation?.rawValue),
      "run": row.ours.map { json(ours[$0], "row", offset: 0, in: timeZone) } ?? .null,
      "file": row.theirs.map { json(theirs[$0], "line", offset: offset, in: timeZone) } ?? .null,
      "fields": .array(
        row.fields.map { field in
          [
            "field": .string(field.field.rawValue), "run": .string(field.ours), "file": .string(field.theirs),
            "explanation": .optional(field.explanation?.rawValue),
          ]
        }),
    ]
  }

  private func json(_ row: ComparableRow, _ place: String, offset: Int64, in timeZone: SiteTimeZone) -> JSONValue {
    .object([
      .init(place, .integer(Int64(row.line))), .init("call", .string(row.call)), .init("src", .string(row[.src])),
      .init("dst", .string(row[.dst])), .init("channel", .string(row[.channel])),
      .init("dstchannel", .string(row[.dstchannel])), .init("lastapp", .string(row[.lastapp])),
      .init("start", .string(timeZone.local(Instant(seconds: row.start + offset)).text)),
      .init("duration", .integer(row.duration)), .init("billsec", .integer(row.billsec)),
      .init("disposition", .string(row.disposition)),
    ])
  }
}
