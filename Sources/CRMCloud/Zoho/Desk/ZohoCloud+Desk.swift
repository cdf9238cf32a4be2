import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `desk.*`: the API below `/api/v1`, and a page that lists the portals.
  mutating func respondAsDesk(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.parts.first == "api" else { return deskPage(request, at: centre) }
    do throws(ZohoDeskError) {
      return try deskAnswer(request, at: centre, now)
    } catch {
      return error.response
    }
  }

  /// Checks in the order path, method, token, organisation, scope, parameters (assumed).
  private func deskAnswer(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) throws(ZohoDeskError) -> CloudResponse {
    guard request.parts.starts(with: ["api", "v1"]), let endpoint = DeskEndpoint(Array(request.parts.dropFirst(2)))
    else { throw .urlNotFound }
    guard request.method == .get else { throw .methodNotAllowed }
    let session = try deskSession(request, at: centre, now)
    let portals = centres[centre].desk.portals(of: session.zuid)
    let portal = try endpoint.isOfPortal ? Self.deskPortal(request, portals, bound: session.portalID) : nil
    let allowed =
      settings.scopeEnforcement == .lenient
      || endpoint.scopeGroups.contains {
        session.scopes.allow(.read, "Desk", $0)
      }
    guard allowed else { throw .scopeMismatch }
    let hosts = ZohoHosts.at(centres[centre].location)
    switch endpoint {
    case .organisations:
      return .json(200, ["data": .array(portals.enumerated().map { $1.json(isDefault: $0 == 0, at: hosts) })])
    case .organisation(let id):
      guard let place = portals.firstIndex(where: { $0.id == id }) else { throw .forbidden }
      return .json(200, portals[place].json(isDefault: place == 0, at: hosts))
    case .tickets: return try DeskList(request.query).answer((portal?.tickets ?? []))
    case .contacts: return try DeskList(request.query).answer(portal?.contacts ?? [])
    case .ticketsOfContact(let id):
      return try DeskList(request.query).answer((portal?.tickets ?? []).filter { $0.contactID == id })
    case .ticket(let id):
      guard let ticket = portal?.tickets.first(where: { $0.id == id }) else { throw .notFound }
      return .json(200, ticket.json)
    case .contact(let id):
      guard let contact = portal?.contacts.first(where: { $0.id == id }) else { throw .notFound }
      return .json(200, contact.json)
    }
  }

  private func deskSession(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) throws(ZohoDeskError) -> ZohoTokenStore.Session {
    do throws(ZohoRequestError) {
      return try session(request, at: centre, now)
    } catch {
      throw error == .authenticationFailure ? .unauthorized : .invalidOAuth
    }
  }

  /// The portal that `orgId` names: a header (documented), or a parameter of the query (observed).
  ///
  /// A token is bound to the portal chosen at consent; one that had no choice opens all of the user's.
  private static func deskPortal(
    _ request: CloudRequest, _ portals: [ZohoDeskPortal], bound: String?
  ) throws(ZohoDeskError) -> ZohoDeskPortal {
    let header = HTTPField.Name("orgId").flatMap { request.headerFields[$0] }
    guard let id = header ?? request.query["orgId"], !id.isEmpty else { throw .organisationMissing }
    if let bound, bound != id { throw .organisationMismatch }
    guard let portal = portals.first(where: { $0.id == id }) else { throw .forbidden }
    return portal
  }
}

/// What `/api/v1` serves.
private enum DeskEndpoint {
  case organisations, tickets, contacts
  case organisation(String)
  case ticket(String)
  case contact(String)
  case ticketsOfContact(String)

  init?(_ parts: [String]) {
    switch (parts.first, parts.dropFirst().first, parts.dropFirst(2).first, parts.count) {
    case ("organizations", nil, nil, _): self = .organisations
    case ("organizations", let id?, nil, _): self = .organisation(id)
    case ("tickets", nil, nil, _): self = .tickets
    case ("tickets", let id?, nil, _): self = .ticket(id)
    case ("contacts", nil, nil, _): self = .contacts
    case ("contacts", let id?, nil, _): self = .contact(id)
    case ("contacts", let id?, "tickets", 3): self = .ticketsOfContact(id)
    case _: return nil
    }
  }

  var isOfPortal: Bool {
    switch self {
    case .organisations, .organisation: false
    case .tickets, .contacts, .ticket, .contact, .ticketsOfContact: true
    }
  }

  /// Groups of Desk's scopes of which reading one is enough (documented).
  var scopeGroups: [String] {
    switch self {
    case .organisations, .organisation: ["basic", "settings"]
    case .tickets, .ticket, .ticketsOfContact: ["tickets"]
    case .contacts, .contact: ["contacts"]
    }
  }
}

/// What lists can be asked for.
private struct DeskList {
  /// Documented: 1 to 100, 10 where nothing is said.
  private static let limits = 1...100
  private let from: Int
  private let limit: Int
  private let status: String?
  private let isReversed: Bool

  init(_ query: FormParameters) throws(ZohoDeskError) {
    let known = ["from", "limit", "status", "sortBy", "orgId"]
    if let stranger = query.pairs.first(where: { !known.contains($0.name) }) { throw .extraParameter(stranger.name) }
    // Counted from 1 (documented for the task of Zoho's language); that 0 is the first as well is observed.
    from = try Self.number(query, "from", in: 0...1_000_000) ?? 1
    limit = try Self.number(query, "limit", in: Self.limits) ?? 10
    status = query["status"]
    switch query["sortBy"] {
    case nil, "createdTime", "ticketNumber": isReversed = false
    case "-createdTime", "-ticketNumber": isReversed = true
    case _?: throw .invalidParameter("sortBy")
    }
  }

  private static func number(
    _ query: FormParameters, _ name: String, in range: ClosedRange<Int>
  ) throws(ZohoDeskError) -> Int? {
    guard let text = query[name] else { return nil }
    guard text.isDigits(1...7), let number = Int(text), range.contains(number) else { throw .invalidParameter(name) }
    return number
  }

  func answer(_ tickets: [ZohoDeskTicket]) -> CloudResponse {
    answer(tickets.filter { ticket in status.map { $0 == ticket.status } ?? true }, \.json)
  }

  func answer(_ contacts: [ZohoDeskContact]) -> CloudResponse { answer(contacts, \.json) }

  /// Nothing to list is 204 (documented).
  private func answer<Entry>(_ entries: [Entry], _ json: (Entry) -> JSONValue) -> CloudResponse {
    let ordered = isReversed ? entries.reversed() : entries
    let page = ordered.dropFirst(max(0, from - 1)).prefix(limit)
    return page.isEmpty ? .empty(204) : .json(200, ["data": .array(page.map(json))])
  }
}
