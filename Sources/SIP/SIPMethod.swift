/// A request method. Methods are case-sensitive tokens (RFC 3261 section 7.1); one we do not know is `.other`.
public enum SIPMethod: UInt8, Hashable, Sendable, CaseIterable {
  case invite, ack, bye, cancel, register, options, prack
  case subscribe, notify, publish, info, refer, message, update, other

  public init(_ text: SIPText) {
    self =
      switch text.count {
      case 3: text == "ACK" ? .ack : text == "BYE" ? .bye : .other
      case 4: text == "INFO" ? .info : .other
      case 5: text == "REFER" ? .refer : text == "PRACK" ? .prack : .other
      case 6:
        text == "INVITE"
          ? .invite
          : text == "CANCEL" ? .cancel : text == "NOTIFY" ? .notify : text == "UPDATE" ? .update : .other
      case 7:
        text == "OPTIONS" ? .options : text == "PUBLISH" ? .publish : text == "MESSAGE" ? .message : .other
      case 8: text == "REGISTER" ? .register : .other
      case 9: text == "SUBSCRIBE" ? .subscribe : .other
      default: .other
      }
  }
}
