import GRDB
import GRDBSQLite
import PBXModel
import Primitives

/// Binds CDR rows to one prepared INSERT.
///
/// Writing rows decides the time of a whole replay, so the row's texts are laid into one reused buffer and bound where
/// they lie, without a copy and without GRDB's boxed arguments: several times as many rows a second.
struct CDRRowEncoder {
  static let insertSQL: String = {
    let names = CDRSchema.columnNames.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = CDRSchema.columnNames.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO cdr (\(names)) VALUES (\(marks))"
  }()

  private enum Value {
    case text(Range<Int>)
    case integer(Int64)
    case null
  }

  private let timeZone: SiteTimeZone
  private var texts: [UInt8] = []
  private var values: [Value] = []

  init(timeZone: SiteTimeZone) {
    self.timeZone = timeZone
    texts.reserveCapacity(1024)
    values.reserveCapacity(CDRSchema.columnNames.count)
  }

  /// Inserts one row with `statement`, which must have been made from `insertSQL`.
  mutating func insert(_ row: CDRRecord, session: Int64, number: Int64, with statement: Statement) throws {
    texts.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    for field in CDRSchema.fields { encode(field, of: row) }
    for column in CDRSchema.OwnColumn.allCases {
      switch column {
      case .startMicroseconds: values.append(.integer(row.start.microseconds))
      case .answerMicroseconds: values.append(row.answer.map { .integer($0.microseconds) } ?? .null)
      case .endMicroseconds: values.append(row.end.map { .integer($0.microseconds) } ?? .null)
      case .sessionNumber: values.append(.integer(session))
      case .rowNumber: values.append(.integer(number))
      }
    }
    try execute(statement.sqliteStatement)
  }

  private mutating func encode(_ field: CDRField, of row: CDRRecord) {
    switch field {
    case .acctId: values.append(.integer(Int64(row.acctId)))
    case .duration: values.append(.integer(row.durationSeconds))
    case .billsec: values.append(.integer(row.billsecSeconds))
    case .accountCode, .src, .dst, .dcontext, .clid, .channel, .dstchannel, .lastapp, .lastdata, .start, .answer, .end,
      .disposition, .amaflags, .uniqueid, .userfield, .channelExt, .dstchannelExt, .service, .callerName, .recordfiles,
      .dstanswer, .chanext, .dstchanext, .session, .actionOwner, .actionType, .srcTrunkName, .dstTrunkName, .natCall,
      .natCallPeer, .videoCall, .gdsCall, .gscCall, .gdmsUniqueCode, .waveSrcSeqid, .waveDstSeqid, .deviceInfo,
      .deviceInfoPeer, .recordfilesDesc:
      let begin = texts.count
      var text = field.text(of: row, in: timeZone)
      text.withUTF8 { texts.append(contentsOf: $0) }
      values.append(.text(begin..<texts.count))
    }
  }

  /// A nil destructor is `SQLITE_STATIC`: SQLite reads the buffer during the step and keeps nothing after the bindings
  /// are cleared, while the buffer is still in place.
  private func execute(_ statement: OpaquePointer) throws {
    // An empty Swift array may have no address, and SQLite takes a null pointer for NULL.
    let empty: StaticString = ""
    try texts.withUnsafeBytes { buffer in
      defer { sqlite3_clear_bindings(statement) }
      var index: Int32 = 0
      for value in values {
        index += 1
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(statement, index)
        case .integer(let number): code = sqlite3_bind_int64(statement, index, number)
        case .text(let range):
          let start = buffer.baseAddress.map { $0 + range.lowerBound } ?? UnsafeRawPointer(empty.utf8Start)
          code = sqlite3_bind_text64(
            statement, index, start.assumingMemoryBound(to: CChar.self), UInt64(range.count), nil, UInt8(SQLITE_UTF8))
        }
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
      }
      let stepped = sqlite3_step(statement)
      let code = sqlite3_reset(statement)
      guard stepped == SQLITE_DONE, code == SQLITE_OK else {
        throw DatabaseError(sqlite: code == SQLITE_OK ? stepped : code, of: statement)
      }
    }
  }
}

extension DatabaseError {
  /// The failure of a step, with SQLite's own message, which names tables and columns but no values.
  init(sqlite code: Int32, of statement: OpaquePointer) {
    let connection = sqlite3_db_handle(statement)
    let extended = sqlite3_extended_errcode(connection)
    self.init(
      resultCode: ResultCode(rawValue: extended & 0xff == code & 0xff ? extended : code),
      message: sqlite3_errmsg(connection).map { String(cString: $0) })
  }
}

extension Instant {
  /// Microseconds since 1970, rounded down: the precision SQLite keeps.
  var microseconds: Int64 {
    let quotient = nanoseconds / 1000
    return nanoseconds % 1000 < 0 ? quotient - 1 : quotient
  }

  /// For comparing with stored times: an instant between two microseconds is past the lower one.
  var microsecondsRoundedUp: Int64 { microseconds + (nanoseconds % 1000 == 0 ? 0 : 1) }

  init(microseconds: Int64) {
    let (product, overflow) = microseconds.multipliedReportingOverflow(by: 1000)
    self.init(nanoseconds: overflow ? (microseconds < 0 ? .min : .max) : product)
  }
}
