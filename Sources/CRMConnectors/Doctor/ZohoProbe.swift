import HTTPTypes
import JSON
import Primitives

/// One question to Zoho and what came of it, as far as it may be told.
struct ZohoProbe: Hashable {
  enum Question: Hashable {
    /// A new access token at a data centre, with the page's credentials.
    case refresh(ZohoDataCentre)
    /// Whether a data centre knows the client; its secret is not sent.
    case client(ZohoDataCentre)
    case search(CRMTable)
    /// Records of a table without a search, to tell the two scopes apart.
    case list(CRMTable)
    case calls
  }

  enum Outcome: Hashable {
    /// Done, whether records were there or not.
    case done
    case refused(CRMFailure)
  }

  let question: Question
  let outcome: Outcome
  /// `GET www.zohoapis.com/crm/v2/Contacts/search: 401 OAUTH_SCOPE_MISMATCH`.
  let line: String
  /// Whether a refusal says that the user's profile opens no API at all, rather than not this table (observed in issue
  /// threads: the permission is named).
  let isWithoutAPIAccess: Bool

  /// - Parameter secrets: never told, even where the server sends one back as its error's code.
  init(_ question: Question, _ request: HTTPRequest, _ answer: CRMAnswer, secrets: [Secret]) {
    self.question = question
    var told: String
    do throws(ZohoRefusal) {
      _ = try ZohoAnswer.read(answer, maximumBytes: ZohoV2Settings().maximumAnswerBytes)
      outcome = .done
      told = ""
    } catch {
      let isSecret = secrets.contains { !$0.value.isEmpty && error.failure.code.contains($0.value) }
      let code = isSecret ? ZohoFault.unknownCode.rawValue : error.failure.code
      outcome = .refused(CRMFailure(status: error.failure.status, code: code))
      told = code
    }
    if case .response(let response, _) = answer { told = "\(response.status.code)" + (told.isEmpty ? "" : " " + told) }
    isWithoutAPIAccess = Self.isWithoutAPIAccess(answer)
    let path = (request.path ?? "").prefix { $0 != "?" }
    line = "\(request.method.rawValue) \(request.authority ?? "")\(path): \(told)"
  }

  private static func isWithoutAPIAccess(_ answer: CRMAnswer) -> Bool {
    guard case .response(let response, let body) = answer, response.status.code == 403, body.count <= 1 << 16,
      let value = JSONValue(parsing: body)
    else { return false }
    let permissions = value["details"]?["permissions"]?.array ?? []
    return permissions.isEmpty || permissions.contains { $0.string == "Crm_Implied_Api_Access" }
  }

  /// The code of a refusal.
  var code: String? {
    switch outcome {
    case .done: nil
    case .refused(let failure): failure.code
    }
  }
}

/// What a doctor reads of a token reply, besides what the connector reads.
struct ZohoTokenFacts: Hashable, Decodable {
  let accessToken: Secret
  /// The host to send API calls to; nil where the reply names none, or one that is none of Zoho's.
  let apiHost: String?
  let namesDomain: Bool
  /// As newer replies tell them.
  let scope: String?

  private enum Key: String, CodingKey {
    case accessToken = "access_token"
    case apiDomain = "api_domain"
    case scope
  }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    accessToken = Secret(try keyed.decode(String.self, forKey: .accessToken))
    let domain = try? keyed.decodeIfPresent(String.self, forKey: .apiDomain)
    namesDomain = domain != nil
    apiHost = domain.flatMap(ZohoDataCentre.apiHost)
    scope = try? keyed.decodeIfPresent(String.self, forKey: .scope)
  }

  /// nil for an answer that is no token reply.
  init?(_ answer: CRMAnswer) {
    guard case .response(_, let body) = answer, body.count <= ZohoV2Settings().maximumAnswerBytes,
      let facts = try? JSONReader.read(ZohoTokenFacts.self, from: body), facts.isSendable
    else { return nil }
    self = facts
  }

  /// Fit for a header field.
  private var isSendable: Bool {
    (1...512).contains(accessToken.value.utf8.count)
      && accessToken.value.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
  }
}

/// What an API answer's header fields say of what is left (documented names; the unit of the short span is not).
struct ZohoCreditsLeft: Hashable {
  var remaining: Int64?
  var limit: Int64?
  var day: Int64?
  var dayLimit: Int64?

  init(_ fields: HTTPFields) {
    func number(_ name: String) -> Int64? {
      HTTPField.Name(name).flatMap { fields[$0] }.flatMap { $0.isDigits(1...18) ? Int64($0) : nil }
    }
    remaining = number("X-RATELIMIT-REMAINING")
    limit = number("X-RATELIMIT-LIMIT")
    day = number("X-API-CREDITS-REMAINING") ?? number("X-RATELIMIT-DAY-REMAINING")
    dayLimit = number("X-RATELIMIT-DAY-LIMIT")
  }

  var isKnown: Bool { remaining != nil || day != nil }
  var isSpent: Bool { remaining == 0 || day == 0 }

  var text: String {
    let parts = [("day", day, dayLimit), ("current span", remaining, limit)].compactMap { name, left, limit in
      left.map { "\($0)" + (limit.map { " of \($0)" } ?? "") + " requests left in the " + name }
    }
    return parts.joined(separator: ", ")
  }
}
