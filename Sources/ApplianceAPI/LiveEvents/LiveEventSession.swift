import JSON
public import Primitives

/// One connection to the appliance's push channel (`/websockify` on 8089; observed with a client of a 6202): JSON in
/// text frames, a login by challenge as at `/api`, then notices of what was subscribed to.
///
/// Requests are `{"type":"request","message":{"transactionid":…,"action":…}}`, notices
/// `{"message":{"action":"notify","eventname":…,"eventbody":[…]}}` (observed). That an answer repeats the transaction
/// and the action beside `status`, and which rights a subscription takes, is assumed.
public struct LiveEventSession: Sendable {
  /// What can be subscribed to (observed).
  public enum Event: String, Hashable, Sendable, CaseIterable {
    /// An extension's status is another.
    case extensionStatus = "ExtensionStatus"
    /// A channel came, changed or went.
    case activeCallStatus = "ActiveCallStatus"

    /// The action whose right it takes.
    var right: APIAction {
      switch self {
      case .extensionStatus: .listAccount
      case .activeCallStatus: .listBridgedChannels
      }
    }
  }

  /// A client that says nothing for so long is gone: one sends a heartbeat every 30 seconds (observed; the limit is
  /// assumed).
  public static let silenceMax = Instant.Span.seconds(90)
  /// Longer texts are no request.
  public static let bytesMax = 16 << 10

  private var user: APIUser?
  private var subscriptions: Set<Event> = []
  private var statuses: [String: String] = [:]
  private var channels: [String: Channel] = [:]
  private var lastHeard: Instant

  private struct Channel: Hashable {
    var isBridged: Bool
    var entry: JSONValue
  }

  /// Nobody is logged in.
  public init(at now: Instant) { lastHeard = now }

  /// Whether the connection has outlived its use.
  public func isOver(at now: Instant) -> Bool { now - lastHeard > Self.silenceMax }

  /// The answer to one text; nil ends the connection: it was no request.
  public mutating func receive(
    _ text: [UInt8], at doors: inout ApplianceDoors, from client: IPAddress?, now: Instant
  ) -> String? {
    lastHeard = now
    guard text.count <= Self.bytesMax, let value = JSONValue(parsing: text), value["type"]?.string == "request",
      let message = value["message"], let action = message["action"]?.string
    else { return nil }
    var members: [JSONValue.Member] = []
    let status: APIStatus
    switch action {
    case "challenge":
      switch doors.challenge(for: message["username"]?.string, from: client, now: now) {
      case .success(let challenge):
        members.append(.init("challenge", .string(challenge)))
        status = .success
      case .failure(let refusal): status = refusal.status
      }
    case "login":
      (status, user) = doors.logIn(
        message["username"]?.string, token: message["token"]?.string, from: client, now: now)
    case "subscribe", "unsubscribe": status = subscribe(message["eventnames"]?.array, isOn: action == "subscribe")
    case "heartbeat": status = user == nil ? .needsAuthentication : .success
    case "logout": (status, user, subscriptions) = (.success, nil, [])
    default: status = user == nil ? .needsAuthentication : .invalidParameters
    }
    members.append(.init("status", .integer(Int64(status.rawValue))))
    let transaction = message["transactionid"]?.string.flatMap { $0.utf8.count <= 128 ? $0 : nil } ?? ""
    members += [.init("action", .string(action)), .init("transactionid", .string(transaction))]
    return Self.text(["type": "response", "message": .object(members)])
  }

  private mutating func subscribe(_ names: [JSONValue]?, isOn: Bool) -> APIStatus {
    guard let user else { return .needsAuthentication }
    guard let names, names.count <= 16 else { return .invalidParameters }
    for name in names {
      guard let event = name.string.flatMap({ Event(rawValue: $0) }) else { return .invalidParameters }
      guard user.rights.allows(event.right) else { return .noPermission }
      if isOn { subscriptions.insert(event) } else { subscriptions.remove(event) }
    }
    return .success
  }

  /// What became of everything subscribed to since the last notices; whoever has just subscribed gets all there is.
  public mutating func notices(of state: some ApplianceState) -> [String] {
    var notices: [String] = []
    if subscriptions.contains(.extensionStatus) {
      let changed = state.accounts.filter { statuses[$0.number] != $0.status }
      for account in changed { statuses[account.number] = account.status }
      let body = changed.map { account in
        JSONValue.object([.init("extension", .string(account.number)), .init("status", .string(account.status))])
      }
      if !body.isEmpty { notices.append(Self.notice(.extensionStatus, body)) }
    }
    if subscriptions.contains(.activeCallStatus) {
      let body = callChanges(to: Self.channels(of: state))
      if !body.isEmpty { notices.append(Self.notice(.activeCallStatus, body)) }
    }
    return notices
  }

  private mutating func callChanges(to new: [String: Channel]) -> [JSONValue] {
    defer { channels = new }
    var body: [JSONValue] = []
    for (id, channel) in channels.sorted(by: { $0.key < $1.key }) where new[id]?.isBridged != channel.isBridged {
      body.append(Self.entry(channel, id, "delete"))
    }
    for (id, channel) in new.sorted(by: { $0.key < $1.key }) {
      let old = channels[id]
      if old?.isBridged != channel.isBridged {
        body.append(Self.entry(channel, id, "add"))
      } else if old != channel {
        body.append(Self.entry(channel, id, "update"))
      }
    }
    return body
  }

  private static func entry(_ channel: Channel, _ id: String, _ action: String) -> JSONValue {
    .object(
      [
        .init("chantype", .string(channel.isBridged ? "bridge" : "unbridge")), .init("action", .string(action)),
        .init("uniqueid", .string(id)),
      ] + (channel.entry.members ?? []))
  }

  private static func channels(of state: some ApplianceState) -> [String: Channel] {
    let zone = state.timeZone
    var channels: [String: Channel] = [:]
    for call in state.bridgedCalls {
      channels[call.caller.id] = Channel(
        isBridged: true,
        entry: [
          "linkedid": .string(call.linkedID), "channel1": .string(call.caller.channel),
          "channel2": .string(call.callee.channel), "callerid1": .string(call.caller.number),
          "callerid2": .string(call.callee.number), "name1": .string(call.caller.name),
          "name2": .string(call.callee.name), "bridge_time": .string(zone.local(call.since).text),
          "inbound_trunk_name": .string(call.inboundTrunk ?? ""),
        ])
    }
    for channel in state.unbridgedChannels {
      channels[channel.side.id] = Channel(
        isBridged: false,
        entry: [
          "linkedid": .string(channel.linkedID), "channel": .string(channel.side.channel),
          "callernum": .string(channel.side.number), "callername": .string(channel.side.name),
          "connectednum": .string(channel.connectedNumber), "connectedname": .string(channel.connectedName),
          "alloc_time": .string(zone.local(channel.since).text), "state": .string(channel.state),
          "service": .string(channel.service), "inbound_trunk_name": .string(channel.inboundTrunk ?? ""),
        ])
    }
    return channels
  }

  private static func notice(_ event: Event, _ body: [JSONValue]) -> String {
    text([
      "type": "request",
      "message": ["action": "notify", "eventname": .string(event.rawValue), "eventbody": .array(body)],
    ])
  }

  private static func text(_ value: JSONValue) -> String { String(decoding: value.bytes(), as: UTF8.self) }
}

extension BridgedCall.Side {
  /// What is invented for Asterisk's unique id where nobody knows it.
  fileprivate var id: String { uniqueID.isEmpty ? channel : uniqueID }
}
