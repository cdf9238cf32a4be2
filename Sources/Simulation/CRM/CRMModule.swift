public import CRMConnectors
import PBXModel
import Primitives

/// Value-added Features > CRM, ready to run: the admin's settings and a client for each set of credentials.
public struct CRMConfiguration: Sendable {
  /// One client and the extensions whose users entered its credentials.
  public struct Client: Sendable {
    /// Numbers of the extensions, each in one client only; of an extension in several the last client counts.
    public let extensions: [String]
    /// The client, not yet logged in.
    public let connector: any CRMConnector

    /// Takes both as they are.
    public init(extensions: [String], connector: any CRMConnector) {
      self.extensions = extensions
      self.connector = connector
    }
  }

  /// The admin's page: which tables are asked, and where unknown numbers go.
  public let settings: CRMSettings
  /// In the order in which they log in; an extension in none of them has no CRM.
  public let clients: [Client]

  /// Takes both as they are.
  public init(settings: CRMSettings, clients: [Client]) {
    self.settings = settings
    self.clients = clients
  }
}

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
    case leanedOn(Assumption)
  }

  private struct Conversation: Sendable {
    let call: Call.ID
    let client: Int
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

  private let settings: CRMSettings
  private var clients: [CRMConfiguration.Client]
  private var connectors: [any CRMConnector]
  private let clientOfExtension: [String: Int]
  private let appliance: ApplianceSettings
  private var conversations: [Call.ID: Conversation] = [:]
  private var questions: [LookupQuestion.ID: Call.ID] = [:]
  private var logs: [CallLogEntry.ID: Call.ID] = [:]
  private var lastQuestion = 0

  init(_ configuration: CRMConfiguration, appliance: ApplianceSettings) {
    settings = configuration.settings
    clients = configuration.clients
    connectors = configuration.clients.map(\.connector)
    self.appliance = appliance
    var clientOfExtension: [String: Int] = [:]
    for (index, client) in configuration.clients.enumerated() {
      for number in client.extensions { clientOfExtension[number] = index }
    }
    self.clientOfExtension = clientOfExtension
  }

  mutating func logIn(at now: Instant, report: (Output) -> Void) {
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
    conversations[call.id] = Conversation(
      call: call.id, client: client, number: number, isInbound: isInbound, phones: [(member.leg.id, agent)],
      agent: agent)
    lastQuestion += 1
    let question = LookupQuestion(
      id: LookupQuestion.ID(rawValue: lastQuestion), number: number, tables: settings.contactLookups,
      addUnknownTo: isInbound ? settings.addUnknownNumber : nil)
    questions[question.id] = call.id
    deliver(connectors[client].lookUp(question, at: now), from: client, at: now, report)
  }

  /// A phone stopped ringing, or hung up.
  mutating func legEnded(_ call: Call.ID, _ leg: Leg.ID) {
    conversations[call]?.phones.removeAll { $0.leg == leg }
  }

  /// The agent's extension, the outside party's number, and whether the outside called; nil for other calls and
  /// for a withheld number, which no CRM can know.
  private func outsideParty(of call: Call, _ member: Call.Member) -> (String, String, Bool)? {
    switch (call.callerParty, member.party) {
    case (.trunk, .account(let agent)): Self.isNumber(call.callerNumber) ? (agent, call.callerNumber, true) : nil
    case (.account(let agent), .trunk):
      Self.isNumber(member.leg.requestUser) ? (agent, member.leg.requestUser, false) : nil
    case (.account, .account), (.trunk, .trunk): nil
    }
  }

  /// Nobody is found under "anonymous", and nobody is to be added under it.
  private static func isNumber(_ text: String) -> Bool { text.utf8.contains { (48...57).contains($0) } }

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
      talkSeconds: max(0, talkSeconds))
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
    deliver(connectors[client].log(entry.about(conversation.record), at: now), from: client, at: now, report)
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
      case .loginStatus(let status): report(.login(extensions: clients[client].extensions, status))
      case .lookedUp(let question, let outcome): lookedUp(question, outcome, at: now, report)
      case .logged(let entry, let outcome):
        if let call = logs.removeValue(forKey: entry) { report(.log(call, outcome)) }
      }
    }
  }

  private func call(of request: CRMRequest) -> Call.ID? {
    switch request.subject {
    case .question(let question): questions[question]
    case .entry(let entry): logs[entry]
    case .none: nil
    }
  }

  private mutating func lookedUp(
    _ question: LookupQuestion.ID, _ outcome: LookupOutcome, at now: Instant, _ report: (Output) -> Void
  ) {
    guard let id = questions.removeValue(forKey: question), var conversation = conversations[id] else { return }
    conversation.isLookedUp = true
    switch outcome {
    case .found(let record):
      conversation.record = record
      if conversation.isInbound { conversation.name = record.name }
    case .added(let record): conversation.record = record
    case .missed, .failed: break
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
}

extension CallLogEntry {
  func about(_ record: CRMRecordReference?) -> CallLogEntry {
    CallLogEntry(
      id: id, direction: direction, number: number, record: record, agentExtension: agentExtension, start: start,
      utcOffsetSeconds: utcOffsetSeconds, talkSeconds: talkSeconds)
  }
}
