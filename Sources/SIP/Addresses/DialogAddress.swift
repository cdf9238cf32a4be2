/// From or To as a dialog takes them: who it is, and the tag (RFC 3261 section 12.1).
///
/// Nearly all are written `"Name" <sip:user@host:port>;tag=value`, and are read in one pass; the others by way of
/// `NameAddress` and `SIPURI`, with the same result.
public struct DialogAddress {
  /// User part of the URI as written; empty where it has none, or cannot be read.
  public let user: SIPText
  /// The tag parameter; nil when absent.
  public let tag: SIPText?
  /// The display name as `displayName` gives it; nil for one that has to be made, with escapes or folds undone.
  public let plainDisplayName: SIPText?
  /// nil for one that was read in one pass, whose display name is plain.
  private let address: NameAddress?

  /// Display name without quotes, escapes undone; empty where there is none.
  public var displayName: String { address?.displayName ?? plainDisplayName?.string ?? "" }

  /// nil where `NameAddress` is.
  public init?(_ value: SIPText) {
    if let plain = Plain(value) {
      (user, tag, plainDisplayName, address) = (plain.user, plain.tag, plain.name, nil)
      return
    }
    guard let address = NameAddress(value) else { return nil }
    user = SIPURI(address.uri)?.user ?? .empty
    tag = address.tag
    plainDisplayName = address.rawDisplayName.isEmpty ? .empty : address.plainDisplayName
    self.address = address
  }
}

extension SIPMessage {
  /// From as a dialog takes it; nil when absent or without a URI.
  public var dialogFrom: DialogAddress? { hotValue(.from).flatMap(DialogAddress.init) }
  /// To as a dialog takes it; nil when absent or without a URI.
  public var dialogTo: DialogAddress? { hotValue(.to).flatMap(DialogAddress.init) }

  /// User part of the request URI as written, empty where it has none or cannot be read; nil for a response.
  public var requestUser: SIPText? {
    guard let uri = requestURI else { return nil }
    if let (user, end) = PlainURI.user(in: uri, from: 0),
      end == uri.count
        || uri[end] == UInt8(ascii: ";") && uri.index(of: UInt8(ascii: "@"), from: end) == nil
          && uri.index(of: UInt8(ascii: "?"), from: end) == nil
    {
      return user
    }
    return SIPURI(uri)?.user ?? .empty
  }
}

extension DialogAddress {
  /// The common form; nil sends any other the long way.
  private struct Plain {
    let name: SIPText
    let user: SIPText
    let tag: SIPText?

    init?(_ value: SIPText) {
      let bytes = value.bytes
      var index = 0
      if bytes.first == UInt8(ascii: "\"") {
        index = 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          guard bytes[index] >= 32, bytes[index] != UInt8(ascii: "\\") else { return nil }
          index &+= 1
        }
        guard index < bytes.count else { return nil }
        name = value.slice(1, index)
        index &+= 1
        while index < bytes.count, bytes[index] == 32 { index &+= 1 }
      } else {
        name = .empty
      }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "<"),
        let (user, end) = PlainURI.user(in: value, from: index &+ 1), end < bytes.count,
        bytes[end] == UInt8(ascii: ">")
      else { return nil }
      self.user = user
      guard end &+ 1 < bytes.count else {
        tag = nil
        return
      }
      let start = end &+ 6
      guard start < bytes.count, value.slice(end &+ 1, start) == ";tag=" else { return nil }
      index = start
      while index < bytes.count {
        guard PlainURI.isPlain(bytes[index]) else { return nil }
        index &+= 1
      }
      tag = value.slice(start, index)
    }
  }
}

extension PlainURI {
  /// The user of `sip:user@host` or `sip:user@host:port` at `start`, and where that ends; nil for another shape.
  @inline(__always)
  static func user(in text: SIPText, from start: Int) -> (user: SIPText, end: Int)? {
    let bytes = text.bytes
    guard start &+ 7 <= bytes.count,
      bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self) == UInt32(bigEndian: 0x7369_703a)
    else { return nil }
    var index = start &+ 4
    while index < bytes.count, isPlain(bytes[index]) { index &+= 1 }
    guard index > start &+ 4, index < bytes.count, bytes[index] == UInt8(ascii: "@") else { return nil }
    let user = text.slice(start &+ 4, index)
    index &+= 1
    let hostStart = index
    while index < bytes.count, isPlain(bytes[index]) { index &+= 1 }
    guard index > hostStart else { return nil }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return (user, index) }
    let portStart = index &+ 1
    index = portStart
    var port = 0
    while index < bytes.count, bytes[index] &- 48 < 10, port <= 65_535 {
      port = port &* 10 &+ Int(bytes[index] &- 48)
      index &+= 1
    }
    return index > portStart && port <= 65_535 ? (user, index) : nil
  }
}
