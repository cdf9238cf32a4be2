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

  let question: Question
  let outcome: SetUpAnswer.Outcome
  /// `GET www.zohoapis.com/crm/v2/Contacts/search: 401 OAUTH_SCOPE_MISMATCH`.
  let line: String
  /// Whether a refusal says that the user's profile opens no API at all, rather than not this table (observed in issue
  /// threads: the permission is named).
  let isWithoutAPIAccess: Bool

  init(_ question: Question, _ request: HTTPRequest, _ answer: CRMAnswer, secrets: [Secret]) {
    self.question = question
    let read = SetUpAnswer(answer, secrets: secrets, code: SetUpAnswer.codeOfV2)
    outcome = read.outcome
    let permissions = read.json?["details"]?["permissions"]?.array ?? []
    isWithoutAPIAccess =
      read.told == "403 NO_PERMISSION"
      && (permissions.isEmpty || permissions.contains { $0.string == "Crm_Implied_Api_Access" })
    let path = (request.path ?? "").prefix { $0 != "?" }
    line = "\(request.method.rawValue) \(request.authority ?? "")\(path): \(read.told)"
  }

  /// The code of a refusal.
  var code: String? {
    switch outcome {
    case .done: nil
    case .refused(let failure): failure.code
    }
  }
}

/// What a doctor reads of a token reply.
struct ZohoTokenFacts: Hashable {
  let accessToken: Secret
  /// The host to send API calls to; nil where the reply names none, or one that is none of Zoho's.
  let apiHost: String?
  let namesDomain: Bool
  /// As newer replies tell them.
  let scope: String?

  /// nil for an answer that is no token reply, and for a token that is not fit for a header field.
  init?(_ answer: CRMAnswer) {
    guard let reply = SetUpAnswer(answer, secrets: [], code: SetUpAnswer.codeOfV2).json,
      let token = reply["access_token"]?.string, (1...512).contains(token.utf8.count),
      token.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) })
    else { return nil }
    accessToken = Secret(token)
    let domain = reply["api_domain"]?.string
    namesDomain = domain != nil
    apiHost = domain.flatMap(ZohoDataCentre.apiHost)
    scope = reply["scope"]?.string
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
