import CRMCloud
import Primitives

/// Reads one rule of a fault script.
enum FaultRuleReader {
  private enum Action: String, CaseIterable {
    case loseRequest = "lose-request"
    case loseAnswer = "lose-answer"
    case status, page, redirect
    case expireToken = "expire-token"
    case revokeToken = "revoke-token"
    case truncate, endless, drip

    /// Keys that say more about the action.
    var parameters: [String] {
      switch self {
      case .loseRequest, .loseAnswer, .expireToken, .revokeToken, .endless: []
      case .status: ["status", "body", "retryAfterSeconds"]
      case .page: ["status"]
      case .redirect: ["location"]
      case .truncate: ["bytes"]
      case .drip: ["bytesPerSecond"]
      }
    }
  }

  private static let parameters = ["status", "body", "retryAfterSeconds", "location", "bytes", "bytesPerSecond"]

  static func read(_ entry: Entry) -> CloudFaultRule? {
    let keys = ["name", "match", "latencyMilliseconds", "action"] + parameters
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let name = mapping.required("name")?.text()
    let match = mapping["match"].map(match) ?? CloudFaultRule.Match()
    let latency = mapping["latencyMilliseconds"]?.integer(in: 0...600_000) ?? 0
    let word: Action? = mapping["action"]?.choice()
    for key in parameters where !(word?.parameters.contains(key) ?? false) {
      let what = word.map { "the action `\($0.rawValue)` has no `\(key)`" } ?? "`\(key)` belongs to an action"
      if mapping["action"] == nil || word != nil { mapping[key]?.report(what) }
    }
    if mapping["action"] == nil, mapping["latencyMilliseconds"] == nil {
      entry.report("nothing goes wrong", remedy: "write an `action`, a `latencyMilliseconds` or both")
    }
    guard let name else { return nil }
    return CloudFaultRule(
      name: name, match: match, latency: .milliseconds(Int64(latency)), action: word.flatMap { action($0, mapping) })
  }

  private static func action(_ word: Action, _ mapping: Mapping) -> CloudFaultAction? {
    switch word {
    case .loseRequest: return .loseRequest
    case .loseAnswer: return .loseAnswer
    case .expireToken: return .expireToken
    case .revokeToken: return .revokeToken
    case .endless: return .endless
    case .status:
      guard let status = mapping.required("status")?.integer(in: 200...599) else { return nil }
      return .status(
        status, body: mapping["body"]?.text(maxLength: 100_000) ?? "",
        retryAfterSeconds: mapping["retryAfterSeconds"]?.integer(in: 0...86_400))
    case .page: return .page(status: mapping["status"]?.integer(in: 200...599) ?? 200)
    case .redirect:
      return mapping.required("location")?.parsed(as: "an address of http or https", address)
        .map { .redirect(location: $0) }
    case .truncate: return (mapping.required("bytes")?.integer(in: 0...1_000_000)).map { .truncate(bytes: $0) }
    case .drip:
      return (mapping.required("bytesPerSecond")?.integer(in: 1...1_000_000)).map { .drip(bytesPerSecond: $0) }
    }
  }

  private static func match(_ entry: Entry) -> CloudFaultRule.Match {
    var match = CloudFaultRule.Match()
    let keys = ["host", "path", "method", "nth", "every", "probability", "from", "until"]
    guard let mapping = entry.mapping(keys: keys) else { return match }
    match.host = mapping["host"]?.text(maxLength: 253)
    match.path = mapping["path"]?.parsed(as: "a path", remedy: "begin it with `/` or `*`") {
      $0.hasPrefix("/") || $0.hasPrefix("*") ? $0 : nil
    }
    match.method = mapping["method"]?.parsed(as: "a method", remedy: "write it as GET") { text in
      text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ? text : nil
    }
    match.nth = mapping["nth"]?.integer(in: 1...1_000_000_000)
    match.every = mapping["every"]?.integer(in: 1...1_000_000_000)
    match.probability = mapping["probability"]?.parsed(
      as: "a probability", remedy: "write 0 to 1, as 0.25", probability)
    match.from = mapping["from"]?.instant()
    match.until = mapping["until"]?.instant()
    if let from = match.from, let until = match.until, from >= until {
      mapping["until"]?.report("`until` is not later than `from`")
    }
    return match
  }

  private static func probability(_ text: String) -> Double? {
    guard text.utf8.count <= 20, text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (48...57).contains($0) }),
      let value = Double(text), (0...1).contains(value)
    else { return nil }
    return value
  }

  /// One that can stand in a header field.
  private static func address(_ text: String) -> String? {
    let isVisible = text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    return isVisible && (text.hasPrefix("https://") || text.hasPrefix("http://")) ? text : nil
  }
}
