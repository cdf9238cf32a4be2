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
      pairs.append((Self.decode(Array(name)), halves.count > 1 ? Self.decode(Array(halves[1])) : ""))
    }
  }

  /// The first value given for `name`.
  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// These, then `others`.
  func followed(by others: FormParameters) -> FormParameters {
    var all = self
    all.pairs += others.pairs
    return all
  }

  /// A `%` that two hexadecimal digits do not follow stands for itself.
  private static func decode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
