import CRMConnectors
import PBXModel
import Primitives

extension CRMModule {
  /// The module after Apply Changes, not yet logged in: sessions, tokens and questions on their way are gone, and calls
  /// go on as `Assumption.crmChangeKeepsCalls` says.
  init(
    _ configuration: CRMConfiguration, inPlaceOf former: CRMModule, appliance: ApplianceSettings,
    at now: Instant, report: (Output) -> Void
  ) {
    self.init(configuration, appliance: appliance)
    lastQuestion = former.lastQuestion
    let isSame =
      settings.system == former.settings.system && settings.serverAddress == former.settings.serverAddress
    if !former.conversations.isEmpty || former.unsentLogs > 0 { report(.leanedOn(.crmChangeKeepsCalls)) }
    guard isSame, appliance.keepsCallsOverCRMChange else {
      former.loseCallLogs(report)
      return
    }
    added = former.added.overOtherClients(at: now)
    for entry in former.stores.flatMap(\.unsettled) {
      let call = former.logs[entry.id]
      guard let client = clientOfExtension[entry.agentExtension] else {
        if let call { report(.lost(call, .settingsChanged)) }
        continue
      }
      logs[entry.id] = call
      if let oldest = stores[client].keep(entry) { lose(oldest, .storeFull, report) }
    }
    for (call, conversation) in former.conversations {
      guard let client = clientOfExtension[conversation.agent] else { continue }
      conversations[call] = conversation
      conversations[call]?.client = client
    }
    for conversation in former.conversations.values.sorted(by: { $0.call < $1.call })
    where conversation.entry != nil && conversations[conversation.call] == nil {
      report(.lost(conversation.call, .settingsChanged))
    }
  }

  /// Goes on with what was taken over: questions that had no answer are asked anew, in the new order, and kept call
  /// logs are sent.
  mutating func goOn(at now: Instant, report: (Output) -> Void) {
    for conversation in conversations.values.sorted(by: { $0.call < $1.call }) where !conversation.isLookedUp {
      lookUp(conversation, at: now, report)
    }
    for client in stores.indices { sendLogs(of: client, at: now, report) }
  }

  /// The appliance has no CRM any more: what is kept will not be recorded, and every user is logged out.
  func end(report: (Output) -> Void) {
    loseCallLogs(report)
    for client in clients { report(.login(extensions: client.extensions, .loggedOut(because: .noSystemChosen))) }
    for (extensions, _) in outsiders { report(.login(extensions: extensions, .loggedOut(because: .noSystemChosen))) }
  }

  private func loseCallLogs(_ report: (Output) -> Void) {
    for entry in stores.flatMap(\.unsent) {
      if let call = logs[entry.id] { report(.lost(call, .settingsChanged)) }
    }
    for conversation in conversations.values.sorted(by: { $0.call < $1.call }) where conversation.entry != nil {
      report(.lost(conversation.call, .settingsChanged))
    }
  }

  /// How each extension with a user's page stands; nil while its login is on its way.
  var standings: [String: LoginStatus?] {
    var result: [String: LoginStatus?] = [:]
    for (extensions, reason) in outsiders {
      for number in extensions { result.updateValue(.loggedOut(because: reason), forKey: number) }
    }
    for (client, status) in zip(clients, statuses) {
      for number in client.extensions { result.updateValue(status, forKey: number) }
    }
    return result
  }
}

extension LoginStatus {
  /// Without a word of the CRM's.
  static func loggedOut(because reason: LogoutReason) -> LoginStatus {
    .loggedOut(reason, CRMFailure(status: nil, code: reason.rawValue))
  }
}
