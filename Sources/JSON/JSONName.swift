/// A member's name as it stands in the text, compared without making a string of it.
///
/// Good only during the call that hands it over: it looks into the text being read.
public struct JSONName {
  let text: JSONStringText

  /// The name as text of its own, which may be kept.
  public var string: String { text.string }

  /// Whether the name is this text.
  public static func == (name: JSONName, text: StaticString) -> Bool {
    name.withBytes { bytes in
      let count = text.utf8CodeUnitCount
      guard bytes.count == count else { return false }
      for index in 0..<count where bytes[index] != text.utf8Start[index] { return false }
      return true
    }
  }

  /// For `switch`: the same as `==`.
  public static func ~= (pattern: StaticString, name: JSONName) -> Bool { name == pattern }

  /// Calls `body` with the name's UTF-8, escapes undone.
  public func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    text.hasEscapes ? text.unescaped.withUnsafeBufferPointer(body) : body(text.bytes)
  }
}
