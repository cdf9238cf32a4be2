/// Record ids: 15 characters in which case matters, or the same with three more that say which are capitals, so that
/// the 18 survive a program that does not tell case (documented).
enum SalesforceID {
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let checks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

  /// The id of the `number`th record of the object with this prefix, 18 characters.
  static func make(prefix: String, number: Int) -> String {
    var digits: [UInt8] = []
    var rest = max(0, number)
    while digits.count < 8 {
      digits.append(alphabet[rest % alphabet.count])
      rest /= alphabet.count
    }
    let short = prefix.utf8.prefix(3) + Array("Dn0s".utf8) + digits.reversed()
    return whole(String(decoding: short, as: UTF8.self)) ?? ""
  }

  /// The 18 characters of an id of 15 or 18; nil for what has neither form. The check of an id of 18 puts right the
  /// case that something lost on the way.
  static func whole(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ (48...57).contains($0) || (97...122).contains($0 | 0x20) }) else { return nil }
    switch bytes.count {
    case 15: return String(decoding: bytes + check(of: bytes), as: UTF8.self)
    case 18:
      var restored: [UInt8] = []
      for (place, byte) in bytes.prefix(15).enumerated() {
        let letter = bytes[15 + place / 5]
        guard let bits = checks.firstIndex(of: letter & 0x40 != 0 ? letter & 0xdf : letter) else { return nil }
        let isCapital = bits >> (place % 5) & 1 == 1
        restored.append(byte & 0x40 == 0 ? byte : isCapital ? byte & 0xdf : byte | 0x20)
      }
      return String(decoding: restored + check(of: restored), as: UTF8.self)
    default: return nil
    }
  }

  private static func check(of bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: 15, by: 5).map { start in
      let bits = (0..<5).reduce(0) { bits, place in
        (65...90).contains(bytes[start + place]) ? bits | 1 << place : bits
      }
      return checks[bits]
    }
  }
}
