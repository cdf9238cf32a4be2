/// A request method. Methods are case-sensitive tokens (RFC 3261 section 7.1); one we do not know is `.other`.
public enum SIPMethod: UInt8, Hashable, Sendable, CaseIterable {
  /// Begins a call, or changes one that is up (RFC 3261 section 13).
  case invite
  /// Confirms the final response to an INVITE (RFC 3261 section 17).
  case ack
  /// Ends a call (RFC 3261 section 15).
  case bye
  /// Takes an INVITE back that has no final response yet (RFC 3261 section 9).
  case cancel
  /// Binds a contact to an address-of-record (RFC 3261 section 10).
  case register
  /// Asks what the other side can do; often a keep-alive (RFC 3261 section 11).
  case options
  /// Confirms a provisional response (RFC 3262).
  case prack
  /// Asks for notice of events (RFC 6665).
  case subscribe
  /// Tells of an event (RFC 6665).
  case notify
  /// Hands in event state (RFC 3903).
  case publish
  /// Carries application data within a dialog, such as DTMF (RFC 6086).
  case info
  /// Asks the other side to contact a third party: a transfer (RFC 3515).
  case refer
  /// Carries an instant message (RFC 3428).
  case message
  /// Changes a session without a new INVITE (RFC 3311).
  case update
  /// Any other token; its text is in the start line or in CSeq.
  case other

  /// The method spelled exactly so, in capitals; `.other` for all else, an empty text included.
  public init(_ text: SIPText) {
    self =
      switch text.count {
      case 3: Self.ofThree(text.bytes)
      case 4: text == "INFO" ? .info : .other
      case 5: text == "REFER" ? .refer : text == "PRACK" ? .prack : .other
      case 6: Self.ofSix(text.bytes)
      case 7:
        text == "OPTIONS" ? .options : text == "PUBLISH" ? .publish : text == "MESSAGE" ? .message : .other
      case 8: text == "REGISTER" ? .register : .other
      case 9: text == "SUBSCRIBE" ? .subscribe : .other
      default: .other
      }
  }

  // The methods of calls, compared as numbers: their bytes, the first on top.

  @inline(__always)
  private static func ofThree(_ bytes: UnsafeRawBufferPointer) -> SIPMethod {
    switch UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) {
    case 0x41_434b: .ack
    case 0x42_5945: .bye
    default: .other
    }
  }

  @inline(__always)
  private static func ofSix(_ bytes: UnsafeRawBufferPointer) -> SIPMethod {
    let front = UInt64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
    let back = UInt64(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self)))
    return switch front << 16 | back {
    case 0x494e_5649_5445: .invite
    case 0x4341_4e43_454c: .cancel
    case 0x4e4f_5449_4659: .notify
    case 0x5550_4441_5445: .update
    default: .other
    }
  }
}
