import CDRComparison
import PBXModel
import Primitives
import TestSupport

/// Reads a file's text in pieces of so many bytes.
func table(
  _ text: String, zone: SiteTimeZone = .utc, clock: CDRTable.Clock? = nil, piece: Int = 4096
) throws -> CDRTable {
  var reader = CDRTableReader()
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let end = min(start + piece, bytes.count)
    try bytes[start..<end].withUnsafeBytes { try reader.read($0) }
    start = end
  }
  return try reader.finish(siteZone: zone, clock: clock)
}

/// A run's rows, session by session.
func run(_ sessions: [[CDRRecord]], zone: SiteTimeZone = .utc) -> CDRTable {
  CDRTable(rows: sessions.flatMap { $0.map { ComparableRow($0, in: zone) } }, layout: .run)
}

/// 2026-11-20 22:00:00 UTC.
let evening: Int64 = 1_795_212_000

/// A row of the run: `dial(0, "1001", "1002", .answered, 5, talk: 3)` begins at 22:00:00.
func dial(
  _ second: Int64, _ caller: String, _ callee: String, _ disposition: Disposition, _ duration: Int64, talk: Int64 = 0,
  change: (inout CDRRecord) -> Void = { _ in }
) -> CDRRecord {
  let start = Instant(seconds: evening + second)
  var row = CDRRecord(start: start, disposition: disposition, userfield: .internal)
  (row.src, row.dst, row.durationSeconds, row.billsecSeconds) = (caller, callee, duration, talk)
  row.channel = "PJSIP/\(caller)-00000001"
  row.dstchannel = callee.isEmpty ? "" : "PJSIP/\(callee)-00000002"
  row.clid = "\"\" <\(caller)>"
  row.lastapp = "Dial"
  row.actionType = "DIAL"
  row.session = "\(evening + second)1-\(caller)"
  row.uniqueid = "\(evening + second).1"
  let end = start + .seconds(duration)
  switch disposition {
  case .answered: (row.answer, row.end) = (end + .seconds(-talk), end)
  case .noAnswer: (row.answer, row.end) = (end, end)
  case .busy, .failed: break
  }
  change(&row)
  return row
}

/// Columns of Asterisk's `Master.csv` with ids and userfield.
let asteriskHeader =
  "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,"
  + "amaflags,uniqueid,userfield,peeraccount,linkedid,sequence\n"

/// A line as Asterisk writes it; what is not given is as in `dial`.
func line(
  _ second: Int64, _ caller: String, _ callee: String, _ disposition: String, _ duration: Int64, talk: Int64? = nil,
  dst: String? = nil, channel: String? = nil, dstchannel: String? = nil, app: String = "Dial", call: Int64? = nil
) -> String {
  func time(_ second: Int64) -> String { CivilTime(secondsSince1970: evening + second).text }
  let end = second + duration
  let id = "\(evening + (call ?? second)).7"
  let channel = channel ?? "PJSIP/\(caller)-0000000a"
  let callee = dstchannel ?? (callee.isEmpty ? "" : "PJSIP/\(callee)-0000000b")
  let answer = talk.map { "\"\(time(end - $0))\"" } ?? ""
  return """
    "","\(caller)","\(dst ?? String(callee.split(separator: "/").last?.split(separator: "-").first ?? ""))","ctx",\
    \"\"\"\"\" <\(caller)>","\(channel)","\(callee)","\(app)","data,12","\(time(second))",\(answer),"\(time(end))",\
    \(duration),\(talk ?? 0),"\(disposition)","DOCUMENTATION","\(id)","","","\(id)",1

    """
}

/// One word for each difference: `dst:numberDialled`, `only-in-file`, `start!` (unexplained ones with `!`).
func words(_ comparison: Comparison) -> [String] {
  comparison.groups.flatMap { group in
    let kind =
      switch group.kind {
      case .onlyInRun: "run"
      case .onlyInFile: "file"
      case .field(let field): field.rawValue
      }
    return Array(repeating: group.explanation.map { "\(kind):\($0.rawValue)" } ?? "\(kind)!", count: group.rows.count)
  }.sorted()
}
