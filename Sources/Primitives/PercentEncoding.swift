/// Percent-encoding (RFC 3986 section 2.1), of URIs, query strings and form bodies alike.
public enum PercentEncoding {
  /// Everything but RFC 3986's unreserved characters encoded, so that the text is safe in any part of a URI.
  public static func encode(_ text: String) -> String {
    String(atMost: 3 * text.utf8.count) { put(text, into: &$0) }
  }

  /// At most three bytes for each of the text.
  private static func put(_ text: String, into cursor: inout ByteCursor) {
    for byte in text.utf8 {
      if isUnreserved(byte) {
        cursor.put(byte)
      } else {
        cursor.put(UInt8(ascii: "%"))
        cursor.put(digit(byte >> 4))
        cursor.put(digit(byte & 15))
      }
    }
  }

  /// The inverse of `encode` for what it gives, and for any other bytes too: a `%` that two hexadecimal digits do not
  /// follow stands for itself, and what is no UTF-8 is repaired.
  public static func decode(_ bytes: [UInt8]) -> String {
    guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = value(bytes[index + 1]),
        let low = value(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `name=value&name=value`, names as given.
  public static func form(_ pairs: [(name: String, value: String)]) -> String {
    let count = pairs.reduce(0) { $0 + $1.name.utf8.count + 3 * $1.value.utf8.count + 2 }
    return String(atMost: count) { cursor in
      for (index, pair) in pairs.enumerated() {
        if index > 0 { cursor.put(UInt8(ascii: "&")) }
        cursor.put(pair.name)
        cursor.put(UInt8(ascii: "="))
        put(pair.value, into: &cursor)
      }
    }
  }

  /// RFC 3986 section 2.3.
  public static func isUnreserved(_ byte: UInt8) -> Bool {
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

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
