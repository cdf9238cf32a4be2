import JSON

/// Fields as hostile or sloppy servers send them.
extension JSONCursor {
  /// A whole number, also as text or with a fraction of zero; nil for another value.
  mutating func writtenInteger() throws(JSONReader.Failure) -> Int64? {
    try kind == .string ? try text().flatMap { Int64($0) } : try integer()
  }

  /// Calls `read` for the value, or for each element of an array. False where it was false once.
  mutating func oneOrMany(
    _ read: (inout JSONCursor) throws(JSONReader.Failure) -> Bool
  ) throws(JSONReader.Failure) -> Bool {
    guard try kind == .array else { return try read(&self) }
    var areAll = true
    try elements { cursor throws(JSONReader.Failure) in
      if try !read(&cursor) { areAll = false }
    }
    return areAll
  }

  /// A text, or a whole number as text; nil for another value.
  mutating func textOrInteger() throws(JSONReader.Failure) -> String? {
    try kind == .string ? try text() : try integer().map { String($0) }
  }
}
