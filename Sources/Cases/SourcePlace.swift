/// A place in a file that a person wrote, counted from 1.
public struct SourcePlace: Hashable, Comparable, Sendable {
  /// The line.
  public var line: Int
  /// The column, in Unicode scalars.
  public var column: Int

  /// That place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether the place stands before the other in the file.
  public static func < (left: SourcePlace, right: SourcePlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
