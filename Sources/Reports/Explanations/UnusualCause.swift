import PBXModel
import Simulation

/// The first thing in the chain that made a call differ from a plain answered one.
public struct UnusualCause: Hashable, Sendable {
  /// What it is. The raw value is the name reports give it; cases stand in the order of the chain.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It ran when the trace began.
    case ranAtStart
    /// It became a part of another call.
    case joinedIntoAnother
    /// The trace shows one side of the PBX, or no PBX is known.
    case oneSideOnly
    /// A leg fits another running call as well.
    case ambiguousJoin
    /// The model's power failed while it was up, or had failed before.
    case powerFailure
    /// The model had no place for it.
    case refusedByLimit
    /// A trunk had no place for it.
    case refusedByTrunkLimit
    /// The extension dialled is registered on the recorded box and not on the model.
    case notRegisteredHere
    /// The one who answered was not dialled by the model, and others rang.
    case outcomeUnknown
    /// The caller was challenged and sent no credentials.
    case unauthenticated
    /// The extension dialled has no contact bound.
    case notRegistered
    /// What was dialled is nobody's number.
    case unknownNumber
    /// The PBX forbade it.
    case noPermission
    /// The PBX refused it for another reason.
    case refusedByPBX
    /// Nobody was dialled, for the PBX answered itself.
    case answeredByPBX
    /// A phone was engaged.
    case busy
    /// Somebody declined.
    case declined
    /// A phone sent the call on (3xx), or its extension does.
    case forwarded
    /// A phone or trunk refused it for another reason.
    case refusedByCallee
    /// A phone or trunk did not react at all.
    case noReaction
    /// A phone rang until the PBX gave up.
    case noAnswer
    /// The caller gave up.
    case cancelledByCaller
    /// Somebody answered and the caller was not connected.
    case answerNotPassedOn
    /// One party handed the other over.
    case transferred
    /// It waited in the parking lot.
    case parked
    /// Somebody else picked it up.
    case pickedUp
    /// The trace lacks a message that must have been there.
    case messageMissing
    /// It still ran when the trace ended.
    case stillRunning
    /// No extension on it has a CRM user.
    case noCRMUser
    /// Its caller is withheld, so nobody can be looked up.
    case withheldNumber
    /// The CRM user could not log in.
    case crmLoginFailed
    /// The CRM did not say who it was.
    case lookupFailed
    /// Several in the CRM have the number.
    case lookupAmbiguous
    /// Nobody in the CRM has the number.
    case lookupMissed
    /// Nobody in the CRM had the number, which was added.
    case lookupAdded
    /// The CRM did not record it.
    case callLogFailed
  }

  /// What it is.
  public let kind: Kind
  /// In one plain sentence. May hold what the wire held and is not yet made printable.
  public let sentence: String
  /// The frame that shows it; nil where none does.
  public let frame: Int?

  init(_ kind: Kind, _ sentence: String, frame: Int? = nil) {
    self.kind = kind
    self.sentence = sentence
    self.frame = frame
  }

  /// nil for a call like any other.
  static func first(
    of call: Call, _ messages: CallMessages, _ observations: CallObservations, _ setting: Explanation.Setting
  ) -> UnusualCause? {
    CauseFinder(call: call, messages: messages, observations: observations, setting: setting).first
  }
}
