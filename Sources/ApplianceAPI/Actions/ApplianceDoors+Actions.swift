import JSON
import Primitives

extension ApplianceDoors {
  /// What an action of somebody who may do it comes to.
  mutating func carryOut(_ action: APIAction, _ parameters: APIParameters, of state: some ApplianceState) -> APIReply {
    switch action {
    case .challenge, .login: return .failed(.invalidParameters)
    case .logout:
      if let cookie = parameters.text("cookie") { sessions.close(cookie) }
      return .done
    case .ping: return .done
    case .getSystemStatus: return .response(Self.systemStatus(of: state))
    case .getSystemGeneralStatus: return .response(Self.generalStatus(of: state.system))
    case .getFeatureLimits: return .response(Self.featureLimits(of: state))
    case .listAccount: return accounts(of: state).reply(parameters, settings)
    case .getSIPAccount: return account(parameters, of: state)
    case .listUser: return users(of: state).reply(parameters, settings)
    case .listBridgedChannels: return bridged(of: state).reply(parameters, settings)
    case .listUnBridgedChannels: return unbridged(of: state).reply(parameters, settings)
    case .listVoIPTrunk, .listAnalogTrunk, .listDigitalTrunk, .listInboundRoute, .listOutboundRoute, .listQueue,
      .listRingGroup, .listIVR, .listConference, .listVoicemailGroup, .listPaginggroup, .listExtensionGroup,
      .listDepartment, .listIPC, .listZeroConfig, .listAllTrunk, .listSIPTrunk, .listTrunk:
      guard let listing = Self.listings[action] else { return .failed(.unsupported) }
      return listing(Self.facts(state.configuration, action, parameters)).reply(parameters, settings)
    case .getSIPTrunk, .getInboundRoute, .getOutboundRoute, .getQueue, .getIVR:
      return Self.entry(action, parameters, of: state.configuration)
    case .cdrapi: return cdr(parameters, of: state)
    case .recapi: return recording(parameters, of: state)
    case .getRecordInfosByCall: return Self.recordFiles(parameters, of: state)
    case .queueapi: return queueStatistics(parameters, of: state)
    case .getCDRActionTypeList: return .response(["action_type": .array(Self.actionTypes.map { .string($0) })])
    case .getAccountCodeList: return .response(["accountcode": []])
    case .getCRMSettings: return .response(["crm_settings": crm.settingsJSON])
    case .updateCRMSettings: return Self.reply(crm.update(parameters))
    case .getCRMUserSettings:
      guard let number = parameters.text("extension") else { return .failed(.invalidParameters) }
      let user = crm.userJSON(number, invented: settings.revealsSecrets, state.crmStandings[number])
      guard let user else { return .failed(.databaseFailed) }
      return .response(["crm_user_settings": user])
    case .addCRMUserSettings, .updateCRMUserSettings:
      return Self.reply(updateCRMUser(parameters, isNew: action == .addCRMUserSettings, of: state))
    case .applyChanges: return Self.reply(applyChanges())
    case .getResourceUsage, .getPbxStatus, .pmsapi: return .failed(.unsupported)
    case .addSIPAccount, .updateSIPAccount, .addSIPTrunk, .updateSIPTrunk, .addInboundRoute, .updateInboundRoute,
      .deleteInboundRoute, .addOutboundRoute, .updateOutboundRoute, .deleteOutboundRoute, .addQueue, .updateQueue,
      .deleteQueue, .addIVR, .updateIVR, .deleteIVR, .addPaginggroup, .updatePaginggroup, .deletePaginggroup,
      .hangUp, .callbarge, .mute, .unmute, .hold, .unhold, .dialExtension, .dialOutbound, .dialOutboundTwo, .dialIVR,
      .dialIVROutbound, .dialQueue, .dialRinggroup, .callTransfer, .transfercall, .transferNumberInbound,
      .transferNumberOutbound, .acceptCall, .refuseCall, .multicastPaging, .multicastPagingHangup:
      switch settings.callControl {
      case .unsupported: return .failed(.unsupported)
      case .ignored: return .done
      }
    }
  }

  private static func reply(_ status: APIStatus) -> APIReply { status == .success ? .done : .failed(status) }

  /// Those of the page's filter (observed), numbers of menus and groups left out; the whole list was not seen.
  static let actionTypes = [
    "DIAL", "ANNOUNCEMENT", "CALLBACK", "CALLFORWARD", "CONFERENCE", "DISA", "FAX", "FOLLOWME", "IVR", "PAGE",
    "PARKEDCALL", "QUEUE", "RINGGROUP", "TRANSFER", "VM",
  ]
}
