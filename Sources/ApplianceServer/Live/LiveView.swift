public import ApplianceAPI
import ApplianceWeb
import PBXModel
public import Primitives
import Simulation

/// A live appliance as of one moment; its rows are those of the moment they are asked for.
public struct LiveView: ApplianceState, Sendable {
  let appliance: LiveAppliance
  let state: LiveState
  /// The moment on the trace's clock.
  public let now: Instant
  let clockState: ReplayClock
  /// How the call of one row went, where somebody has looked.
  var flow: (row: Int64, flow: CallFlow)?

  private var site: Site { appliance.site }

  /// The site's.
  public var timeZone: SiteTimeZone { site.timeZone }

  /// The model, and the invented numbers on its label.
  public var system: SystemFacts {
    let box = appliance.identity
    return SystemFacts(
      model: box.model, hardwareRevision: box.hardwareRevision, firmware: box.firmware, mac: box.mac,
      serialNumber: box.serialNumber, partNumber: box.partNumber, bootedAt: state.bootedAt ?? now,
      callsInUse: state.calls.count)
  }

  /// Those of the site file, and those that registered.
  public var accounts: [AccountFacts] {
    var numbers = Set(site.extensions.map(\.number))
    for (number, status) in state.statuses where status != .unavailable { numbers.insert(number) }
    return numbers.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map(facts)
  }

  private func facts(_ number: String) -> AccountFacts {
    let account = site.account(number)
    // One that does not register is idle from the beginning.
    let isFixed = account.map { !$0.registers && !$0.addresses.isEmpty } ?? false
    let status = state.statuses[number] ?? (isFixed ? .idle : .unavailable)
    var facts = AccountFacts(number: number, name: account?.name ?? "", status: status.rawValue)
    facts.address = state.addresses[number].map { endpoint in
      endpoint.description + (state.phones[number].map { " (\($0))" } ?? "")
    }
    guard let account else { return facts }
    facts.contactsMax = account.concurrentRegistrations ?? site.concurrentRegistrations
    facts.hasVoicemail = account.hasVoicemail
    facts.hasDoNotDisturb = account.hasDoNotDisturb
    facts.ringTimeoutSeconds = account.ringTimeoutSeconds ?? site.ringTimeoutSeconds
    facts.forwardAlways = account.forwardAlways
    facts.forwardBusy = account.forwardBusy
    facts.forwardNoAnswer = account.forwardNoAnswer
    facts.autoRecord = account.autoRecord.rawValue
    return facts
  }

  var calls: [LiveCall] { state.calls.values.sorted { $0.id < $1.id } }

  /// By the order in which the calls began.
  public var bridgedCalls: [BridgedCall] {
    calls.compactMap { call in
      guard let callee = call.callees.first(where: { $0.answer != nil }) else { return nil }
      var bridged = BridgedCall(
        caller: side(call.caller), callee: side(callee), since: callee.answer ?? call.start,
        inboundTrunk: call.inboundTrunk)
      bridged.outboundTrunk = site.trunks.first { callee.name.hasPrefix("PJSIP/trunk_\($0.index)-") }?.name
      bridged.linkedID = bridged.caller.uniqueID
      return bridged
    }
  }

  /// By the order in which the calls began.
  public var unbridgedChannels: [UnbridgedChannel] {
    calls.flatMap { call -> [UnbridgedChannel] in
      if call.callees.contains(where: { $0.answer != nil }) { return [] }
      let state = call.caller.answer == nil ? "Ring" : "Up"
      let caller = UnbridgedChannel(
        side: side(call.caller), connectedNumber: call.dialled, connectedName: "", since: call.start, state: state,
        service: service(call.dialled))
      let callees = call.callees.map { callee in
        UnbridgedChannel(
          side: side(callee), connectedNumber: call.caller.number, connectedName: call.caller.displayName,
          since: callee.start, state: callee.isRinging ? "Ringing" : "Up")
      }
      return ([caller] + callees).map { channel in
        var channel = channel
        channel.linkedID = caller.side.uniqueID
        channel.inboundTrunk = call.inboundTrunk
        return channel
      }
    }
  }

  private func service(_ dialled: String) -> String {
    if site.queues.contains(where: { $0.number == dialled }) { return "queue" }
    return site.conferenceRooms.contains(dialled) ? "confbridge" : "normal"
  }

  private func side(_ channel: LiveCall.Channel) -> BridgedCall.Side {
    var side = BridgedCall.Side(channel: channel.name, number: channel.number, name: channel.displayName)
    // As Asterisk counts, and as the rows do: the serial behind the moment the channel came.
    let serial = channel.name.split(separator: "-").last.flatMap { Int($0, radix: 16) } ?? 0
    side.uniqueID = "\(channel.start.seconds).\(serial)"
    return side
  }

  /// What the site file says.
  public var configuration: ConfigurationFacts { ConfigurationFacts(site) }
  /// As of the last change.
  public var limits: [LimitFacts] { state.limits }

  /// Rows as the model's firmware lays them out.
  public func cdrDocument(_ request: CDRRequest) throws(CDRRequest.Refusal) -> CDRDocument {
    try appliance.rows.document(request)
  }

  /// From the rows of queues.
  public func queueCalls(_ request: QueueRequest) throws(CDRRequest.Refusal) -> [QueueCall] {
    try appliance.rows.queueCalls(request)
  }

  /// As far as agents dialled codes of the site, or those of the appliance's documents.
  public func agentSpells(
    _ state: AgentState, _ request: QueueRequest
  ) throws(CDRRequest.Refusal) -> [AgentSpell] {
    let dialled = try appliance.rows.agentCodes(of: appliance.site)
    return AgentHistory(dialled, of: appliance.site).spells(state, request)
  }

  /// Of its newest row.
  public func recordFiles(ofRow id: Int64) -> String? { appliance.rows.recordFiles(ofRow: id) }

  /// A trace of signalling has no sound.
  public func recording(named name: String) -> [UInt8]? { nil }
}
