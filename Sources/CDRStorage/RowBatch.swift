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
  }

  /// Rows laid down and not removed.
  private(set) var rows = 0
  private let fields = CDRField.allCases
  private let columnCount: Int
  private var clock: WallClockText
  private var bytes: [UInt8] = []
  private var values: [Value] = []

  init(timeZone: SiteTimeZone) {
    clock = WallClockText(timeZone)
    let columns = DatabaseSchema.columnNames
    columnCount = columns.count
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    insertSQL = "INSERT INTO cdr (\(names)) VALUES (\(marks))"
  }

  /// Lays down one row.
  mutating func add(_ row: CDRRecord, session: Int64, number: Int64) {
    for field in fields { add(field, of: row) }
    for column in DatabaseSchema.OwnColumn.order {
      switch column {
      case .startMicroseconds: add(row.start.microseconds)
      case .answerMicroseconds: add(row.answer?.microseconds)
      case .endMicroseconds: add(row.end?.microseconds)
      case .sessionNumber: add(session)
      case .rowNumber: add(number)
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

  private mutating func add(_ field: CDRField, of row: CDRRecord) {
    switch field.value(of: row) {
    case .text(let text): add(text)
    case .number(let number): add(number)
    case .time(let instant): add(instant)
    case .flag(let flag): add(flag.map { $0 ? "yes" : "no" } ?? "")
    }
  }

  private mutating func add(_ number: Int64?) {
    values.append(number.map { Value(payload: $0, length: Value.integer) } ?? Value(payload: 0, length: Value.null))
  }

  /// Cut at 2 GB, which no field of a message can reach.
  private mutating func add(_ text: String) {
    let begin = bytes.count
    let isContiguous = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) } != nil
    if !isContiguous { bytes.append(contentsOf: text.utf8) }
    closeText(from: begin)
  }

  private mutating func add(_ instant: Instant?) {
    let begin = bytes.count
    if let instant { clock.append(instant, to: &bytes) }
    closeText(from: begin)
  }

  private mutating func closeText(from begin: Int) {
    values.append(Value(payload: Int64(begin), length: Int32(clamping: bytes.count - begin)))
  }

  /// Inserts every row with `statement`, which must have been made from `insertSQL`.
  func insert(with statement: Statement) throws {
    let statement = statement.sqliteStatement
    // What is bound lies in `bytes`, which is gone after this call.
    defer { sqlite3_clear_bindings(statement) }
    try bytes.withUnsafeBytes { texts in
      try values.withUnsafeBufferPointer { values in
        for row in 0..<rows { try insert(values[(row * columnCount)..<((row + 1) * columnCount)], texts, statement) }
      }
    }
  }

  /// A nil destructor is `SQLITE_STATIC`: SQLite reads the buffer during the step and keeps nothing of it behind that.
  private func insert(
    _ values: Slice<UnsafeBufferPointer<Value>>, _ texts: UnsafeRawBufferPointer, _ statement: OpaquePointer
  ) throws {
    // SQLite takes a null pointer for NULL.
    let empty: StaticString = ""
    let base = texts.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
    var index: Int32 = 0
    for value in values {
      index += 1
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
