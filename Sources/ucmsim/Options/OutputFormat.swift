import JSON
import ArgumentParser
import Reports

/// How a list is printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, jsonl, csv
}

/// Prints one record after another in the chosen format, keeping none.
///
/// Nothing is printed before the first record or the end, so that input that cannot be read leaves no output. The first
/// error ends the printing and is thrown by `finish`: records come from callbacks that cannot throw.
struct RecordPrinter {
  private let format: OutputFormat
  private let columns: [(title: String, width: Int)]
  private var isFirst = true
  private var failure: (any Error)?

  /// - Parameter columns: titles, and widths of the text columns; the last may be as wide as it likes.
  init(_ format: OutputFormat, columns: [(title: String, width: Int)]) {
    self.format = format
    self.columns = columns
  }

  private func begin() throws {
    switch format {
    case .text: try print(columns.map { $0.title.uppercased() })
    case .json: StandardOutput.shared.append("[")
    case .jsonl: break
    case .csv: try StandardOutput.shared.append { CSVText.appendRow(columns.map(\.title), to: &$0) }
    }
  }

  /// - Returns: whether more records can be printed.
  @discardableResult
  mutating func print(json: @autoclosure () -> JSONValue, texts: @autoclosure () -> [String]) -> Bool {
    print(writeJSON: { json().write(to: &$0) }, texts: texts())
  }

  /// - Returns: whether more records can be printed.
  @discardableResult
  mutating func print(writeJSON: (inout [UInt8]) -> Void, texts: @autoclosure () -> [String]) -> Bool {
    guard failure == nil else { return false }
    do { try append(writeJSON: writeJSON, texts: texts()) } catch { failure = error }
    return failure == nil
  }

  private mutating func append(writeJSON: (inout [UInt8]) -> Void, texts: @autoclosure () -> [String]) throws {
    if isFirst { try begin() }
    switch format {
    case .text: try print(texts())
    case .csv: try StandardOutput.shared.append { CSVText.appendRow(texts(), to: &$0) }
    case .jsonl:
      try StandardOutput.shared.append {
        writeJSON(&$0)
        $0.append(UInt8(ascii: "\n"))
      }
    case .json:
      try StandardOutput.shared.append {
        $0.append(contentsOf: (isFirst ? "\n  " : ",\n  ").utf8)
        writeJSON(&$0)
      }
    }
    isFirst = false
  }

  /// Prints what comes after the last record, and passes everything on.
  func finish() throws {
    if let failure { throw failure }
    if isFirst { try begin() }
    switch format {
    case .json: StandardOutput.shared.append(isFirst ? "]\n" : "\n]\n")
    case .text, .jsonl, .csv: break
    }
    try StandardOutput.shared.flush()
  }

  private func print(_ texts: [String]) throws {
    var line = ""
    for (index, text) in texts.enumerated() {
      let printable = DisplayWidth.printable(text)
      line += printable
      if index < texts.count - 1 {
        let width = index < columns.count ? columns[index].width : 0
        line += String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: printable)) + 2)
      }
    }
    while line.last == " " { line.removeLast() }
    try StandardOutput.shared.append { $0.append(contentsOf: (line + "\n").utf8) }
  }
}
