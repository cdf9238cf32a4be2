import Primitives

/// Comma-separated values after RFC 4180, as UTF-8.
///
/// Lines end in LF, not CRLF: the files come from a Linux appliance and are compared with `diff` and `git`; readers of
/// RFC 4180 accept both. A field is quoted only where it must be: when it holds a comma, a quote, CR or LF. Its bytes
/// are never altered, not even where a spreadsheet would take them for a formula (`=`, `+`, `-`, `@` in front): what
/// was in the packet stands in the report, and `+49…` is a telephone number.
public enum CSVText {
  /// Appends one row and its line end. A row of one empty field is `""`, since an empty line would be no row at all.
  public static func appendRow(_ fields: some Sequence<String>, to bytes: inout [UInt8]) {
    let rowStart = bytes.count
    var isFirst = true
    for field in fields {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(field, to: &bytes)
    }
    if !isFirst, bytes.count == rowStart { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func append(_ field: String, to bytes: inout [UInt8]) {
    var field = field
    field.withUTF8 { text in
      guard needsQuotes(text) else {
        bytes.append(contentsOf: text)
        return
      }
      bytes.append(atMost: 2 * text.count + 2) { putQuoted(text, into: &$0) }
    }
  }

  /// Whether a field with this UTF-8 has to be quoted.
  static func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool { text.contains(where: needsQuotes) }

  /// Writes a field in quotes, and quotes in it twice.
  static func putQuoted(_ text: UnsafeBufferPointer<UInt8>, into cursor: inout ByteCursor) {
    cursor.put(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { cursor.put(byte) }
      cursor.put(byte)
    }
    cursor.put(UInt8(ascii: "\""))
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
