import HTTPTypes
import JSON
import Primitives

extension OutsideServices {
  /// MailChimp's metadata and as much of its Marketing API 3.0 as the guide's function needs (documented).
  mutating func mailChimp(_ request: CloudRequest, at now: Instant) -> CloudResponse {
    let grant = self[.mailChimp].grant(request, at: now)
    if request.host == "login.mailchimp.com" {
      guard request.parts == ["oauth2", "metadata"] else { return .empty(404) }
      // The guide sends `OAuth`; that `Bearer` works here as well is assumed.
      guard let grant else { return .json(401, ["error": "invalid_token"]) }
      return .json(200, Self.metadata(grant.account))
    }
    guard let grant else {
      return Self.problem(401, "API Key Invalid", "Your API key may be invalid, or it belongs to another datacenter.")
    }
    guard request.host == MailChimpAccount.apiHost else {
      return Self.problem(
        403, "WrongDatacenter",
        "The API key provided is linked to the datacenter \(MailChimpAccount.dataCentre).")
    }
    guard request.parts.first == "3.0" else { return Self.notFound }
    var account = accounts.mailChimp(of: grant.account)
    let answer = Self.marketing(request, Array(request.parts.dropFirst()), &account, &self[.mailChimp])
    accounts.set(account)
    return answer
  }

  private static func marketing(
    _ request: CloudRequest, _ parts: [String], _ account: inout MailChimpAccount, _ authority: inout OutsideAuthority
  ) -> CloudResponse {
    let list = MailChimpAccount.listID
    let campaign = MailChimpAccount.campaignID
    switch (request.method, parts) {
    case (.get, []): return .json(200, ["account_name": "Example Letters", "email": .string(account.owner)])
    case (.get, ["campaigns"]):
      return .json(200, ["campaigns": [Self.campaign(account)], "total_items": 1])
    case (.get, ["campaigns", campaign]): return .json(200, Self.campaign(account))
    case (.get, ["lists"]): return .json(200, ["lists": [Self.list(account)], "total_items": 1])
    case (.get, ["lists", list]): return .json(200, Self.list(account))
    case (.get, ["lists", list, "members"]):
      return page("members", account.members.map(\.json), request.query)
    case (.get, _) where parts.count == 4 && parts.starts(with: ["lists", list, "members"]):
      return account.members.first { $0.id == parts[3] }.map { .json(200, $0.json) } ?? notFound
    case (.post, ["lists", list, "members"]): return add(request, &account, &authority)
    case (.get, ["reports"]): return .json(200, ["reports": [Self.report(account)], "total_items": 1])
    case (.get, ["reports", campaign]): return .json(200, Self.report(account))
    case (.get, ["reports", campaign, "sent-to"]):
      let reached = account.members.filter { $0.status == "subscribed" }
      return page("sent_to", reached.map(\.json), request.query)
    case _: return notFound
    }
  }

  private static func add(
    _ request: CloudRequest, _ account: inout MailChimpAccount, _ authority: inout OutsideAuthority
  ) -> CloudResponse {
    guard let body = JSONValue(parsing: request.body), let email = body["email_address"]?.string,
      email.contains("@"), email.utf8.count <= 200, let status = body["status"]?.string,
      ["subscribed", "unsubscribed", "cleaned", "pending"].contains(status)
    else {
      return problem(400, "Invalid Resource", "email_address and status are required; status is one of the known.")
    }
    let isThere = account.members.contains { $0.email.lowercased() == email.lowercased() }
    guard !isThere else {
      return problem(400, "Member Exists", "\(email) is already a list member.")
    }
    guard account.members.count < MailChimpAccount.maximumMembers else {
      return problem(403, "Forbidden", "This list is full.")
    }
    let fields = body["merge_fields"]
    func field(_ name: String) -> String { String((fields?[name]?.string ?? "").prefix(200)) }
    let member = MailChimpAccount.Member(
      id: authority.identifier(32), email: email, status: status, firstName: field("FNAME"), lastName: field("LNAME"),
      phone: field("PHONE"))
    account.members.append(member)
    return .json(200, member.json)
  }

  /// `count` (10 unless said, at most 1000) entries from `offset` on (documented).
  private static func page(_ name: String, _ entries: [JSONValue], _ query: FormParameters) -> CloudResponse {
    let count = min(1000, max(0, query["count"].flatMap { Int($0) } ?? 10))
    let offset = max(0, query["offset"].flatMap { Int($0) } ?? 0)
    return .json(
      200,
      .object([
        .init(name, .array(Array(entries.dropFirst(offset).prefix(count)))),
        .init("total_items", .integer(Int64(entries.count))),
      ]))
  }

  private static func metadata(_ account: String) -> JSONValue {
    let dataCentre = MailChimpAccount.dataCentre
    return [
      "dc": .string(dataCentre), "role": "owner", "accountname": "Example Letters", "user_id": 1_000_001,
      "login": ["email": .string(account), "login_email": .string(account)],
      "login_url": "https://login.mailchimp.com",
      "api_endpoint": .string("https://" + MailChimpAccount.apiHost),
    ]
  }

  private static func campaign(_ account: MailChimpAccount) -> JSONValue {
    [
      "id": .string(MailChimpAccount.campaignID), "type": "regular", "status": "sent",
      "emails_sent": .integer(Int64(account.members.filter { $0.status == "subscribed" }.count)),
      "recipients": ["list_id": .string(MailChimpAccount.listID), "list_name": "Newsletter"],
      "settings": ["subject_line": "Spring offers", "title": "Spring offers"],
    ]
  }

  private static func report(_ account: MailChimpAccount) -> JSONValue {
    [
      "id": .string(MailChimpAccount.campaignID), "campaign_title": "Spring offers",
      "list_id": .string(MailChimpAccount.listID),
      "emails_sent": .integer(Int64(account.members.filter { $0.status == "subscribed" }.count)),
    ]
  }

  private static func list(_ account: MailChimpAccount) -> JSONValue {
    [
      "id": .string(MailChimpAccount.listID), "name": "Newsletter",
      "stats": ["member_count": .integer(Int64(account.members.count))],
    ]
  }

  private static let notFound = problem(404, "Resource Not Found", "The requested resource could not be found.")

  /// RFC 7807, as MailChimp writes it (documented).
  private static func problem(_ status: Int, _ title: String, _ detail: String) -> CloudResponse {
    let body: JSONValue = [
      "type": "https://mailchimp.com/developer/marketing/docs/errors/", "title": .string(title),
      "status": .integer(Int64(status)), "detail": .string(detail), "instance": "",
    ]
    return .typed(status, "application/problem+json; charset=utf-8", body.bytes())
  }
}

extension MailChimpAccount.Member {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "email_address": .string(email), "status": .string(status),
      "merge_fields": ["FNAME": .string(firstName), "LNAME": .string(lastName), "PHONE": .string(phone)],
      "list_id": .string(MailChimpAccount.listID),
    ]
  }
}
