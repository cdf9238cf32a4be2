import GRDB
import GRDBSQLite
import PBXModel
import Primitives

/// Rows as SQLite is to get them: all texts in one buffer, all values in one list, until their transaction comes.
///
/// Writing rows decides the time of a whole replay. A row is laid down once, as it is given, and bound where it lies,
/// without a copy, without GRDB's boxed arguments and without holding on to the record's strings.
struct RowBatch {
  /// What `insert` needs prepared.
  let insertSQL: String

  /// `length` bytes of `bytes` from `payload` on, or `payload` itself, or NULL.
  private struct Value {
    static let integer: Int32 = -1
    static let null: Int32 = -2

    var payload: Int64
    var length: Int32

    init(payload: Int64, length: Int32) {
      self.payload = payload
      self.length = length
    }

    /// A number, or NULL.
    init(_ number: Int64?) { self.init(payload: number ?? 0, length: number == nil ? Self.null : Self.integer) }
  }

  private enum NumberColumn {
    case acctID, duration, talkTime

    init?(_ field: CDRField) {
      if field == .acctId {
        self = .acctID
      } else if field == .duration {
        self = .duration
      } else if field == .billsec {
        self = .talkTime
      } else {
        return nil
      }
    }
  }

  /// Rows laid down and not removed.
  private(set) var rows = 0
  /// Of each column that is kept as a number, which one; nil for texts.
  private let numbers = CDRField.allCases.map(NumberColumn.init)
  private let columnCount: Int
  private var bytes: [UInt8] = []
  private var values: [Value] = []

  init() {
    let columns = DatabaseSchema.columnNames
    columnCount = columns.count
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    insertSQL = "INSERT INTO cdr (\(names)) VALUES (\(marks))"
  }

  /// Lays down one row, whose texts have been made already.
  mutating func add(_ row: CDRRecord, _ texts: CDRRowTexts, session: Int64, number: Int64) {
    let base = bytes.count
    texts.withBytes { bytes.append(contentsOf: $0) }
    // The closure below would hold on to a copy of the row.
    let (acctID, duration, talkTime) = (Int64(row.acctId), row.durationSeconds, row.billsecSeconds)
    let (start, answer, end) = (row.start.microseconds, row.answer?.microseconds, row.end?.microseconds)
    // Room is made once: at every value it would cost more than the value.
    values.append(addingCapacity: columnCount) { values in
      texts.forEachRange { place, range in
        switch numbers[place] {
        // Cut at 2 GB, which no field of a message can reach.
        case nil:
          values.append(Value(payload: Int64(base &+ range.lowerBound), length: Int32(clamping: range.count)))
        case .acctID: values.append(Value(acctID))
        case .duration: values.append(Value(duration))
        case .talkTime: values.append(Value(talkTime))
        }
      }
      for column in DatabaseSchema.OwnColumn.order {
        switch column {
        case .startMicroseconds: values.append(Value(start))
        case .answerMicroseconds: values.append(Value(answer))
        case .endMicroseconds: values.append(Value(end))
        case .sessionNumber: values.append(Value(session))
        case .rowNumber: values.append(Value(number))
        }
      }
    }
    rows += 1
  }

  /// Forgets every row, and keeps the room they took.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    rows = 0
  }

  /// Inserts every row with `statement`, which must have been made from `insertSQL`.
  func insert(with statement: Statement) throws {
    let statement = statement.sqliteStatement
    // What is bound lies in `bytes`, which is gone after this call.
    defer { sqlite3_clear_bindings(statement) }
    try bytes.withUnsafeBytes { texts in
      try values.withUnsafeBufferPointer { values in
        for row in 0..<rows { try insert(row, values, texts, statement) }
      }
    }
  }

  /// A nil destructor is `SQLITE_STATIC`: SQLite reads the buffer during the step and keeps nothing of it behind that.
  private func insert(
    _ row: Int, _ values: UnsafeBufferPointer<Value>, _ texts: UnsafeRawBufferPointer, _ statement: OpaquePointer
  ) throws {
    // SQLite takes a null pointer for NULL.
    let empty: StaticString = ""
    let base = texts.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
    let first = row &* columnCount
    for place in 0..<columnCount {
      let value = values[first &+ place]
      // Nearly half of all columns are empty in row after row, and stay bound so. To compare texts would cost what it
      // saved.
      if value.length == 0, row > 0, values[first &+ place &- columnCount].length == 0 { continue }
      let index = Int32(truncatingIfNeeded: place &+ 1)
      let code: Int32
      switch value.length {
      case Value.null: code = sqlite3_bind_null(statement, index)
      case Value.integer: code = sqlite3_bind_int64(statement, index, value.payload)
      case let length:
        let start = (base + Int(value.payload)).assumingMemoryBound(to: CChar.self)
        code = sqlite3_bind_text(statement, index, start, length, nil)
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
