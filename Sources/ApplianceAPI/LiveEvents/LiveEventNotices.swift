import JSON

/// What one client of the push channel was told, and so what is news to it.
struct LiveEventNotices {
  private var extensions: [String: Standing] = [:]
  private var queues: [String: [String: String]] = [:]
  private var channels: [String: LiveChannel] = [:]
  private var numbers: JSONValue?

  private struct Standing: Hashable {
    let status: String
    let address: String?
  }

  /// Events with their bodies, in the order of `LiveEvent`.
  mutating func update(_ topics: Set<LiveEventTopic>, to state: some ApplianceState) -> [(LiveEvent, JSONValue)] {
    let byEvent = Dictionary(grouping: topics, by: \.event)
    var notices: [(LiveEvent, JSONValue)] = []
    if byEvent[.pbxStatus] != nil {
      let now = Self.numbers(of: state)
      if now != numbers { notices.append((.pbxStatus, now)) }
      numbers = now
    }
    if let topics = byEvent[.extensionStatus] {
      let body = extensionChanges(topics, state)
      if !body.isEmpty { notices.append((.extensionStatus, .array(body))) }
    }
    if byEvent[.activeCallStatus] != nil {
      let body = channelChanges(to: LiveChannel.all(of: state))
      if !body.isEmpty { notices.append((.activeCallStatus, .array(body))) }
    }
    if let topics = byEvent[.callQueueStatus] {
      let body = queueChanges(topics, state)
      if !body.isEmpty { notices.append((.callQueueStatus, .array(body))) }
    }
    return notices
  }

  /// Members are documented; a parking lot is not told of, and every trunk counts as available (assumed).
  private static func numbers(of state: some ApplianceState) -> JSONValue {
    let registered = state.accounts.count { $0.status != "Unavailable" }
    let rooms = Set(state.unbridgedChannels.filter { $0.service == "confbridge" }.map(\.connectedNumber))
    return [
      "calls_num": .integer(Int64(state.system.callsInUse)), "extension_register": .integer(Int64(registered)),
      "meetroom_inuse": .integer(Int64(rooms.count)),
      "available_trunk_number": .integer(Int64(state.configuration.trunks.count)),
      "queue_count": .integer(Int64(state.configuration.queues.count)),
    ]
  }

  private mutating func extensionChanges(_ topics: [LiveEventTopic], _ state: some ApplianceState) -> [JSONValue] {
    var body: [JSONValue] = []
    for account in state.accounts where topics.contains(where: { $0.covers(account.number) }) {
      let standing = Standing(status: account.status, address: account.address)
      guard extensions[account.number] != standing else { continue }
      extensions[account.number] = standing
      body.append([
        "extension": .string(account.number), "status": .string(account.status),
        "addr": .string(account.address ?? "-"),
      ])
    }
    return body
  }

  /// Agents' words are those of extensions (assumed).
  private mutating func queueChanges(_ topics: [LiveEventTopic], _ state: some ApplianceState) -> [JSONValue] {
    let statuses = Dictionary(state.accounts.map { ($0.number, $0.status) }, uniquingKeysWith: { first, _ in first })
    var body: [JSONValue] = []
    for queue in state.configuration.queues where topics.contains(where: { $0.covers(queue.number) }) {
      let members = Dictionary(
        queue.members.map { ($0, statuses[$0] ?? "Unavailable") }, uniquingKeysWith: { first, _ in first })
      let changed = members.filter { queues[queue.number]?[$0.key] != $0.value }.sorted { $0.key < $1.key }
      queues[queue.number] = members
      guard !changed.isEmpty else { continue }
      let list = changed.map { number, status in
        JSONValue.object([.init("member_extension", .string(number)), .init("status", .string(status))])
      }
      body.append(["extension": .string(queue.number), "member": .array(list)])
    }
    return body
  }

  private mutating func channelChanges(to new: [String: LiveChannel]) -> [JSONValue] {
    defer { channels = new }
    var body: [JSONValue] = []
    for (id, channel) in channels.sorted(by: { $0.key < $1.key }) where new[id]?.isBridged != channel.isBridged {
      body.append(channel.deletion)
    }
    for (id, channel) in new.sorted(by: { $0.key < $1.key }) {
      let old = channels[id]
      if old?.isBridged != channel.isBridged {
        body.append(channel.entry("add"))
      } else if old != channel {
        body.append(channel.entry("update"))
      }
    }
    return body
  }
}
