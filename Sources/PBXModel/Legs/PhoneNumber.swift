import Primitives
import SIP

/// The user part of a URI as a number.
enum PhoneNumber {
  /// Whether `text(of:)` would give the user part as it is.
  static func isPlain(_ user: SIPText) -> Bool {
    for byte in user.bytes where byte &- 48 >= 10 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"): return false
      default: break
      }
    }
    return true
  }

  /// Percent-escapes undone, and RFC 3966's visual separators dropped when all else is digits.
  static func text(of user: SIPText) -> String {
    if isPlain(user) { return user.string }
    let text = user.index(of: UInt8(ascii: "%")) == nil ? user.string : PercentEncoding.decode(Array(user.bytes))
    let isNumber = text.utf8.allSatisfy { (48...57).contains($0) || "+-.()".utf8.contains($0) }
    return isNumber ? text.filter { !"-.()".contains($0) } : text
  }

  /// The user part of a header's URI; empty where there is none.
  static func user(of address: NameAddress?) -> String {
    address.flatMap { SIPURI($0.uri) }.map { text(of: $0.user) } ?? ""
  }
}
