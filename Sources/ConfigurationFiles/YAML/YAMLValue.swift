/// A place in a file, counted from 1.
struct Place: Hashable, Comparable, Sendable {
  var line: Int
  var column: Int

  static let start = Place(line: 1, column: 1)

  static func < (left: Place, right: Place) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

/// A YAML value with its place, free of tags, anchors and aliases.
struct YAMLValue: Sendable {
  indirect enum Content: Sendable {
    /// `isPlain` tells `true` from `"true"`.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLValue])
    case mapping([Pair])
  }

  struct Pair: Sendable {
    var key: String
    var keyPlace: Place
    var value: YAMLValue
  }

  var content: Content
  var place: Place

  /// Nothing was written: an empty value, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What stands there, for "found …".
  var kindName: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
