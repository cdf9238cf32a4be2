import CRMConnectors
import PBXModel
import Primitives

/// The appliance's CRM module: asks who calls when a phone rings, and logs each call once after its end.
///
/// A user without CRM login gets no lookup and no log (reference section 6.1, observed: settings are per extension).
struct CRMModule: Sendable {
  /// What the module tells the rest of the appliance.
  enum Output {
    case ask(CRMEnvelope)
    case login(extensions: [String], LoginStatus)
    case lookup(Call.ID, number: String, LookupOutcome)
    /// The caller's name, for phones that ring or talk.
    case show(Call.ID, name: String, phones: [String])
    case log(Call.ID, CallLogOutcome)
    case lost(Call.ID, CallLogLoss)
    case leanedOn(Assumption)
  }

  struct Asked: Sendable {
    let call: Call.ID
    let digits: String
    /// Whether the number may be added for it.
    var mayAdd = false
  }

  /// A question whose number another client is adding.
  struct HeldBack: Sendable {
    let question: LookupQuestion
    let client: Int
    let digits: String
  }

  struct Conversation: Sendable {
    let call: Call.ID
    var client: Int
    /// The outside party.
    let number: String
    let isInbound: Bool
    /// Legs to phones of users with CRM that ring or talk, in the order dialled.
    var phones: [(leg: Leg.ID, number: String)] = []
    /// The first phone of a user with CRM.
    let agent: String
    var record: CRMRecordReference?
    /// What phones show; nil until the lookup found something.
    var name: String?
    var isLookedUp = false
    /// Waits for the lookup when the call ended first.
    var entry: CallLogEntry?
  }

  let settings: CRMSettings
  let clients: [CRMConfiguration.Client]
  /// Extensions of no client, and why.
  let outsiders: [(extensions: [String], reason: LogoutReason)]
  private var connectors: [any CRMConnector]
  let clientOfExtension: [String: Int]
  let appliance: ApplianceSettings
  var conversations: [Call.ID: Conversation] = [:]
  var questions: [LookupQuestion.ID: Asked] = [:]
  var heldBack: [HeldBack] = []
  var added = AddedCallers()
  /// By client.
  var stores: [CallLogStore]
  var logs: [CallLogEntry.ID: Call.ID] = [:]
  var lastQuestion = 0
  private var isSendingLogs = false
  /// The earliest moment at which a store wants to try again.
  private(set) var nextWakeUp: Instant?
  /// By client; nil while a login is on its way.
  private(set) var statuses: [LoginStatus?]

  init(_ configuration: CRMConfiguration, appliance: ApplianceSettings) {
    settings = configuration.settings
    clients = configuration.clients
    connectors = configuration.clients.map(\.connector)
    outsiders = [
      (configuration.disabledExtensions, .userDisabled), (configuration.incompleteExtensions, .credentialsMissing),
    ].filter { !$0.0.isEmpty }
    stores = configuration.clients.map { _ in CallLogStore(settings: appliance) }
    statuses = configuration.clients.map { _ in nil }
    self.appliance = appliance
    var clientOfExtension: [String: Int] = [:]
    for (index, client) in configuration.clients.enumerated() {
      for number in client.extensions { clientOfExtension[number] = index }
    }
    self.clientOfExtension = clientOfExtension
  }

  /// Calls that are to be recorded and are not, as far as is known here.
  var unsentLogs: Int { stores.reduce(0) { $0 + $1.unsent.count } }

  mutating func logIn(at now: Instant, report: (Output) -> Void) {
    for (extensions, reason) in outsiders { report(.login(extensions: extensions, .loggedOut(because: reason))) }
    for index in connectors.indices {
      deliver(connectors[index].logIn(at: now), from: index, at: now, report)
    }
  }

  /// A phone or a trunk was dialled.
  mutating func dialled(_ call: Call, _ member: Call.Member, at now: Instant, report: (Output) -> Void) {
    guard let (agent, number, isInbound) = outsideParty(of: call, member), let client = clientOfExtension[agent]
    else { return }
    if let name = conversations[call.id]?.name, isInbound { report(.show(call.id, name: name, phones: [agent])) }
    if conversations[call.id] != nil {
      conversations[call.id]?.phones.append((member.leg.id, agent))
      return
    }
    guard isInbound || appliance.looksUpOutboundCalls else { return }
    report(.leanedOn(isInbound ? .crmLookupOncePerCall : .crmOutboundLookup))
    let conversation = Conversation(
      call: call.id, client: client, number: number, isInbound: isInbound, phones: [(member.leg.id, agent)],
      agent: agent)
    conversations[call.id] = conversation
    lookUp(conversation, at: now, report)
  }

  mutating func lookUp(_ conversation: Conversation, at now: Instant, _ report: (Output) -> Void) {
    guard let digits = (try? settings.numbers.number(shown: conversation.number))?.identity else { return }
    if settings.numbers.manner == .vendorAddIn { report(.leanedOn(.crmAsksAsVendorAddIn)) }
    lastQuestion += 1
    let question = LookupQuestion(
      id: LookupQuestion.ID(rawValue: lastQuestion), number: conversation.number, tables: settings.contactLookups,
      addUnknownTo: conversation.isInbound ? settings.addUnknownNumber : nil)
    questions[question.id] = Asked(call: conversation.call, digits: digits)
    ask(HeldBack(question: question, client: conversation.client, digits: digits), at: now, report)
  }

  mutating func ask(_ held: HeldBack, at now: Instant, _ report: (Output) -> Void) {
    var question = held.question
    if question.addUnknownTo != nil {
      switch added.begin(held.digits, by: held.client, at: now) {
      case .wait:
        heldBack.append(held)
        return
      case .ask(let mayAdd):
        if !mayAdd { question = question.withoutAdding }
        questions[question.id]?.mayAdd = mayAdd
      }
    }
    deliver(connectors[held.client].lookUp(question, at: now), from: held.client, at: now, report)
  }

  /// A phone stopped ringing, or hung up.
  mutating func legEnded(_ call: Call.ID, _ leg: Leg.ID) {
    conversations[call]?.phones.removeAll { $0.leg == leg }
  }

  /// The call became a part of another, which has the log of both.
  mutating func joined(_ call: Call.ID) {
    conversations[call] = nil
  }

  /// The agent's extension, the outside party's number, and whether the outside called; nil for other calls and for
  /// what nobody is asked about, as a withheld number, which no CRM can know.
  private func outsideParty(of call: Call, _ member: Call.Member) -> (String, String, Bool)? {
    switch (call.callerParty, member.party) {
    case (.trunk, .account(let agent)): isAsked(call.callerNumber) ? (agent, call.callerNumber, true) : nil
    case (.account(let agent), .trunk):
      isAsked(member.leg.requestUser) ? (agent, member.leg.requestUser, false) : nil
    case (.account, .account), (.trunk, .trunk): nil
    }
  }

  private func isAsked(_ text: String) -> Bool { (try? settings.numbers.number(shown: text)) != nil }

  mutating func ended(_ call: Call, utcOffsetSeconds: Int, at now: Instant, report: (Output) -> Void) {
    guard let conversation = conversations[call.id] else { return }
    let isInbound = call.callerParty.isTrunk
    let talker = call.calleeLegs.first { $0.leg.answer != nil }
    let agent = isInbound ? talker?.party.accountNumber ?? conversation.agent : call.callerParty.accountNumber
    let talkSeconds = talker?.leg.answer.flatMap { answer in call.end.map { ($0 - answer).wholeSeconds } } ?? 0
    let direction: CallLogEntry.Direction = !isInbound ? .outbound : talker == nil ? .missed : .inbound
    conversations[call.id]?.entry = CallLogEntry(
      id: CallLogEntry.ID(rawValue: call.id.rawValue), direction: direction, number: conversation.number,
      record: nil, agentExtension: agent ?? "", start: call.start, utcOffsetSeconds: utcOffsetSeconds,
      talkSeconds: max(0, talkSeconds), mark: "\(call.start.seconds).\(call.id.rawValue)")
    if conversation.isLookedUp { log(call.id, at: now, report) }
  }

  private mutating func log(_ id: Call.ID, at now: Instant, _ report: (Output) -> Void) {
    guard let conversation = conversations.removeValue(forKey: id), let entry = conversation.entry else { return }
    if conversation.record == nil {
      guard appliance.logsCallsOfUnknownNumbers else { return }
      report(.leanedOn(.crmLogsUnknownNumbers))
    }
    logs[entry.id] = id
    // The talker's own user logs the call; the phone that rang first asked.
    let client = clientOfExtension[entry.agentExtension] ?? conversation.client
    if let oldest = stores[client].keep(entry.about(conversation.record)) { lose(oldest, .storeFull, report) }
    sendLogs(of: client, at: now, report)
  }

  mutating func sendLogs(of client: Int, at now: Instant, _ report: (Output) -> Void) {
    // A client may answer at once, and the loop below goes on with the next call then.
    guard !isSendingLogs else { return }
    isSendingLogs = true
    defer { isSendingLogs = false }
    while let entry = stores[client].next(at: now) {
      deliver(connectors[client].log(entry, at: now), from: client, at: now, report)
    }
    nextWakeUp = stores.lazy.compactMap(\.nextWakeUp).min()
  }

  mutating func lose(_ entry: CallLogEntry, _ loss: CallLogLoss, _ report: (Output) -> Void) {
    if let call = logs.removeValue(forKey: entry.id) { report(.lost(call, loss)) }
  }

  /// Lets time pass: calls kept for a better time are tried again.
  mutating func advance(to now: Instant, report: (Output) -> Void) {
    guard let due = nextWakeUp, due <= now else { return }
    for client in stores.indices { sendLogs(of: client, at: now, report) }
  }

  mutating func stopSendingLogs() {
    isSendingLogs = true
    nextWakeUp = nil
  }

  /// The run is over; what is still kept will not be recorded in it.
  mutating func finish(report: (Output) -> Void) {
    for store in stores {
      for entry in store.unsent { lose(entry, .unsentAtEnd, report) }
    }
    for client in stores.indices { stores[client].clear() }
  }

  mutating func receive(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, at now: Instant, report: (Output) -> Void
  ) {
    guard connectors.indices.contains(envelope.connector) else { return }
    let outputs = connectors[envelope.connector].receive(answer, for: envelope.request.id, at: now)
    deliver(outputs, from: envelope.connector, at: now, report)
  }

  private mutating func deliver(
    _ outputs: [ConnectorOutput], from client: Int, at now: Instant, _ report: (Output) -> Void
  ) {
    for output in outputs {
      switch output {
      case .send(let request):
        report(.ask(CRMEnvelope(connector: client, call: call(of: request), request: request)))
      case .loginStatus(let status):
        statuses[client] = status
        report(.login(extensions: clients[client].extensions, status))
      case .lookedUp(let question, let outcome): lookedUp(question, outcome, from: client, at: now, report)
      case .logged(let entry, let outcome): logged(entry, outcome, from: client, at: now, report)
      }
    }
  }

  private mutating func logged(
    _ entry: CallLogEntry.ID, _ outcome: CallLogOutcome, from client: Int, at now: Instant,
    _ report: (Output) -> Void
  ) {
    if let news = stores[client].settle(entry, outcome, at: now), let call = logs[entry] {
      switch news {
      case .logged, .failed: logs[entry] = nil
      case .postponed: report(.leanedOn(.crmKeepsCallLogs))
      }
      report(.log(call, news))
    }
    sendLogs(of: client, at: now, report)
  }

  private func call(of request: CRMRequest) -> Call.ID? {
    switch request.subject {
    case .question(let question): questions[question]?.call
    case .entry(let entry): logs[entry]
    case .none: nil
    }
  }

  private mutating func lookedUp(
    _ question: LookupQuestion.ID, _ outcome: LookupOutcome, from client: Int, at now: Instant,
    _ report: (Output) -> Void
  ) {
    guard let asked = questions.removeValue(forKey: question) else { return }
    let outcome = added.end(asked.digits, by: client, outcome, mayAdd: asked.mayAdd, at: now)
    defer { askHeldBack(about: asked.digits, at: now, report) }
    let id = asked.call
    guard var conversation = conversations[id] else { return }
    conversation.isLookedUp = true
    conversation.record = outcome.record
    switch outcome {
    case .found(let record), .ambiguous(let record?, _):
      if conversation.isInbound { conversation.name = record.name }
    case .added, .ambiguous(nil, _), .missed, .failed: break
    }
    conversations[id] = conversation
    report(.lookup(id, number: conversation.number, outcome))
    if let name = conversation.name {
      var phones: [String] = []
      for phone in conversation.phones where !phones.contains(phone.number) { phones.append(phone.number) }
      report(.show(id, name: name, phones: phones))
    }
    if conversation.entry != nil { log(id, at: now, report) }
  }

  private mutating func askHeldBack(about digits: String, at now: Instant, _ report: (Output) -> Void) {
    let due = heldBack.filter { $0.digits == digits }
    guard !due.isEmpty else { return }
    heldBack.removeAll { $0.digits == digits }
    for held in due { ask(held, at: now, report) }
  }
}

extension LookupQuestion {
  fileprivate var withoutAdding: LookupQuestion {
    LookupQuestion(id: id, number: number, tables: tables, addUnknownTo: nil)
  }
}

extension CallLogEntry {
  func about(_ record: CRMRecordReference?) -> CallLogEntry {
    CallLogEntry(
      id: id, direction: direction, number: number, record: record, agentExtension: agentExtension, start: start,
      utcOffsetSeconds: utcOffsetSeconds, talkSeconds: talkSeconds, mark: mark, mayExist: mayExist)
  }
}
