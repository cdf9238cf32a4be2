import Primitives

/// The parameters of a query string or of a form body (`application/x-www-form-urlencoded`, WHATWG URL section 5.1).
///
/// `+` reads as a space: a client that does not encode the plus of a number asks for another number.
struct FormParameters {
  /// More are dropped; no endpoint knows as many.
  static let maximumCount = 64

  private(set) var pairs: [(name: String, value: String)] = []

  init(_ text: some StringProtocol) {
    for part in text.utf8.split(separator: UInt8(ascii: "&"), maxSplits: Self.maximumCount).prefix(Self.maximumCount) {
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = halves.first else { continue }
      pairs.append((Self.decode(name), halves.count > 1 ? Self.decode(halves[1]) : ""))
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

  private static func decode(_ bytes: some Sequence<UInt8>) -> String {
    PercentEncoding.decode(bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
  }
}
