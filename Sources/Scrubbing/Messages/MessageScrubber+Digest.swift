import Crypto
import SIP

/// Challenges and credentials (RFC 7616, RFC 2617).
///
/// A recorded response cannot be checked without the password, so every account gets one that follows from the key, and
/// the response is computed anew with it: it verifies against what the new message says.
extension MessageScrubber {
  mutating func digest(_ value: SIPText, _ message: SIPMessage, _ body: [UInt8]) -> String {
    let text = value.unfolded
    let scheme = text.prefix { !$0.isWhitespace && $0 != "=" }
    // Authentication-Info has no scheme.
    let hasScheme = scheme.count < text.count && text.dropFirst(scheme.count).first != "="
    guard !hasScheme || scheme.lowercased() == "digest" else {
      losses.add("credentials of another scheme than Digest")
      return scheme + " " + renaming.token(String(text.dropFirst(scheme.count + 1)))
    }
    var fields: [(name: String, value: String, isQuoted: Bool)] = []
    Array((hasScheme ? text.dropFirst(scheme.count) : text[...]).utf8).withUnsafeBytes { bytes in
      SIPText(bytes).forEachListValue { pair in
        let pair = pair.string
        guard let equals = pair.firstIndex(of: "=") else { return }
        let raw = trimmed(pair[pair.index(after: equals)...])
        let isQuoted = raw.hasPrefix("\"")
        fields.append((trimmed(pair[..<equals]), raw.filter { $0 != "\"" }, isQuoted))
      }
    }
    for place in fields.indices {
      fields[place].value = digestField(fields[place].name.lowercased(), fields[place].value)
    }
    if let place = fields.firstIndex(where: { $0.name.lowercased() == "response" }) {
      fields[place].value =
        response(fields.map { ($0.name.lowercased(), $0.value) }, message, body)
        ?? fields[place].value
    }
    let list = fields.map { $0.isQuoted ? "\($0.name)=\"\($0.value)\"" : "\($0.name)=\($0.value)" }
    return (hasScheme ? scheme + " " : "") + list.joined(separator: ", ")
  }

  private mutating func digestField(_ name: String, _ value: String) -> String {
    switch name {
    case "username": return value.contains("@") ? accountAtHost(value) : renaming.user(value)
    case "realm": return renaming.host(value)
    case "uri", "domain": return Array(value.utf8).withUnsafeBytes { uri(SIPText($0)) }
    case "qop", "algorithm", "stale", "nc", "charset", "userhash": return value
    default: return renaming.token(value)
    }
  }

  private mutating func accountAtHost(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return renaming.user(text) }
    return renaming.user(String(text[..<at])) + "@" + renaming.host(String(text[text.index(after: at)...]))
  }

  /// nil for an algorithm that is not known, or where something is missing.
  private mutating func response(
    _ fields: [(name: String, value: String)], _ message: SIPMessage, _ body: [UInt8]
  ) -> String? {
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    guard let user = field("username"), let realm = field("realm"), let nonce = field("nonce"), let uri = field("uri"),
      case .request(_, let method, _) = message.startLine
    else { return nil }
    let algorithm = (field("algorithm") ?? "MD5").uppercased()
    let isSession = algorithm.hasSuffix("-SESS")
    let hash: (String) -> String
    switch isSession ? String(algorithm.dropLast(5)) : algorithm {
    case "MD5": hash = { Self.hexadecimal(Insecure.MD5.hash(data: Array($0.utf8))) }
    case "SHA-256": hash = { Self.hexadecimal(SHA256.hash(data: Array($0.utf8))) }
    default:
      losses.add("digest of an algorithm that is not known")
      return nil
    }
    let clientNonce = field("cnonce") ?? ""
    var secret = hash("\(user):\(realm):\(renaming.password(user: user, realm: realm))")
    if isSession { secret = hash("\(secret):\(nonce):\(clientNonce)") }
    let qop = field("qop")
    var request = "\(method.string):\(uri)"
    if qop?.lowercased() == "auth-int" { request += ":" + hash(String(decoding: body, as: UTF8.self)) }
    guard let qop else { return hash("\(secret):\(nonce):\(hash(request))") }
    return hash("\(secret):\(nonce):\(field("nc") ?? ""):\(clientNonce):\(qop):\(hash(request))")
  }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
