/// A byte of a text file by its line and its column, both counted from 1, the column in bytes.
public struct CSVPlace: Hashable, Sendable {
  /// 1 for the first line.
  public var line: Int
  /// 1 for the first byte of a line.
  public var column: Int

  /// Takes both unchecked.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Why a file cannot be read as a table of CDRs, and where it goes wrong.
public struct CDRTableError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    /// A quote opened there is not closed before the end, or not within the bytes of one record.
    case unclosedQuote
    /// A byte 0, which no text has.
    case nulByte
    /// A record of more bytes than `CSVRecordReader.recordBytesMax`.
    case longRecord
    /// A record of more fields than `CSVRecordReader.fieldsMax`.
    case manyFields
    /// More rows than `CDRTableReader.rowsMax`.
    case manyRows
    /// The first line is neither a header that names what is needed nor a row of a known number of fields.
    case unknownLayout(fields: Int)
    /// The header has no column of this name.
    case missingColumn(String)
    /// The header has two columns of this name.
    case repeatedColumn(String)
    /// A row has another number of fields than there are columns.
    case fieldCount(Int, expected: Int)
    /// What stands in this column is not what it takes.
    case value(column: String, expected: String)
    /// There is neither a header nor a row.
    case empty
  }

  /// What is wrong.
  public var problem: Problem
  /// Where; the first byte of what is wrong.
  public var place: CSVPlace

  /// A problem at a place.
  public init(_ problem: Problem, at place: CSVPlace) {
    self.problem = problem
    self.place = place
  }

  /// One sentence without the place.
  public var message: String {
    switch problem {
    case .unclosedQuote: "the quote opened here is not closed"
    case .nulByte: "a NUL byte; this is no text file, or a damaged one"
    case .longRecord: "a record of more than \(CSVRecordReader.recordBytesMax) bytes"
    case .manyFields: "a record of more than \(CSVRecordReader.fieldsMax) fields"
    case .manyRows: "more than \(CDRTableReader.rowsMax) rows; cut the file into parts"
    case .unknownLayout(let fields):
      "neither a header line with src, dst, start and disposition nor a row of 16 to 21 fields (Asterisk), 22, 32 or "
        + "33 (appliance): \(fields) fields; put the header line on top"
    case .missingColumn(let name): "the header line has no column '\(name)'"
    case .repeatedColumn(let name): "the header line has the column '\(name)' twice"
    case .fieldCount(let count, let expected): "\(count) fields where there are \(expected) columns"
    case .value(let column, let expected): "column \(column) takes \(expected)"
    case .empty: "an empty file: neither a header line nor a row"
    }
  }
}
