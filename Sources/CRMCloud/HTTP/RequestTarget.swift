import Primitives

/// The target of a request: its path's parts and its query.
struct RequestTarget {
  /// Percent-encoding undone; a slash that was encoded does not part.
  let parts: [String]
  let query: FormParameters

  init(_ path: String) {
    let bytes = Array(path.utf8)
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    parts = bytes[..<end].split(separator: UInt8(ascii: "/"), maxSplits: 16)
      .map { PercentEncoding.decode(Array($0)) }
    query = FormParameters(bytes[min(end + 1, bytes.endIndex)...])
  }
}
