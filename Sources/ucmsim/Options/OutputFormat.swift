import JSON
import ArgumentParser
import Reports

/// How a list is printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, jsonl, csv
}

/// Prints one record after another in the chosen format, keeping none.
///
/// Nothing is printed before the first record or the end, so that input that cannot be read leaves no output.
struct RecordPrinter {
  private let format: OutputFormat
  private let columns: [(title: String, width: Int)]
  private var isFirst = true

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

  mutating func print(json: @autoclosure () -> JSONValue, texts: @autoclosure () -> [String]) throws {
    try print(writeJSON: { json().write(to: &$0) }, texts: texts())
  }

  mutating func print(writeJSON: (inout [UInt8]) -> Void, texts: @autoclosure () -> [String]) throws {
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

  func finish() throws {
    if isFirst { try begin() }
    switch format {
    case .json: StandardOutput.shared.append(isFirst ? "]\n" : "\n]\n")
    case .text, .jsonl, .csv: break
    }
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
