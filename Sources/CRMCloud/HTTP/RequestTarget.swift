import Primitives

/// The target of a request: its path's parts and its query.
struct RequestTarget {
  /// Percent-encoding undone; a slash that was encoded does not part.
  let parts: [String]
  let query: FormParameters

  init(_ path: String) {
    let halves = path.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    parts = (halves.first.map(Array.init) ?? []).split(separator: UInt8(ascii: "/"), maxSplits: 16)
      .map { PercentEncoding.decode(Array($0)) }
    query = FormParameters(halves.count > 1 ? String(decoding: Array(halves[1]), as: UTF8.self) : "")
  }
}
