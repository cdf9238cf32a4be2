import HTTPTypes
import JSON
import Primitives

/// One address of a provider's API that is here, and the scopes of which one opens it; none for any.
private struct OutsideResource {
  enum Kind { case person, contacts, newContact, files, documents }

  let provider: OutsideProvider
  let method: HTTPRequest.Method
  let place: [String]
  let scopes: [String]
  let kind: Kind

  /// Addresses and scopes are documented by their providers.
  static let all: [OutsideResource] = [
    .init(
      provider: .google, method: .get, place: ["www.googleapis.com", "oauth2", "v2", "userinfo"],
      scopes: ["email", "profile", "openid", google + "userinfo.email", google + "userinfo.profile"], kind: .person),
    .init(
      provider: .google, method: .get, place: ["people.googleapis.com", "v1", "people", "me", "connections"],
      scopes: [google + "contacts", google + "contacts.readonly"], kind: .contacts),
    .init(
      provider: .google, method: .post, place: ["people.googleapis.com", "v1", "people:createContact"],
      scopes: [google + "contacts"], kind: .newContact),
    .init(
      provider: .google, method: .get, place: ["www.googleapis.com", "drive", "v3", "files"],
      scopes: ["drive", "drive.readonly", "drive.metadata.readonly", "drive.file"].map { google + $0 }, kind: .files),
    .init(
      provider: .microsoft, method: .get, place: ["graph.microsoft.com", "v1.0", "me"], scopes: ["user.read"],
      kind: .person),
    .init(
      provider: .microsoft, method: .get, place: ["graph.microsoft.com", "v1.0", "me", "contacts"],
      scopes: ["contacts.read", "contacts.readwrite"], kind: .contacts),
    .init(
      provider: .dropbox, method: .post, place: ["api.dropboxapi.com", "2", "users", "get_current_account"],
      scopes: ["account_info.read"], kind: .person),
    .init(
      provider: .dropbox, method: .post, place: ["api.dropboxapi.com", "2", "files", "list_folder"],
      scopes: ["files.metadata.read"], kind: .files),
    .init(
      provider: .pandaDoc, method: .get, place: ["api.pandadoc.com", "public", "v1", "documents"], scopes: [],
      kind: .documents),
  ]

  private static let google = "https://www.googleapis.com/auth/"
}

extension OutsideServices {
  /// The few addresses of the other providers' APIs that are here: enough to see that a connection works.
  mutating func resource(_ request: CloudRequest, of provider: OutsideProvider, at now: Instant) -> CloudResponse {
    let place = [request.host] + request.parts
    let resources = OutsideResource.all.filter { $0.provider == provider && $0.place == place }
    guard !resources.isEmpty else { return Self.error(404, "NOT_FOUND", "No such resource is simulated here.") }
    guard let resource = resources.first(where: { $0.method == request.method }) else {
      return Self.error(405, "METHOD_NOT_ALLOWED", "The method is not allowed here.")
    }
    guard let grant = self[provider].grant(request, at: now) else {
      return Self.error(401, "UNAUTHENTICATED", "The access token is missing, unknown or expired.")
    }
    // Without a scope parameter Dropbox grants all the app has (documented).
    let isAllowed =
      resource.scopes.isEmpty || (provider == .dropbox && grant.scopes.isEmpty)
      || grant.scopes.contains { resource.scopes.contains($0.lowercased()) }
    guard isAllowed else {
      return Self.error(403, "PERMISSION_DENIED", "The access token lacks a scope of this resource.")
    }
    switch resource.kind {
    case .person: return .json(200, Self.person(grant.account, at: provider))
    case .contacts: return contacts(request, grant.account, at: provider)
    case .newContact: return addContact(request, grant.account, at: provider)
    case .files:
      return .json(
        200,
        provider == .google
          ? ["kind": "drive#fileList", "files": [["id": "1a2b3c", "name": "Offer.pdf"]]]
          : ["entries": [[".tag": "file", "name": "Offer.pdf"]], "has_more": false])
    case .documents:
      return .json(200, ["results": [["id": "x1y2z3", "name": "Contract", "status": "document.draft"]]])
    }
  }

  private static func person(_ account: String, at provider: OutsideProvider) -> JSONValue {
    switch provider {
    case .microsoft: ["displayName": .string(account), "mail": .string(account), "userPrincipalName": .string(account)]
    case .dropbox: ["account_id": "dbid:example", "email": .string(account), "email_verified": true]
    case .google, .mailChimp, .pandaDoc: ["email": .string(account), "verified_email": true]
    }
  }

  private func contacts(_ request: CloudRequest, _ account: String, at provider: OutsideProvider) -> CloudResponse {
    let list = accounts.contacts(of: account, at: provider)
    if provider == .microsoft {
      return .json(
        200,
        [
          "value": .array(
            list.map {
              ["displayName": .string($0.name), "businessPhones": .array($0.phone.map { [.string($0)] } ?? [])]
            })
        ])
    }
    // Documented: which fields are wanted has to be said.
    guard request.query["personFields"] != nil else {
      return Self.error(400, "INVALID_ARGUMENT", "personFields mask is required.")
    }
    let count = Int64(list.count)
    return .json(
      200,
      [
        "connections": .array(list.enumerated().map { Self.person($1, number: $0) }), "totalPeople": .integer(count),
        "totalItems": .integer(count),
      ])
  }

  private mutating func addContact(
    _ request: CloudRequest, _ account: String, at provider: OutsideProvider
  ) -> CloudResponse {
    var list = accounts.contacts(of: account, at: provider)
    guard let body = JSONValue(parsing: request.body), let name = body["names"]?.array?.first?["givenName"]?.string,
      !name.isEmpty
    else { return Self.error(400, "INVALID_ARGUMENT", "names[0].givenName is missing.") }
    guard list.count < OutsideContact.maximumCount else {
      return Self.error(429, "RESOURCE_EXHAUSTED", "The address book is full.")
    }
    let contact = OutsideContact(
      name: String(name.prefix(200)),
      phone: body["phoneNumbers"]?.array?.first?["value"]?.string.map { String($0.prefix(50)) },
      email: body["emailAddresses"]?.array?.first?["value"]?.string.map { String($0.prefix(200)) })
    list.append(contact)
    accounts.set(list, of: account, at: provider)
    return .json(200, Self.person(contact, number: list.count - 1))
  }

  private static func person(_ contact: OutsideContact, number: Int) -> JSONValue {
    [
      "resourceName": .string("people/c\(1000 &+ number)"), "names": [["displayName": .string(contact.name)]],
      "phoneNumbers": .array(contact.phone.map { [["value": .string($0)]] } ?? []),
      "emailAddresses": .array(contact.email.map { [["value": .string($0)]] } ?? []),
    ]
  }

  private static func error(_ status: Int, _ code: String, _ message: String) -> CloudResponse {
    .json(
      status,
      ["error": ["code": .integer(Int64(status)), "message": .string(message), "status": .string(code)]])
  }
}
