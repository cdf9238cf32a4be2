public import JSON

/// A cell's result as a cache keeps it.
public struct StoredCell: StoredDocument, Hashable {
  /// Which file it is.
  public static let kind = "ucmsim cell"
  /// Counted up when the members change.
  public static let format = 1
  /// A member of its own.
  public static let digestName = "digest"

  /// A digest of all that the result depends on, the program among it.
  public var key: String
  /// Whether calls were drawn.
  public var hasPictures: Bool
  /// With its duration.
  public var result: CellResult

  /// A result under its key.
  public init(key: String, hasPictures: Bool, result: CellResult) {
    (self.key, self.hasPictures, self.result) = (key, hasPictures, result)
  }

  /// Every member, in a fixed order.
  public var json: JSONValue {
    ["key": .string(key), "hasPictures": .bool(hasPictures), "result": result.json]
  }

  /// Whatever reads well is of use.
  public var flaw: String? { nil }
}
