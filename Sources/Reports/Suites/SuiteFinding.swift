import Cases
import Primitives

/// One thing that went wrong, at a line of a case file.
struct SuiteFinding {
  let file: String
  let line: Int
  let column: Int
  let label: String
  let title: String
  let message: String

  /// 16 hexadecimal digits that stay the same as long as the same expectation of the same cell fails.
  var fingerprint: String {
    var hash = WideHash()
    Array("\(title)\u{0}\(label)\u{0}\(file)".utf8).withUnsafeBytes { hash.add($0) }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Those of a cell; none where it passed.
  static func findings(of cell: CellResult) -> [SuiteFinding] {
    if cell.verdict == .unusable {
      return [
        SuiteFinding(
          file: cell.file, line: 1, column: 1, label: "case", title: cell.id.text, message: cell.problem)
      ]
    }
    return cell.failures.map { failure in
      SuiteFinding(
        file: cell.file, line: failure.line, column: failure.column, label: failure.label, title: cell.id.text,
        message: "\(failure.label): \(failure.message)")
    }
  }
}
