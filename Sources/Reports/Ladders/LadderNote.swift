import Primitives
import SIP
public import SIPCapture

/// A message as a ladder needs it, copied while nobody knows yet to which call it belongs.
///
/// Holds no body, no credentials but the account's name, and of every text the beginning.
public struct LadderNote: Sendable {
  /// Of the Call-ID: the same for all messages of a dialog, and for `Leg.callID`.
  public let callIDHash: UInt64
  /// The message of leg 0.
  let message: LadderMessage
  let source: IPEndpoint
  let destination: IPEndpoint
  let fromTag: UInt64?
  let toTag: UInt64?
  /// An INVITE that asks for a new dialog.
  public let isInitial: Bool

  /// nil for a message without Call-ID and CSeq, and for what belongs to no call: a REGISTER and its answers.
  public init?(_ captured: CapturedMessage) {
    guard let callID = captured.message.callID, let cseq = captured.message.cseq, cseq.method != .register,
      let message = LadderMessage(captured, leg: 0, isFromFarEnd: false)
    else { return nil }
    callIDHash = Self.hash(of: callID)
    self.message = message
    source = captured.source
    destination = captured.destination
    fromTag = captured.message.from?.tag?.stableHash
    toTag = captured.message.to?.tag?.stableHash
    isInitial = captured.message.method == .invite && captured.message.to?.tag == nil
  }

  /// The hash of a Call-ID as texts have it: where it is no UTF-8, of what a text makes of it.
  static func hash(of callID: SIPText) -> UInt64 {
    guard callID.bytes.contains(where: { $0 >= 0x80 }) else { return callID.stableHash }
    return hash(of: callID.string)
  }

  /// The hash of a leg's Call-ID.
  public static func hash(of callID: String) -> UInt64 {
    var callID = callID
    return callID.withUTF8 { SIPText(UnsafeRawBufferPointer($0)).stableHash }
  }

  /// Memory it takes, about.
  public var bytes: Int { MemoryLayout<LadderNote>.stride + message.textBytes }
}
