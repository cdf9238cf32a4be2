import ApplianceAPI
import CloudPages
import Primitives

// System Status: what the appliance is and does at this moment.
extension WebVisit {
  func dashboard(_ doors: ApplianceDoors) -> [PageBlock] {
    let system = state.system
    let accounts = state.accounts
    let registered = accounts.count { $0.address != nil }
    return [
      .section(
        id: "system", title: "System Information",
        [
          .facts([
            PageFact(id: "model", "Product Model", system.model),
            PageFact(id: "hardware", "Hardware Version", system.hardwareRevision),
            PageFact(id: "firmware", "Software Version", system.firmware),
            PageFact(id: "mac", "MAC Address", system.mac),
            PageFact(id: "serial", "Serial Number", system.serialNumber),
            PageFact(id: "part", "Part Number", system.partNumber),
            PageFact(id: "system-time", "System Time", text(state.now)),
            PageFact(id: "up-since", "Up Since", text(system.bootedAt)),
            PageFact(
              id: "extensions", "Extensions", "\(registered) of \(accounts.count) registered", target: "/extensions"),
            PageFact(id: "active-calls", "Active Calls", "\(system.callsInUse)", target: "/calls"),
            PageFact(
              id: "crm", "CRM System", doors.crm.systemName(of: doors.crm.inForce.settings.module), target: "/crm"),
          ])
        ]),
      .section(id: "limits", title: "Capacity", [.table(limits())]),
      .section(id: "trunks", title: "Trunks", [.table(trunks())]),
      .section(id: "crm-users", title: "CRM Users", [.table(crmUsers())]),
    ]
  }

  private func limits() -> PageTable {
    PageTable(
      id: "limits-table", caption: "What is in use against the limits of the model",
      columns: ["Resource", "In use", "Limit", "State"],
      rows: state.limits.map { limit in
        let isFull = limit.limit.map { limit.inUse >= $0 } ?? false
        let badge: PageCell =
          limit.limit == nil
          ? .badge("Unknown limit", .information) : isFull ? .badge("Full", .error) : .badge("Free", .success)
        return [
          .text(limit.name), .text("\(limit.inUse)"), .text(limit.limit.map { "\($0)" } ?? "not known"), badge,
        ]
      }, emptyText: "Nothing is known yet.")
  }

  private func trunks() -> PageTable {
    PageTable(
      id: "trunks-table", caption: "Trunks over the network", columns: ["Number", "Trunk", "Type", "Host"],
      rows: state.configuration.trunks.map { trunk in
        [.text("\(trunk.index)"), .text(trunk.name), .text(trunk.kind), .text(trunk.host)]
      }, emptyText: "No trunk is set up.")
  }

  private func crmUsers() -> PageTable {
    PageTable(
      id: "crm-users-table", caption: "How users stand with the CRM", columns: ["Extension", "Status", "Reason"],
      rows: state.crmStandings.sorted { ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key) }.map {
        [.text($0.key), $0.value.badge, .text($0.value.reason)]
      }, emptyText: "No user has signed in to a CRM.")
  }

  func extensions() -> [PageBlock] {
    let rows = state.accounts.map { account -> [PageCell] in
      [
        .link(PageLink(account.number, "/phone/\(PercentEncoding.encode(account.number))")), .text(account.name),
        account.badge, .text(account.address ?? "–"),
        .text(account.hasDoNotDisturb ? "on" : "off"), .text(account.hasVoicemail ? "on" : "off"),
        .text(account.forwards),
      ]
    }
    return [
      .table(
        PageTable(
          id: "extensions-table", caption: "\(WebPages.count(rows.count, "extension")), by number",
          columns: ["Extension", "Name", "Status", "IP and Port", "DND", "Voicemail", "Call Forward"], rows: rows,
          emptyText: "There is no extension."))
    ]
  }

  func activeCalls() -> [PageBlock] {
    let bridged = state.bridgedCalls.map { call -> [PageCell] in
      [
        .text(call.caller.text), .text(call.callee.text), .text(call.inboundTrunk ?? ""), .moment(text(call.since)),
        .elapsed(elapsed(since: call.since)),
      ]
    }
    let others = state.unbridgedChannels.map { channel -> [PageCell] in
      [
        .text(channel.side.text), .text(channel.connectedNumber), .badge(channel.state, .information),
        .text(channel.service), .moment(text(channel.since)), .elapsed(elapsed(since: channel.since)),
      ]
    }
    return [
      .actions([PageLink("Refresh", "/calls")]),
      .section(
        id: "talking", title: "Talking",
        [
          .table(
            PageTable(
              id: "talking-table", caption: "Calls in which two parties talk",
              columns: ["Caller", "Callee", "Trunk", "Since", "Duration"], rows: bridged, emptyText: "Nobody talks."))
        ]),
      .section(
        id: "other", title: "Ringing and Others",
        [
          .table(
            PageTable(
              id: "other-table", caption: "Channels that talk to nobody yet, or to the appliance",
              columns: ["Party", "Connected to", "State", "Service", "Since", "Duration"], rows: others,
              emptyText: "Nothing rings."))
        ]),
    ]
  }

  func systemEvents() -> [PageBlock] {
    let rows = state.systemEvents.reversed().map { event -> [PageCell] in
      [
        .moment(text(event.time)), .text(event.name), .badge(event.kind, event.isRestored ? .success : .error),
        .text(event.detail),
      ]
    }
    return [
      .table(
        PageTable(
          id: "events-table", caption: "The latest \(WebPages.count(rows.count, "event")), the last first",
          columns: ["Time", "Event Name", "Type", "Content"], rows: rows, emptyText: "Nothing has happened."))
    ]
  }
}

extension BridgedCall.Side {
  var text: String { name.isEmpty || name == number ? number : "\(name) (\(number))" }
}

extension AccountFacts {
  /// Coloured as the appliance does.
  var badge: PageCell {
    switch status {
    case "Idle": .badge(status, .success)
    case "Unavailable": .badge(status, .error)
    default: .badge(status, .information)
    }
  }

  var forwards: String {
    [("always", forwardAlways), ("busy", forwardBusy), ("no answer", forwardNoAnswer)]
      .compactMap { name, target in target.map { "\(name): \($0)" } }.joined(separator: ", ")
  }
}

extension CRMStandingFacts {
  var badge: PageCell {
    switch status {
    case .loggedIn: .badge(status.rawValue, .success)
    case .loggingIn: .badge(status.rawValue, .information)
    case .loggedOut: .badge(status.rawValue, .error)
    }
  }
}
