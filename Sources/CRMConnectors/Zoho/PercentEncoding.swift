/// Text for a query string or a form body: everything but RFC 3986's unreserved characters is percent-encoded.
///
/// A `+` left alone arrives as a space and finds nobody, which is the commonest fault of Zoho clients
/// (documented: Zoho's search page and its Kaizen post 82).
enum PercentEncoding {
  static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isUnreserved(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `name=value&name=value`, names as given.
  static func form(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { $0.name + "=" + encode($0.value) }.joined(separator: "&")
  }

  /// RFC 3986 section 2.3.
  static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
