import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// What an extension's phone shows, and the pop-up on its user's PC. Both ask for their panels again and again.
extension WebVisit {
  private static var refreshSeconds: Int { 5 }

  /// Any phone, for the administrator.
  func phone(_ number: String) -> WebAnswer {
    guard let account = account(number) else {
      return WebInterface.refusal(.notFound, "There is no such extension.")
    }
    return page(
      "Phone of \(Self.title(account))", at: .phone(number), refreshSeconds: Self.refreshSeconds,
      [
        .links([PageLink("All extensions", "/extensions")]),
        .live(id: "phone", source: "/phone/\(number)/panel", phoneBlocks(number)),
      ])
  }

  func phonePanel(_ number: String) -> WebAnswer {
    account(number) == nil
      ? WebInterface.refusal(.notFound, "There is no such extension.") : .fragment(phoneBlocks(number))
  }

  /// The user's own phone.
  func portalPhone(_ number: String) -> WebAnswer {
    userPage(
      "Phone", number, at: .portalPhone, refreshSeconds: Self.refreshSeconds,
      [.live(id: "phone", source: "/portal/phone/panel", phoneBlocks(number))])
  }

  /// The pop-up on the PC of the user, beside whatever else is done there.
  func popUp(_ number: String, _ doors: ApplianceDoors) -> WebAnswer {
    userPage(
      "Call Pop-up", number, at: .popUp, refreshSeconds: Self.refreshSeconds,
      [.live(id: "popup", source: "/popup/panel", popUpBlocks(number, doors))])
  }

  private func account(_ number: String) -> AccountFacts? { state.accounts.first { $0.number == number } }

  private static func title(_ account: AccountFacts) -> String {
    account.name.isEmpty ? account.number : "\(account.name) (\(account.number))"
  }

  func phoneBlocks(_ number: String) -> [PageBlock] {
    let facts = state.phone(number)
    let status = account(number).map(\.status) ?? ""
    guard !facts.calls.isEmpty else {
      let lines = [number, status, facts.last.map { "Last: \(Self.party($0))" } ?? ""].filter { !$0.isEmpty }
      return [.screen(label: "Display of the idle phone", lines: lines)]
    }
    let screens = facts.calls.map { call in
      PageBlock.screen(
        label: "Display of the phone: \(call.state.rawValue)",
        lines: [call.state.rawValue, call.name, call.number].filter { !$0.isEmpty })
    }
    let table = PageTable(
      id: "phone-calls", caption: "Calls of the phone",
      columns: ["State", "Direction", "Name", "Number", "Since", "For"],
      rows: facts.calls.map { call in
        [
          .badge(call.state.rawValue, call.state == .talking ? .success : .information),
          .text(call.isIncoming ? "incoming" : "outgoing"), .text(call.name), .text(call.number),
          .moment(text(call.since)), .elapsed(elapsed(since: call.since)),
        ]
      }, emptyText: "")
    return screens + [.table(table)]
  }

  func popUpBlocks(_ number: String, _ doors: ApplianceDoors) -> [PageBlock] {
    let facts = state.phone(number)
    let blocks = facts.calls.enumerated().map { place, call in popUp(call, "call-\(place + 1)", doors) }
    let last = facts.last.map { popUp($0, "last-call", doors) }
    if blocks.isEmpty {
      return [.text("Nobody calls. The page tells by itself when somebody does.")] + (last.map { [$0] } ?? [])
    }
    return blocks + (last.map { [$0] } ?? [])
  }

  private func popUp(_ call: PhoneCall, _ id: String, _ doors: ApplianceDoors) -> PageBlock {
    let who = call.isIncoming ? "Incoming call" : "Outgoing call"
    let title = call.state == .over ? "Last call" : "\(who), \(call.state.rawValue.lowercased())"
    var blocks: [PageBlock] = [
      .facts([
        PageFact(id: "\(id)-name", "Name", call.name), PageFact(id: "\(id)-number", "Number", call.number),
        PageFact(id: "\(id)-since", call.state == .over ? "Ended" : "Since", text(call.since)),
        PageFact(id: "\(id)-crm", "CRM", Self.words(call.lookup)),
      ])
    ]
    if let contact = call.lookup.contact, let url = CRMContactAddress.url(of: contact, doors.crm.inForce.settings) {
      blocks.append(.actions([PageLink("Open contact \(contact.name)", url)]))
    }
    return .section(id: id, title: title, blocks)
  }

  private static func party(_ call: PhoneCall) -> String {
    call.name.isEmpty || call.name == call.number ? call.number : "\(call.name) (\(call.number))"
  }

  private static func words(_ lookup: CRMLookupFacts) -> String {
    switch lookup {
    case .none: "not asked, or no answer yet"
    case .found(let contact, let count):
      "\(contact.name), in \(contact.table)" + (count > 1 ? ", one of \(count)" : "")
    case .added(let contact): "unknown until now; added to \(contact.table)"
    case .unknown: "unknown; add the number in the CRM"
    case .failed: "the CRM could not be asked"
    }
  }
}

extension CRMLookupFacts {
  var contact: CRMContactFacts? {
    switch self {
    case .found(let contact, _), .added(let contact): contact
    case .none, .unknown, .failed: nil
    }
  }
}
