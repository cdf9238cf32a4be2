/// The lines of two files that are not in both, so that of two long journals that differ little, little is read.
public struct DifferingLines: Sendable {
  /// A line and its number in the file, counted from 1.
  public struct Line: Hashable, Sendable {
    /// Counted from 1.
    public let number: Int
    /// Without the line end.
    public let bytes: ArraySlice<UInt8>
  }

  /// Lines of the first file, in order.
  public let before: [Line]
  /// Lines of the second file, in order.
  public let after: [Line]

  /// - Parameter keeps: lines wanted though both files have them.
  public init(_ before: [UInt8], _ after: [UInt8], keeps: (ArraySlice<UInt8>) -> Bool) {
    guard before != after else {
      let kept = Self.lines(before).filter { keeps($0.bytes) }
      (self.before, self.after) = (kept, kept)
      return
    }
    let (one, other) = (Self.lines(before), Self.lines(after))
    self.before = Self.lines(one, without: other, keeps: keeps)
    self.after = Self.lines(other, without: one, keeps: keeps)
  }

  private static func lines(_ bytes: [UInt8]) -> [Line] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .compactMap { index, bytes in bytes.isEmpty ? nil : Line(number: index + 1, bytes: bytes) }
  }

  private static func lines(
    _ lines: [Line], without others: [Line], keeps: (ArraySlice<UInt8>) -> Bool
  ) -> [Line] {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in others { counts[line.bytes, default: 0] += 1 }
    return lines.filter { line in
      guard let count = counts[line.bytes], count > 0 else { return true }
      counts[line.bytes] = count - 1
      return keeps(line.bytes)
    }
  }
}
