import JSON
public import Primitives

/// One connection to the appliance's push channel (`/websockify` on 8089; documented, and observed with clients of a
/// 6202 and a 6204): JSON in text frames, a login by challenge as at `/api`, then notices of what was subscribed to.
///
/// Requests are `{"type":"request","message":{"transactionid":…,"action":…}}`, notices
/// `{"type":"request","message":[{"action":"notify","eventname":…,"eventbody":…}]}`: documented with the message as an
/// object, observed as a list, which is what a client of a 6204 insists on. Where the documents have a user of the API
/// log in, that client needed one of the web interface; here it is one of the API. That an answer repeats the
/// transaction and the action beside `status` is assumed.
public struct LiveEventSession: Sendable {
  /// A client that says nothing for so long is gone: one sends a heartbeat every 30 seconds (observed; the limit is
  /// assumed).
  public static let silenceMax = Instant.Span.seconds(90)
  /// Longer texts are no request.
  public static let bytesMax = 16 << 10
  /// More names in one request are none.
  private static let namesMax = 64
  /// More topics at once are refused.
  private static let topicsMax = 256

  private var user: APIUser?
  private var topics: Set<LiveEventTopic> = []
  private var told = LiveEventNotices()
  private var lastHeard: Instant

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
      // The proof goes by two names: `token` (observed) and `password` (documented).
      (status, user) = doors.logIn(
        message["username"]?.string, token: (message["token"] ?? message["password"])?.string, from: client, now: now)
    case "subscribe", "unsubscribe": status = subscribe(message["eventnames"]?.array, isOn: action == "subscribe")
    case "heartbeat": status = user == nil ? .needsAuthentication : .success
    case "logout": (status, user, topics) = (.success, nil, [])
    // What is asked at `/api` is not answered here (observed).
    default: status = user == nil ? .needsAuthentication : .unsupported
    }
    members.append(.init("status", .integer(Int64(status.rawValue))))
    let transaction = message["transactionid"]?.string.flatMap { $0.utf8.count <= 128 ? $0 : nil } ?? ""
    members += [.init("action", .string(action)), .init("transactionid", .string(transaction))]
    return Self.text(["type": "response", "message": .object(members)])
  }

  /// All of them, or none where one is unknown (observed) or not granted.
  private mutating func subscribe(_ names: [JSONValue]?, isOn: Bool) -> APIStatus {
    guard let user else { return .needsAuthentication }
    guard let names, names.count <= Self.namesMax else { return .invalidParameters }
    var wanted: Set<LiveEventTopic> = []
    for name in names {
      guard let topic = name.string.flatMap({ LiveEventTopic($0) }) else { return .generalError }
      guard user.rights.allows(topic.event.right) else { return .noPermission }
      wanted.insert(topic)
    }
    guard isOn else {
      topics.subtract(wanted)
      return .success
    }
    guard topics.union(wanted).count <= Self.topicsMax else { return .invalidParameters }
    topics.formUnion(wanted)
    return .success
  }

  /// What became of everything subscribed to since the last notices; whoever has just subscribed gets all there is.
  public mutating func notices(of state: some ApplianceState) -> [String] {
    guard !topics.isEmpty else { return [] }
    return told.update(topics, to: state).map { event, body in
      Self.text([
        "type": "request",
        "message": [["action": "notify", "eventname": .string(event.rawValue), "eventbody": body]],
      ])
    }
  }

  private static func text(_ value: JSONValue) -> String { String(decoding: value.bytes(), as: UTF8.self) }
}
