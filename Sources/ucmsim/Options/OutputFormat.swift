import ArgumentParser
import Reports

/// How a list is printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, jsonl, csv
}

/// Prints one record after another in the chosen format, keeping none.
struct RecordPrinter {
  private let format: OutputFormat
  private let widths: [Int]
  private var isFirst = true

  /// - Parameter widths: of the text columns; the last may be as wide as it likes.
  init(_ format: OutputFormat, columns: [(title: String, width: Int)]) throws {
    self.format = format
    widths = columns.map(\.width)
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

  func finish() {
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
        let width = index < widths.count ? widths[index] : 0
        line += String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: printable)) + 2)
      }
    }
    while line.last == " " { line.removeLast() }
    try StandardOutput.shared.append { $0.append(contentsOf: (line + "\n").utf8) }
  }
}
