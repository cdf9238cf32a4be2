import GRDB
import GRDBSQLite
import Primitives

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
