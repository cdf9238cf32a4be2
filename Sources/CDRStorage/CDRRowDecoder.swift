import GRDB
import GRDBSQLite
import PBXModel
import Primitives

/// Reads CDR rows back from a SELECT of `selectColumns`.
struct CDRRowDecoder {
  static let selectColumns = (["id"] + DatabaseSchema.columnNames).map { "\"\($0)\"" }.joined(separator: ", ")

  /// Where a row lies: its id and the number of its session.
  struct Place {
    var row: Int64
    var session: Int64
  }

  let path: String
  private let positions: [String: Int32]

  init(path: String) {
    self.path = path
    let names = ["id"] + DatabaseSchema.columnNames
    positions = Dictionary(uniqueKeysWithValues: names.indices.map { (names[$0], Int32($0)) })
  }

  /// Calls `body` for each row of `statement` with its place, until it returns false.
  func forEachRow(of statement: Statement, _ body: (Place, CDRRecord) throws -> Bool) throws {
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW:
        let place = Place(
          row: integer("id", handle) ?? 0,
          session: integer(DatabaseSchema.OwnColumn.sessionNumber.rawValue, handle) ?? 0)
        guard try body(place, try record(handle)) else { return }
      case SQLITE_DONE: return
      case let code: throw DatabaseError(sqlite: code, of: handle)
      }
    }
  }

  private func record(_ handle: OpaquePointer) throws -> CDRRecord {
    let start = integer(DatabaseSchema.OwnColumn.startMicroseconds.rawValue, handle) ?? 0
    guard let disposition = Disposition(rawValue: text(.disposition, handle)) else {
      throw damaged(.disposition, handle)
    }
    guard let userfield = CallDirection(rawValue: text(.userfield, handle)) else { throw damaged(.userfield, handle) }
    var row = CDRRecord(start: Instant(microseconds: start), disposition: disposition, userfield: userfield)
    row.acctId = Int(integer(CDRField.acctId.rawValue, handle) ?? 0)
    row.answer = integer(DatabaseSchema.OwnColumn.answerMicroseconds.rawValue, handle).map(Instant.init(microseconds:))
    row.end = integer(DatabaseSchema.OwnColumn.endMicroseconds.rawValue, handle).map(Instant.init(microseconds:))
    row.durationSeconds = integer(CDRField.duration.rawValue, handle) ?? 0
    row.billsecSeconds = integer(CDRField.billsec.rawValue, handle) ?? 0
    for (field, property) in Self.texts { row[keyPath: property] = text(field, handle) }
    return row
  }

  private func damaged(_ field: CDRField, _ handle: OpaquePointer) -> CDRStoreError {
    let id = integer("id", handle) ?? 0
    return CDRStoreError(
      .damaged, path: path, message: "table cdr, row \(id), column \(field.rawValue): unknown value")
  }

  private func integer(_ column: String, _ handle: OpaquePointer) -> Int64? {
    guard let index = positions[column], sqlite3_column_type(handle, index) != SQLITE_NULL else { return nil }
    return sqlite3_column_int64(handle, index)
  }

  /// By length rather than to the first NUL: a caller's name may hold any character.
  private func text(_ field: CDRField, _ handle: OpaquePointer) -> String {
    guard let index = positions[field.rawValue], let start = sqlite3_column_text(handle, index) else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static var texts: [(CDRField, WritableKeyPath<CDRRecord, String>)] {
    [
      (.accountCode, \.accountCode), (.src, \.src), (.dst, \.dst), (.dcontext, \.dcontext), (.clid, \.clid),
      (.channel, \.channel), (.dstchannel, \.dstchannel), (.lastapp, \.lastapp), (.lastdata, \.lastdata),
      (.uniqueid, \.uniqueid), (.channelExt, \.channelExt), (.dstchannelExt, \.dstchannelExt), (.service, \.service),
      (.callerName, \.callerName), (.recordfiles, \.recordfiles), (.dstanswer, \.dstanswer), (.session, \.session),
      (.actionOwner, \.actionOwner), (.actionType, \.actionType), (.srcTrunkName, \.srcTrunkName),
      (.dstTrunkName, \.dstTrunkName),
    ]
  }
}
