import Primitives

/// The parameters of a query string or of a form body (`application/x-www-form-urlencoded`, WHATWG URL section 5.1).
///
/// `+` reads as a space: a client that does not encode the plus of a number asks for another number.
struct FormParameters {
  /// More are dropped; no endpoint knows as many.
  static let maximumCount = 64

  private(set) var pairs: [(name: String, value: String)] = []

  init(_ text: String) { self.init(Array(text.utf8)[...]) }

  /// What is no UTF-8 is repaired.
  init(_ text: ArraySlice<UInt8>) {
    var rest = text
    while !rest.isEmpty, pairs.count < Self.maximumCount {
      let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
      let pair = rest[..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      guard !pair.isEmpty else { continue }
      let middle = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      pairs.append((Self.decode(pair[..<middle]), Self.decode(pair[min(middle + 1, pair.endIndex)...])))
    }
  }

  /// Parameters read from another notation.
  init(pairs: [(name: String, value: String)]) { self.pairs = pairs }

  /// The first value given for `name`.
  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// These, then `others`.
  func followed(by others: FormParameters) -> FormParameters {
    var all = self
    all.pairs += others.pairs
    return all
  }

  private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = Array(bytes)
    for index in bytes.indices where bytes[index] == UInt8(ascii: "+") { bytes[index] = UInt8(ascii: " ") }
    return PercentEncoding.decode(bytes)
  }
}
