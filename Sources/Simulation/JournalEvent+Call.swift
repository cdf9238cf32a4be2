public import PBXModel

extension JournalEvent {
  /// The call it is about; of two that became one, the one that is no more. nil for what is about no call.
  public var call: Call.ID? {
    switch self {
    case .callStarted(let call, _, _, _), .callRefused(let call, _, _, _, _, _, _, _, _),
      .legNotDialled(let call, _, _),
      .failedOver(let call, _, _), .callNotRecorded(let call), .callRetried(let call, _), .outcomeUnknown(let call, _),
      .callAnswered(let call, _), .callJoined(let call, _), .callTransferred(let call, _),
      .callEnded(let call, _, _, _, _), .callWithoutRow(let call), .display(let call, _, _), .crmLookup(let call, _, _),
      .crmLog(let call, _), .crmLogLost(let call, _), .rowsNotStored(let call, _, _):
      call
    case .registered, .unregistered, .registrationRefused, .extensionState, .crmLogin, .systemEvent, .powerCut, .booted,
      .cdrCleaned, .crmSettingsApplied:
      nil
    }
  }
}
