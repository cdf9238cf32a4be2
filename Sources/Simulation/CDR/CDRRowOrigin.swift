public import PBXModel

/// Why a row of a call is there.
public enum CDRRowOrigin: Hashable, Sendable {
  /// The call came to a menu or ring group, which has a row of its own.
  case entrance
  /// A leg was dialled; its place among `Call.calleeLegs`.
  case dialled(Int)
  /// A mailbox answered the caller.
  case voicemail
  /// A stay in the parking lot; its place among `Call.turns`.
  case parked(Int)
  /// The caller waited in a queue that rang nobody.
  case queued
  /// The PBX answered the caller itself.
  case answeredByPBX
  /// Nobody was dialled.
  case refusal
  /// The model could not carry the call.
  case refused
  /// The callee cannot be reached here: its phone is not registered, or the model has no place for its leg.
  case unreachable
  /// The mailbox of an extension that is not registered here took the call.
  case mailboxOfAbsent
  /// No trunk of the call's route could take it.
  case withoutTrunk
}

extension CDRDraft {
  /// The call whose rows these are.
  public var call: Call.ID { writer.call.id }

  /// Why each of `session`'s rows is there, in their order.
  public var origins: [CDRRowOrigin] { [first.plan] + others.map(\.plan) }
}
