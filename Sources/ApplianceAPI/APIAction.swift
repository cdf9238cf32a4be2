/// What can be asked for at `/api`: the actions that clients of real appliances send (observed).
///
/// The raw value is what `action` says; some go by two names (observed).
public enum APIAction: String, Hashable, Sendable, CaseIterable {
  // Logging in: for everybody.
  case challenge, login, logout
  // Keeps a session open (a catalogue of firmware 1.0.33; what it answers is assumed).
  case ping
  // The appliance itself.
  case getSystemStatus, getSystemGeneralStatus, getFeatureLimits, getResourceUsage, getPbxStatus
  // What is set up.
  case listAccount, getSIPAccount, listUser, listExtensionGroup, listDepartment, listVoIPTrunk, listAnalogTrunk
  case listDigitalTrunk, listAllTrunk, listSIPTrunk, listTrunk, listInboundRoute, listOutboundRoute, listQueue
  case listRingGroup, listIVR, listConference, listVoicemailGroup, listPaginggroup, listIPC, listZeroConfig
  case getSIPTrunk, getInboundRoute, getOutboundRoute, getQueue, getIVR
  // What goes on.
  case listBridgedChannels, listUnBridgedChannels
  // What was.
  case cdrapi, recapi, queueapi, pmsapi, getCDRActionTypeList, getAccountCodeList, getRecordInfosByCall
  // The CRM pages.
  case getCRMSettings, updateCRMSettings, getCRMUserSettings, addCRMUserSettings, updateCRMUserSettings
  // What would change the appliance or its calls.
  case applyChanges, addSIPAccount, updateSIPAccount, addSIPTrunk, updateSIPTrunk
  case addInboundRoute, updateInboundRoute, deleteInboundRoute, addOutboundRoute, updateOutboundRoute
  case deleteOutboundRoute, addQueue, updateQueue, deleteQueue, addIVR, updateIVR, deleteIVR
  case addPaginggroup, updatePaginggroup, deletePaginggroup
  case hangUp = "Hangup"
  case callbarge, mute, unmute, hold, unhold, dialExtension, dialOutbound, dialOutboundTwo, dialIVR, dialIVROutbound
  case dialQueue, dialRinggroup, callTransfer, transfercall, transferNumberInbound, transferNumberOutbound
  case acceptCall, refuseCall
  case multicastPaging = "MulticastPaging"
  case multicastPagingHangup = "MulticastPagingHangup"

  /// The action of that name; nil for one nobody has seen.
  public init?(name: String) {
    switch name {
    case "hangup": self = .hangUp
    case "listPagingGroup": self = .listPaginggroup
    default:
      guard let action = APIAction(rawValue: name) else { return nil }
      self = action
    }
  }

  /// Whether it is part of logging in, which needs no right.
  var isLogin: Bool { self == .challenge || self == .login || self == .logout }
}

/// What a user of the API may do; the appliance grants each action by itself (observed).
public enum APIRights: Hashable, Sendable {
  /// Everything there is.
  case everything
  /// Everything but these.
  case everythingBut(Set<APIAction>)
  /// Only these.
  case only(Set<APIAction>)

  /// Whether the action is granted; logging in and out needs no right.
  public func allows(_ action: APIAction) -> Bool {
    if action.isLogin { return true }
    switch self {
    case .everything: return true
    case .everythingBut(let actions): return !actions.contains(action)
    case .only(let actions): return actions.contains(action)
    }
  }
}
