/// A `sip:`, `sips:` or `tel:` URI taken apart (RFC 3261 section 19.1, RFC 3966).
public struct SIPURI {
  /// The schemes a SIP message may address by; known without regard to case.
  public enum Scheme: Hashable, Sendable {
    /// A SIP resource (RFC 3261 section 19.1).
    case sip
    /// A SIP resource to be reached over TLS (RFC 3261 section 19.1).
    case sips
    /// A telephone number (RFC 3966).
    case tel
  }

  /// Decides what `user` and `host` hold.
  public let scheme: Scheme
  /// As written, escapes included, without password and user parameters; empty when the URI has no user.
  /// For `tel:` the number.
  public let user: SIPText
  /// User, user parameters and password as written, up to the `@`; empty when the URI has no user, and for `tel:`.
  public let userInfo: SIPText
  /// Header fields to put into the request, as written behind the `?` (RFC 3261 section 19.1.1); empty for none.
  public let headers: SIPText
  /// Host name or address, brackets of an IPv6 address kept; empty for `tel:`.
  public let host: SIPText
  /// The port written, 0 ... 65535; nil when there is none, and for `tel:`.
  public let port: UInt16?
  /// The parameters behind the host, or behind the number of `tel:`; headers after `?` are not among them.
  public let parameters: HeaderParameters

  /// nil for another scheme, an empty host, a bracket not closed before the port, or a port that is no port.
  public init?(_ text: SIPText) {
    if let plain = PlainURI(text) {
      (scheme, user, userInfo) = (.sip, plain.user, plain.user)
      (host, port, headers) = (plain.host, plain.port, .empty)
      parameters = HeaderParameters(text: plain.parameters)
      return
    }
    guard let colon = text.index(of: UInt8(ascii: ":")) else { return nil }
    let name = text.slice(0, colon)
    let rest = text.slice(colon + 1, text.count)
    if name.equalsIgnoringCase("tel") {
      let end = rest.index(of: UInt8(ascii: ";")) ?? rest.count
      guard end > 0 else { return nil }
      (scheme, user, host, port) = (.tel, rest.slice(0, end), .empty, nil)
      parameters = HeaderParameters(text: rest.slice(end, rest.count))
      (userInfo, headers) = (.empty, .empty)
      return
    }
    guard name.equalsIgnoringCase("sip") || name.equalsIgnoringCase("sips") else { return nil }
    scheme = name.count == 3 ? .sip : .sips
    // The user part may hold `;` and `?` unescaped, so the `@` is looked for first (RFC 3261 section 25.1).
    let at = rest.endOfUser
    let userInfo = rest.slice(0, at ?? 0)
    self.userInfo = userInfo
    let afterUser = rest.slice(at.map { $0 + 1 } ?? 0, rest.count)
    user = userInfo.slice(0, userInfo.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") })
    let hostEnd = afterUser.endOfHost
    let question = afterUser.index(of: UInt8(ascii: "?")) ?? afterUser.count
    parameters = HeaderParameters(text: afterUser.slice(min(hostEnd, question), question))
    headers = afterUser.slice(question + 1, afterUser.count)
    let hostPort = afterUser.slice(0, hostEnd)
    guard let (host, port) = Self.split(hostPort) else { return nil }
    (self.host, self.port) = (host, port)
  }

  private static func split(_ text: SIPText) -> (SIPText, UInt16?)? {
    var search = 0
    if text[0] == UInt8(ascii: "[") {
      guard let close = text.index(of: UInt8(ascii: "]")), close > 1 else { return nil }
      search = close + 1
      guard search == text.count || text[search] == UInt8(ascii: ":") else { return nil }
    }
    guard let colon = text.index(of: UInt8(ascii: ":"), from: search) else {
      return text.isEmpty ? nil : (text, nil)
    }
    guard colon > 0, let number = text.slice(colon + 1, text.count).decimal, let port = UInt16(exactly: number) else {
      return nil
    }
    return (text.slice(0, colon), port)
  }
}

extension SIPText {
  fileprivate func firstIndex(where isWanted: (UInt8) -> Bool) -> Int {
    var index = 0
    while let byte = self[index], !isWanted(byte) { index += 1 }
    return index
  }

  /// The `@` between user and host.
  ///
  /// A valid URI has one at most, others being `%40`. Of more, the last before what ends a host counts: devices put a
  /// whole address into the user part, and a Call-ID with its `@` into a header of the URI.
  fileprivate var endOfUser: Int? {
    guard let first = index(of: UInt8(ascii: "@")) else { return nil }
    let rest = slice(first, count)
    return rest.slice(0, rest.endOfHost).lastIndex(of: UInt8(ascii: "@")).map { first + $0 }
  }

  fileprivate var endOfHost: Int { firstIndex { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "?") } }
}

/// `sip:user@host:port;parameters`, as almost every URI is; one of another shape is read the long way.
struct PlainURI {
  let user: SIPText
  let host: SIPText
  let port: UInt16?
  let parameters: SIPText

  init?(_ text: SIPText) {
    let bytes = text.bytes
    guard bytes.count > 6, bytes.loadUnaligned(as: UInt32.self) == UInt32(bigEndian: 0x7369_703a) else { return nil }
    var index = 4
    while index < bytes.count, Self.isPlain(bytes[index]) { index &+= 1 }
    guard index > 4, index < bytes.count, bytes[index] == UInt8(ascii: "@") else { return nil }
    user = text.slice(4, index)
    index &+= 1
    let hostStart = index
    while index < bytes.count, Self.isPlain(bytes[index]) { index &+= 1 }
    guard index > hostStart else { return nil }
    host = text.slice(hostStart, index)
    if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
      index &+= 1
      var number = 0
      let portStart = index
      while index < bytes.count, bytes[index] &- 48 < 10, number <= 65_535 {
        number = number &* 10 &+ Int(bytes[index] &- 48)
        index &+= 1
      }
      guard index > portStart, let value = UInt16(exactly: number) else { return nil }
      port = value
    } else {
      port = nil
    }
    // An `@` further on would make all before it the user part, and headers have a field of their own.
    parameters = text.slice(index, bytes.count)
    guard index == bytes.count || bytes[index] == UInt8(ascii: ";") else { return nil }
    for byte in parameters.bytes where byte == UInt8(ascii: "@") || byte == UInt8(ascii: "?") { return nil }
  }

  /// Letters, digits, and `*+-._#~!`: what can end neither user nor host.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    // Digits and dots, which most of them are; the slash among these is none.
    if byte &- 46 < 12 { return byte != 47 }
    let half: UInt64 = byte < 64 ? 0x03ff_6c0a_0000_0000 : byte < 128 ? 0x47ff_fffe_87ff_fffe : 0
    return half >> UInt64(byte & 63) & 1 == 1
  }
}
