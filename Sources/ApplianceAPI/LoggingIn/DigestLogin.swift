import HTTPTypes
import Primitives

/// HTTP digest authentication (RFC 7616 with MD5, the only algorithm old clients know) in front of the old API.
///
/// That the API asks for a digest is documented; realm, life of a nonce and `qop` are assumed.
struct DigestLogin: Sendable {
  enum Outcome: Hashable {
    case user(String)
    /// No credentials, or for a nonce that is over: not a failure of the user's.
    case asks(isStale: Bool)
    case wrong
  }

  /// The last count of each nonce.
  private var nonces: ExpiringTable<UInt32>
  private var tokens: TokenSource
  private let realm: String

  private static let noncesMax = 4096
  private static let nonceLife = Instant.Span.seconds(300)

  init(realm: String, tokens: TokenSource) {
    self.realm = realm
    self.tokens = tokens
    nonces = ExpiringTable(countMax: Self.noncesMax)
  }

  /// The value of `WWW-Authenticate` with a new nonce.
  mutating func challenge(isStale: Bool, at now: Instant) -> String {
    let nonce = tokens.hexadecimal()
    nonces.set(nonce, to: 0, until: now + Self.nonceLife, at: now)
    return "Digest realm=\"\(realm)\", nonce=\"\(nonce)\", algorithm=MD5, qop=\"auth\""
      + (isStale ? ", stale=true" : "")
  }

  /// What `Authorization` proves for a request.
  mutating func check(_ request: HTTPRequest, users: [APIUser], at now: Instant) -> Outcome {
    guard let header = request.headerFields[.authorization] else { return .asks(isStale: false) }
    guard let given = DigestCredentials(header) else { return .wrong }
    guard let user = users.first(where: { $0.name == given["username"] }), given["realm"] == realm,
      given["uri"] == request.path, given["algorithm"].map({ $0.lowercased() == "md5" }) ?? true
    else { return .wrong }
    let first = Hexadecimal.md5("\(user.name):\(realm):\(user.password.value)")
    let second = Hexadecimal.md5("\(request.method.rawValue):\(request.path ?? "")")
    let nonce = given["nonce"] ?? ""
    let expected: String
    var count: UInt32 = 1
    if let quality = given["qop"] {
      guard quality == "auth", let text = given["nc"], text.utf8.count == 8, let number = UInt32(text, radix: 16) else {
        return .wrong
      }
      count = number
      expected = Hexadecimal.md5("\(first):\(nonce):\(text):\(given["cnonce"] ?? ""):auth:\(second)")
    } else {
      expected = Hexadecimal.md5("\(first):\(nonce):\(second)")
    }
    guard Sessions.equal(expected, given["response"] ?? "") else { return .wrong }
    // Known to be who he is; a count that was used before may be somebody who listened.
    guard let last = nonces.value(nonce, at: now), count > last, let ends = nonces.ends(nonce) else {
      return .asks(isStale: true)
    }
    nonces.set(nonce, to: count, until: ends, at: now)
    return .user(user.name)
  }
}

/// The parts of a digest `Authorization` field.
struct DigestCredentials {
  private var parts: [String: String] = [:]
  /// It holds the address asked for.
  private static let bytesMax = 16_384

  /// nil for another scheme, and for what is no list of `name=value`.
  init?(_ header: String) {
    var bytes = Array(header.utf8.prefix(Self.bytesMax))[...]
    guard String(decoding: bytes.prefix(7), as: UTF8.self).lowercased() == "digest " else { return nil }
    bytes = bytes.dropFirst(7)
    while true {
      bytes = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
      guard !bytes.isEmpty else { return }
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let name = String(decoding: bytes[..<equals], as: UTF8.self).lowercased()
      bytes = bytes[(equals + 1)...]
      guard let value = Self.takeValue(&bytes), parts[name] == nil, parts.count < 16 else { return nil }
      parts[name] = value
    }
  }

  subscript(name: String) -> String? { parts[name] }

  private static func takeValue(_ bytes: inout ArraySlice<UInt8>) -> String? {
    guard bytes.first == UInt8(ascii: "\"") else {
      let end = bytes.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") } ?? bytes.endIndex
      let value = String(decoding: bytes[..<end], as: UTF8.self)
      bytes = bytes[end...]
      return value
    }
    bytes = bytes.dropFirst()
    var value: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: value, as: UTF8.self)
      case UInt8(ascii: "\\"): if let next = bytes.popFirst() { value.append(next) }
      default: value.append(byte)
      }
    }
    return nil
  }
}
