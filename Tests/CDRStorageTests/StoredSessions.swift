import CDRStorage
import PBXModel
import TestSupport

/// A session of `rows` rows, each `CDRRecord.outboundCall`.
func session(_ number: Int, rows: Int = 1) -> CDRSession {
  let records = (0..<max(1, rows)).map { CDRRecord.outboundCall(number, row: $0) }
  guard let session = CDRSession(rows: records) else { preconditionFailure("a session has a row") }
  return session
}

extension TemporaryDirectory {
  /// Where the database of a test with one database is.
  func path() -> String { path("cdr.sqlite") }
}

extension CDRStore {
  /// Every row, in the order of writing.
  func rows() throws(CDRStoreError) -> [CDRRecord] { try sessions(limit: .max).sessions.flatMap(\.rows) }
}
