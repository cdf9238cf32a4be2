/// Cuts comma-separated values into records, piece by piece as a file is read.
///
/// RFC 4180 with what PBXs write besides: lines ending in LF or CRLF, a byte order mark in front, empty lines between,
/// and text behind a closing quote (`"pn01" <5300>`, observed in the appliance's export of 2013), which then keeps its
/// quotes. Memory is bounded by `recordBytesMax`, whatever the input.
public struct CSVRecordReader: Sendable {
  /// One record: its fields and where each begins.
  public struct Record: Sendable {
    /// 1 for the first line of the file.
    public var line: Int
    /// The fields as text; bytes that are no UTF-8 are replaced.
    public var fields: [String]
    /// The place of each field's first byte.
    public var places: [CSVPlace]
    /// The place behind the last field.
    public var end: CSVPlace
  }

  /// Bytes of one record at most.
  public static let recordBytesMax = 1 << 20
  /// Fields of one record at most.
  public static let fieldsMax = 256

  private enum State {
    case fieldStart, plain, quoted, quoteInQuoted
  }

  private var state = State.fieldStart
  private var place = CSVPlace(line: 1, column: 1)
  private var fieldPlace = CSVPlace(line: 1, column: 1)
  private var field: [UInt8] = []
  /// The field so far was all within quotes, so that they are no part of it.
  private var isQuoted = false
  private var fields: [String] = []
  private var places: [CSVPlace] = []
  private var recordBytes = 0
  private var endsInReturn = false
  private var offset = 0

  /// A reader at the start of a file.
  public init() {}

  /// Takes the next bytes and hands over each record that ends in them.
  public mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ body: (Record) throws(CDRTableError) -> Void
  ) throws(CDRTableError) {
    for byte in bytes {
      defer { offset &+= 1 }
      if offset < 3, place.line == 1, isByteOrderMark(byte) { continue }
      if let record = try take(byte) { try body(record) }
      if byte == UInt8(ascii: "\n") {
        place = CSVPlace(line: place.line &+ 1, column: 1)
        if fields.isEmpty, field.isEmpty, state == .fieldStart { fieldPlace = place }
      } else {
        place.column &+= 1
      }
    }
  }

  /// The record that the end of the file ends; nil where the last line was complete.
  public mutating func finish() throws(CDRTableError) -> Record? {
    switch state {
    case .quoted: throw CDRTableError(.unclosedQuote, at: fieldPlace)
    case .fieldStart, .plain, .quoteInQuoted: return endOfRecord()
    }
  }

  private func isByteOrderMark(_ byte: UInt8) -> Bool {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    return mark.indices.contains(offset) && mark[offset] == byte && fields.isEmpty && field.isEmpty
  }

  private mutating func take(_ byte: UInt8) throws(CDRTableError) -> Record? {
    guard byte != 0 else { throw CDRTableError(.nulByte, at: place) }
    recordBytes &+= 1
    guard recordBytes <= Self.recordBytesMax else {
      throw state == .quoted
        ? CDRTableError(.unclosedQuote, at: fieldPlace) : CDRTableError(.longRecord, at: place)
    }
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { field.append(byte) }
      return nil
    case .quoteInQuoted:
      if byte == UInt8(ascii: "\"") {
        field.append(byte)
        state = .quoted
        return nil
      }
      if byte != UInt8(ascii: ","), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { unquote() }
    case .fieldStart:
      fieldPlace = place
      if byte == UInt8(ascii: "\"") {
        state = .quoted
        isQuoted = true
        return nil
      }
    case .plain: break
    }
    return try takePlain(byte)
  }

  private mutating func takePlain(_ byte: UInt8) throws(CDRTableError) -> Record? {
    if byte == UInt8(ascii: "\n") { return endOfRecord() }
    if byte == UInt8(ascii: ",") {
      try endOfField()
      return nil
    }
    state = state == .quoteInQuoted && byte == UInt8(ascii: "\r") ? .quoteInQuoted : .plain
    field.append(byte)
    return nil
  }

  /// Text follows the closing quote, so that the quotes belong to it.
  private mutating func unquote() {
    field = [UInt8(ascii: "\"")] + field + [UInt8(ascii: "\"")]
    isQuoted = false
    state = .plain
  }

  private mutating func endOfField() throws(CDRTableError) {
    guard fields.count < Self.fieldsMax else { throw CDRTableError(.manyFields, at: place) }
    fields.append(String(decoding: field, as: UTF8.self))
    places.append(fieldPlace)
    field.removeAll(keepingCapacity: true)
    isQuoted = false
    state = .fieldStart
  }

  private mutating func endOfRecord() -> Record? {
    if field.last == UInt8(ascii: "\r") { field.removeLast() }
    let isEmptyLine = fields.isEmpty && field.isEmpty && !isQuoted
    let last = String(decoding: field, as: UTF8.self)
    let record = Record(
      line: (places.first ?? fieldPlace).line, fields: fields + [last],
      places: places + [state == .fieldStart ? place : fieldPlace], end: place)
    fields.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    field.removeAll(keepingCapacity: true)
    isQuoted = false
    recordBytes = 0
    state = .fieldStart
    return isEmptyLine ? nil : record
  }
}
