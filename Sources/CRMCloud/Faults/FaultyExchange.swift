public import HTTPTypes
public import Primitives

/// What a client is to see of one exchange.
public struct FaultyExchange: Sendable {
  /// How an answer is brought to the client.
  public enum Delivery: Hashable, Sendable {
    /// As an answer is.
    case whole
    /// Not at all: the connection ends.
    case lost
    /// So many bytes of the body, then the connection ends.
    case truncated(bytes: Int)
    /// The body, then more and more.
    case endless
    /// So many bytes of the body in a second.
    case drip(bytesPerSecond: Int)
  }

  /// The answer; where it is lost, the one the client would have had. Nil where the cloud did not see the request.
  public let answer: CloudResponse?
  /// How it is brought to the client.
  public let delivery: Delivery
  /// It leaves so much later.
  public let latency: Instant.Span
  /// Name of the rule that decided; nil where nothing goes wrong.
  public let rule: String?
  /// Whether the cloud has seen the request, so that its state may have changed.
  public let wasSeen: Bool
}

extension CloudFaults {
  /// Has `cloud` answer, or not, as the script says.
  public mutating func exchange(
    _ request: HTTPRequest, body: [UInt8], at now: Instant, with cloud: inout some Cloud & CloudAdministration
  ) -> FaultyExchange {
    guard let rule = next(for: request, at: now) else {
      return FaultyExchange(
        answer: cloud.respond(to: request, body: body, at: now), delivery: .whole, latency: .zero, rule: nil,
        wasSeen: true)
    }
    func unseen(_ answer: CloudResponse?, _ delivery: FaultyExchange.Delivery = .whole) -> FaultyExchange {
      FaultyExchange(answer: answer, delivery: delivery, latency: rule.latency, rule: rule.name, wasSeen: false)
    }
    func seen(_ delivery: FaultyExchange.Delivery) -> FaultyExchange {
      FaultyExchange(
        answer: cloud.respond(to: request, body: body, at: now), delivery: delivery, latency: rule.latency,
        rule: rule.name, wasSeen: true)
    }
    switch rule.action {
    case nil: return seen(.whole)
    case .loseRequest: return unseen(nil, .lost)
    case .loseAnswer: return seen(.lost)
    case .status(let status, let body, let retryAfter):
      return unseen(.text(status, body, isPage: false, retryAfterSeconds: retryAfter))
    case .page(let status): return unseen(.text(status, Self.page, isPage: true))
    case .redirect(let location): return unseen(.redirect(to: location))
    case .expireToken:
      if let token = RequestToken.shown(request, body) { _ = cloud.carryOut(.expireToken(token), at: now) }
      return seen(.whole)
    case .revokeToken:
      if let token = RequestToken.shown(request, body) { _ = cloud.carryOut(.revokeToken(token), at: now) }
      return seen(.whole)
    case .truncate(let bytes): return seen(.truncated(bytes: bytes))
    case .endless: return seen(.endless)
    case .drip(let bytesPerSecond): return seen(.drip(bytesPerSecond: bytesPerSecond))
    }
  }

  private static let page = """
    <!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h1>We will be back soon</h1>\
    </body></html>
    """
}

/// The token by which a request asks to be let in.
enum RequestToken {
  static func shown(_ request: HTTPRequest, _ body: [UInt8]) -> Secret? {
    if let field = request.headerFields[.authorization] {
      let words = field.split(separator: " ", omittingEmptySubsequences: true)
      if words.count == 2 { return Secret(String(words[1])) }
    }
    if let name = HTTPField.Name("OAuth-Token"), let token = request.headerFields[name] { return Secret(token) }
    let parameters = RequestTarget(request.path ?? "").query
      .followed(by: FormParameters(body.prefix(1 << 16)))
    if let data = parameters["rest_data"] { return SugarV4Arguments.session(in: Array(data.utf8)).map(Secret.init) }
    return (parameters["refresh_token"] ?? parameters["authtoken"] ?? parameters["token"]).map(Secret.init)
  }
}

extension CloudResponse {
  fileprivate static func text(
    _ status: Int, _ body: String, isPage: Bool, retryAfterSeconds: Int? = nil
  ) -> CloudResponse {
    var response = empty(status).response
    let isJSON = body.utf8.first == UInt8(ascii: "{") || body.utf8.first == UInt8(ascii: "[")
    response.headerFields[.contentType] =
      isPage ? "text/html;charset=UTF-8" : isJSON ? "application/json;charset=UTF-8" : "text/plain;charset=UTF-8"
    if let retryAfterSeconds { response.headerFields[.retryAfter] = String(retryAfterSeconds) }
    return CloudResponse(response: response, body: Array(body.utf8))
  }

  fileprivate static func redirect(to location: String) -> CloudResponse {
    var response = empty(302).response
    response.headerFields[.location] = location
    return CloudResponse(response: response, body: [])
  }
}
