/// A table for the terminal: titles, then rows, columns aligned and parted by two spaces; no colour, no lines.
///
/// ```swift
/// var table = TextTable([.init("CALLER"), .init("SECONDS", alignment: .trailing)])
/// table.append(["+49 30 0000001", "12"])
/// print(table.text(width: 80))
/// ```
public struct TextTable: Sendable {
  /// Which side of its column a text stands on.
  public enum Alignment: Hashable, Sendable, CaseIterable {
    /// At the left, as words do.
    case leading
    /// At the right, as numbers do.
    case trailing
  }

  /// A title and how the texts below it stand.
  public struct Column: Hashable, Sendable {
    /// The title, which takes part in the column's width; made printable by the table.
    public var title: String
    /// For the title as well as for the texts below it.
    public var alignment: Alignment

    /// Takes the title as it is; words stand leading unless said otherwise.
    public init(_ title: String, alignment: Alignment = .leading) {
      self.title = title
      self.alignment = alignment
    }
  }

  private static let gap = 2
  /// A column is not cut below this, so that a beginning stays readable.
  private static let narrowest = 4

  /// The columns, their titles made printable.
  public let columns: [Column]
  /// The rows, made printable; each has as many texts as there are columns.
  public private(set) var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [Column]) {
    self.columns = columns.map { Column(DisplayWidth.printable($0.title), alignment: $0.alignment) }
  }

  /// Adds a row. Missing texts are empty; texts beyond the last column are left out.
  public mutating func append(_ texts: [String]) {
    rows.append(columns.indices.map { $0 < texts.count ? DisplayWidth.printable(texts[$0]) : "" })
  }

  /// The table with a line end after each line, and no spaces at line ends.
  ///
  /// - Parameter width: columns of the terminal; the widest columns of the table are cut until its lines fit, each cut
  ///   text ending in `…`. nil, as for a pipe, cuts nothing.
  public func text(width: Int? = nil) -> String {
    let widths = fitted(naturalWidths(), to: width)
    var result = ""
    for texts in [columns.map(\.title)] + rows {
      var line = Self.line(texts, widths, columns)
      if let width { line = DisplayWidth.truncated(line, to: max(0, width)) }
      result += line
      result += "\n"
    }
    return result
  }

  private func naturalWidths() -> [Int] {
    columns.indices.map { column in
      rows.reduce(DisplayWidth.columns(of: columns[column].title)) { max($0, DisplayWidth.columns(of: $1[column])) }
    }
  }

  /// Finds the greatest cap that lets the line fit when no column is wider, and hands the columns left over to the
  /// first ones it cuts.
  private func fitted(_ widths: [Int], to limit: Int?) -> [Int] {
    let gaps = Self.gap * max(0, widths.count - 1)
    guard let limit, let widest = widths.max(), widths.reduce(gaps, +) > limit else { return widths }
    let total = { (cap: Int) in widths.reduce(gaps) { $0 + min($1, cap) } }
    var low = min(Self.narrowest, widest)
    var high = widest
    while low < high {
      let middle = (low + high + 1) / 2
      if total(middle) <= limit { low = middle } else { high = middle - 1 }
    }
    var left = max(0, limit - total(low))
    return widths.map { width in
      guard width > low else { return width }
      let extra = min(1, left)
      left -= extra
      return low + extra
    }
  }

  private static func line(_ texts: [String], _ widths: [Int], _ columns: [Column]) -> String {
    var line = ""
    var owedSpaces = 0
    for (index, width) in widths.enumerated() where index < texts.count {
      let text = DisplayWidth.truncated(texts[index], to: width)
      let padding = max(0, width - DisplayWidth.columns(of: text))
      // Spaces are written only when something follows them.
      if columns[index].alignment == .trailing { owedSpaces += padding }
      if !text.isEmpty {
        line += String(repeating: " ", count: owedSpaces) + text
        owedSpaces = 0
      }
      if columns[index].alignment == .leading { owedSpaces += padding }
      owedSpaces += gap
    }
    return line
  }
}
