/// The dialog that an INVITE takes over (RFC 3891 section 6.1).
public struct Replaces {
  /// Call-ID of that dialog.
  public let callID: SIPText
  /// Tag of the side that receives the INVITE.
  public let toTag: SIPText
  /// Tag of the other side; `0` where it had none.
  public let fromTag: SIPText
  /// Only a dialog that is not answered yet may be taken over.
  public let isEarlyOnly: Bool

  /// nil without a Call-ID or without one of the tags.
  public init?(_ value: SIPText) {
    let parameters = HeaderParameters(of: value)
    callID = value.beforeParameters
    guard !callID.isEmpty, let to = parameters.value("to-tag"), let from = parameters.value("from-tag") else {
      return nil
    }
    (toTag, fromTag) = (to, from)
    isEarlyOnly = parameters.value("early-only") != nil
  }
}
