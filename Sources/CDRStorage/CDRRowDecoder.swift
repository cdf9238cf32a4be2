import GRDB
import GRDBSQLite
import PBXModel
import Primitives

/// Reads CDR rows back from a SELECT of `selectColumns`.
struct CDRRowDecoder {
  static let selectColumns = columns.map { "\"\($0)\"" }.joined(separator: ", ")
  private static let columns = ["id"] + DatabaseSchema.columnNames

  /// Where a row lies: its id and the number of its session.
  struct Place {
    var row: Int64
    var session: Int64
  }

  private struct Positions {
    var acctID, duration, billsec, disposition, userfield, startMicroseconds, answerMicroseconds, endMicroseconds,
      sessionNumber, natCall, natCallPeer, videoCall, gdsCall, gscCall: Int32
    var texts: [(position: Int32, property: WritableKeyPath<CDRRecord, String>)]

    init() {
      func position(_ name: String) -> Int32 { Int32(CDRRowDecoder.columns.firstIndex(of: name) ?? 0) }
      func position(_ field: CDRField) -> Int32 { position(field.rawValue) }
      func position(_ column: DatabaseSchema.OwnColumn) -> Int32 { position(column.rawValue) }
      acctID = position(.acctId)
      duration = position(.duration)
      billsec = position(.billsec)
      disposition = position(.disposition)
      userfield = position(.userfield)
      startMicroseconds = position(.startMicroseconds)
      answerMicroseconds = position(.answerMicroseconds)
      endMicroseconds = position(.endMicroseconds)
      sessionNumber = position(.sessionNumber)
      natCall = position(.natCall)
      natCallPeer = position(.natCallPeer)
      videoCall = position(.videoCall)
      gdsCall = position(.gdsCall)
      gscCall = position(.gscCall)
      texts = CDRField.allCases.compactMap { field in field.textProperty.map { (position(field), $0) } }
    }
  }

  let path: String
  private let positions = Positions()

  init(path: String) {
    self.path = path
  }

  /// Calls `body` for each row of `statement` with its place, until it returns false.
  func forEachRow(of statement: Statement, _ body: (Place, CDRRecord) throws -> Bool) throws {
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW:
        let place = Place(row: integer(0, handle) ?? 0, session: integer(positions.sessionNumber, handle) ?? 0)
        guard try body(place, try record(handle)) else { return }
      case SQLITE_DONE: return
      case let code: throw DatabaseError(sqlite: code, of: handle)
      }
    }
  }

  private func record(_ handle: OpaquePointer) throws -> CDRRecord {
    let start = integer(positions.startMicroseconds, handle) ?? 0
    guard let disposition = Disposition(rawValue: text(positions.disposition, handle)) else {
      throw damaged(.disposition, handle)
    }
    guard let userfield = CallDirection(rawValue: text(positions.userfield, handle)) else {
      throw damaged(.userfield, handle)
    }
    var row = CDRRecord(start: Instant(microseconds: start), disposition: disposition, userfield: userfield)
    row.acctId = Int(integer(positions.acctID, handle) ?? 0)
    row.answer = integer(positions.answerMicroseconds, handle).map(Instant.init(microseconds:))
    row.end = integer(positions.endMicroseconds, handle).map(Instant.init(microseconds:))
    row.durationSeconds = integer(positions.duration, handle) ?? 0
    row.billsecSeconds = integer(positions.billsec, handle) ?? 0
    row.isNATCall = flag(positions.natCall, handle) ?? false
    row.isNATCallOfPeer = flag(positions.natCallPeer, handle)
    row.isVideoCall = flag(positions.videoCall, handle) ?? false
    row.isGDSCall = flag(positions.gdsCall, handle) ?? false
    row.isGSCCall = flag(positions.gscCall, handle) ?? false
    for (position, property) in positions.texts { row[keyPath: property] = text(position, handle) }
    return row
  }

  /// nil for an empty column.
  private func flag(_ position: Int32, _ handle: OpaquePointer) -> Bool? {
    switch text(position, handle) {
    case "": nil
    case let text: text == "yes"
    }
  }

  private func damaged(_ field: CDRField, _ handle: OpaquePointer) -> CDRStoreError {
    CDRStoreError(
      .damaged, path: path,
      message: "table cdr, row \(integer(0, handle) ?? 0), column \(field.rawValue): unknown value")
  }

  private func integer(_ position: Int32, _ handle: OpaquePointer) -> Int64? {
    sqlite3_column_type(handle, position) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, position)
  }

  /// By length rather than to the first NUL: a caller's name may hold any character.
  private func text(_ position: Int32, _ handle: OpaquePointer) -> String {
    guard let start = sqlite3_column_text(handle, position) else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, position)))
    return bytes.isEmpty ? "" : String(decoding: bytes, as: UTF8.self)
  }
}

extension CDRField {
  /// Where a column's text is kept as it is; nil for one that follows from something else.
  fileprivate var textProperty: WritableKeyPath<CDRRecord, String>? {
    switch self {
    case .accountCode: \.accountCode
    case .src: \.src
    case .dst: \.dst
    case .dcontext: \.dcontext
    case .clid: \.clid
    case .channel: \.channel
    case .dstchannel: \.dstchannel
    case .lastapp: \.lastapp
    case .lastdata: \.lastdata
    case .uniqueid: \.uniqueid
    case .channelExt: \.channelExt
    case .dstchannelExt: \.dstchannelExt
    case .service: \.service
    case .callerName: \.callerName
    case .recordfiles: \.recordfiles
    case .dstanswer: \.dstanswer
    case .session: \.session
    case .actionOwner: \.actionOwner
    case .actionType: \.actionType
    case .srcTrunkName: \.srcTrunkName
    case .dstTrunkName: \.dstTrunkName
    case .gdmsUniqueCode: \.gdmsUniqueCode
    case .waveSrcSeqid: \.waveSrcSeqid
    case .waveDstSeqid: \.waveDstSeqid
    case .deviceInfo: \.deviceInfo
    case .deviceInfoPeer: \.deviceInfoPeer
    case .recordfilesDesc: \.recordfilesDesc
    case .acctId, .start, .answer, .end, .duration, .billsec, .disposition, .amaflags, .userfield, .chanext,
      .dstchanext, .natCall, .natCallPeer, .videoCall, .gdsCall, .gscCall:
      nil
    }
  }
}
