/// One medium of an SDP body: its `m=` line and what follows up to the next (RFC 8866 section 5.14).
public struct MediaDescription {
  /// Which way media flow, seen from the sender of the description (RFC 8866 section 6.7).
  public enum Direction: Hashable, Sendable {
    /// Both ways; what holds where nobody says otherwise.
    case sendAndReceive
    /// The sender does not want any: hold with music (RFC 3264 section 8.4).
    case sendOnly
    /// The sender sends none.
    case receiveOnly
    /// Neither way.
    case inactive
  }

  /// `audio`, `video`, `image` and so on.
  public let type: SIPText
  /// Where media are wanted; 0 refuses the medium (RFC 3264 section 6).
  public let port: UInt16
  /// Port pairs in a row, 1 unless written.
  public let portCount: UInt32
  /// `RTP/AVP`, `RTP/SAVP`, `UDP/TLS/RTP/SAVPF`, `udptl` and so on.
  public let protocolName: SIPText
  /// Payload types, or what the protocol has in their place, set off by blanks.
  public let formats: SIPText
  private let section: SDPSection
  private let session: SDPSection

  init?(_ section: SDPSection, session: SDPSection) {
    guard let line = section.first("m") else { return nil }
    var words = Words(text: line)
    guard let type = words.next(), let ports = words.next(), let protocolName = words.next() else { return nil }
    let (first, count) = ports.split(at: UInt8(ascii: "/"))
    guard let port = first.decimal.flatMap({ UInt16(exactly: $0) }) else { return nil }
    if let count {
      guard let number = count.decimal else { return nil }
      portCount = number
    } else {
      portCount = 1
    }
    (self.type, self.port, self.protocolName) = (type, port, protocolName)
    formats = words.next().flatMap { $0.offset(in: line) }.map { line.slice($0, line.count).trimmed } ?? .empty
    (self.section, self.session) = (section, session)
  }

  /// Where media are wanted, without brackets: the medium's own address or the session's; nil when neither is there.
  public var address: SIPText? { section.connectionAddress ?? session.connectionAddress }

  /// Where RTCP is wanted: its own port and address (RFC 3605), or the port after the medium's.
  public var controlPort: UInt16? {
    guard let value = section.attribute("rtcp") else { return port == 0 || port == .max ? nil : port &+ 1 }
    var words = Words(text: value)
    return words.next()?.decimal.flatMap { UInt16(exactly: $0) }
  }

  /// RTP and RTCP share a port (RFC 5761).
  public var sharesControlPort: Bool { section.attribute("rtcp-mux") != nil }

  /// The medium's own direction or the session's, both ways where neither says.
  public var direction: Direction { section.direction ?? session.direction ?? .sendAndReceive }

  /// The other side does not want this medium.
  public var isRefused: Bool { port == 0 }

  /// On hold, by direction (RFC 3264 section 8.4) or by the address of RFC 2543, all zeroes.
  public var isOnHold: Bool {
    switch direction {
    case .sendOnly, .inactive: return true
    case .sendAndReceive, .receiveOnly: break
    }
    guard let address else { return false }
    switch SIPHost(address) {
    case .ipv4(let text): return text == "0.0.0.0"
    case .ipv6(_, let bytes): return (0..<16).allSatisfy { bytes[$0] == 0 }
    case .name, nil: return false
    }
  }

  /// How the medium's keys are agreed.
  public enum Encryption: Hashable, Sendable {
    /// Keys in the description itself (`a=crypto`, RFC 4568).
    case sdes
    /// By DTLS, with a fingerprint here (RFC 5763).
    case dtls
    /// The protocol is SRTP, and nothing says where its keys come from.
    case unknownKeys
  }

  /// nil when the medium goes unencrypted, as far as the description says. `RTP/AVP` with `a=crypto` is encryption
  /// offered, which some phones write so.
  public var encryption: Encryption? {
    if section.attribute("crypto") != nil { return .sdes }
    let hasFingerprint = section.attribute("fingerprint") != nil || session.attribute("fingerprint") != nil
    if protocolName.containsIgnoringCase("TLS/RTP") { return .dtls }
    guard protocolName.containsIgnoringCase("RTP/SAVP") else { return nil }
    return hasFingerprint ? .dtls : .unknownKeys
  }

  /// The first attribute of that name of this medium; empty for one without a value.
  public func attribute(_ name: StaticString) -> SIPText? { section.attribute(name) }
}
