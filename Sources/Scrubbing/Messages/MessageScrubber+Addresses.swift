import Primitives
import SIP

/// Names, URIs and hops.
extension MessageScrubber {
  mutating func addresses(_ value: SIPText) -> String {
    if value.trimmed.string == "*" { return "*" }
    return list(value) { scrubber, value in scrubber.address(value) }
  }

  private mutating func address(_ value: SIPText) -> String {
    guard let address = NameAddress(value) else { return renaming.token(value.unfolded) }
    let isBracketed = value.index(of: UInt8(ascii: "<")) != nil
    var text = ""
    if !address.rawDisplayName.isEmpty {
      let name = renaming.name(address.displayName)
      let isQuoted = address.rawDisplayName[0] == UInt8(ascii: "\"")
      text = isQuoted ? "\"\(Self.escaped(name))\" " : name + " "
    }
    text += isBracketed ? "<\(uri(address.uri))>" : uri(address.uri)
    return text + parameters(address.parameters)
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
  }

  /// Parameters that hold words and numbers of the protocol; the values of all others are tokens.
  private static let plainParameters: Set<String> = [
    "expires", "q", "transport", "lr", "method", "ttl", "ob", "party", "privacy", "screen", "counter", "limit", "user",
    "rport", "keep", "alias", "reg-id", "index", "cause", "id-type", "npi", "ton", "isfocus", "audio", "video",
    "methods", "id",
  ]

  private mutating func parameters(_ parameters: HeaderParameters) -> String {
    var found: [(String, SIPText?)] = []
    parameters.forEach { name, value in found.append((name.string, value)) }
    return found.map { name, value in
      guard let value else { return ";" + flag(name) }
      return ";\(name)=" + parameter(name.lowercased(), value)
    }.joined()
  }

  /// A parameter without a value: what is not known may be a value whose `=` is damaged.
  private mutating func flag(_ name: String) -> String {
    Self.plainParameters.contains(name.lowercased()) ? name : renaming.token(name)
  }

  private mutating func parameter(_ name: String, _ value: SIPText) -> String {
    switch name {
    case "received", "maddr": return renaming.host(value.string)
    case "phone-context": return renaming.number(value.string) ?? renaming.host(value.string)
    case "reason": return ReasonPhrases.kept(value.unquoted).isEmpty && !value.isProtocolWord ? "unknown" : value.string
    case "branch": return branch(value.string)
    case "tag": return renaming.token(value.string)
    default:
      if Self.plainParameters.contains(name), value.count <= 256,
        value.bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "@") })
      {
        return value.string
      }
      let quoted = value.unquoted
      let isQuoted = value[0] == UInt8(ascii: "\"")
      let token = renaming.token(quoted)
      return isQuoted ? "\"\(Self.escaped(token))\"" : token
    }
  }

  private mutating func branch(_ text: String) -> String {
    let cookie = "z9hG4bK"
    guard text.hasPrefix(cookie) else { return renaming.token(text) }
    let rest = String(text.dropFirst(cookie.count))
    return cookie + (rest.isEmpty ? "" : renaming.token(rest))
  }

  mutating func uri(_ text: SIPText) -> String {
    guard let uri = SIPURI(text) else {
      let plain = text.string
      if plain.lowercased().hasPrefix("urn:service:") { return plain }
      return renaming.token(plain)
    }
    let colon = text.index(of: UInt8(ascii: ":")) ?? 0
    let scheme = text.slice(0, colon).string + ":"
    switch uri.scheme {
    case .tel: return scheme + user(uri.user) + parameters(uri.parameters)
    case .sip, .sips: break
    }
    var result = scheme
    if !uri.userInfo.isEmpty { result += userInfo(uri) + "@" }
    result += renaming.host(uri.host.string)
    if let port = uri.port { result += ":\(port)" }
    result += parameters(uri.parameters)
    return uri.headers.isEmpty ? result : result + headers(uri.headers.string)
  }

  private mutating func userInfo(_ uri: SIPURI) -> String {
    let user = user(uri.user)
    let rest = uri.userInfo.slice(uri.user.count, uri.userInfo.count).string
    guard !rest.isEmpty else { return user }
    // User parameters stand before the password (RFC 3261 section 25.1).
    let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var result = user
    for parameter in (parts.first ?? "").split(separator: ";") {
      guard let equals = parameter.firstIndex(of: "=") else {
        result += ";" + renaming.token(String(parameter))
        continue
      }
      let value = String(parameter[parameter.index(after: equals)...])
      result += ";" + parameter[...equals] + (renaming.number(value) ?? renaming.host(value))
    }
    return parts.count > 1 ? result + ":" + renaming.token(String(parts[1])) : result
  }

  private mutating func user(_ text: SIPText) -> String {
    guard text.index(of: UInt8(ascii: "%")) != nil else { return renaming.user(text.string) }
    let plain = String(decoding: text.percentDecoded, as: UTF8.self)
    // As written: unescaped where it may be, so that the same user is written the same way.
    return renaming.user(plain).utf8.map { byte in
      PercentEncoding.isUnreserved(byte) || "+*!'()&=$,;?/".utf8.contains(byte) && text.index(of: byte) != nil
        ? String(UnicodeScalar(byte)) : PercentEncoding.encode(byte: byte)
    }.joined()
  }

  /// Headers that a URI asks for: a dialog to replace is renamed, all others are left out.
  private mutating func headers(_ text: String) -> String {
    let kept = text.split(separator: "&").compactMap { pair -> String? in
      guard let equals = pair.firstIndex(of: "="), pair[..<equals].lowercased() == "replaces" else {
        losses.add("header in a URI")
        return nil
      }
      let value = PercentEncoding.decode(Array(pair[pair.index(after: equals)...].utf8))
      let parts = value.split(separator: ";").enumerated().map { place, part in
        guard place > 0, let equals = part.firstIndex(of: "=") else {
          return place == 0 ? renaming.tokenAtHost(String(part)) : String(part)
        }
        return part[...equals] + renaming.token(String(part[part.index(after: equals)...]))
      }
      return pair[...equals] + PercentEncoding.encode(parts.joined(separator: ";"))
    }
    return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
  }

  /// `SIP/2.0/UDP host:port;parameters` (RFC 3261 section 20.42).
  mutating func via(_ value: SIPText) -> String {
    let text = value.unfolded
    let end = text.firstIndex(of: ";") ?? text.endIndex
    let words = text[..<end].split(separator: " ")
    guard words.count >= 2, let place = words.last, text.utf8.starts(with: "SIP".utf8) else {
      return renaming.token(text)
    }
    let transport = words.dropLast().joined(separator: " ")
    let parts = text[end...].split(separator: ";").map { part -> String in
      let part = trimmed(part)
      guard let equals = part.firstIndex(of: "=") else { return ";" + flag(part) }
      let name = trimmed(part[..<equals])
      let parameter = trimmed(part[part.index(after: equals)...])
      return ";\(name)=" + Array(parameter.utf8).withUnsafeBytes { self.parameter(name.lowercased(), SIPText($0)) }
    }
    return transport + " " + hostPort(String(place)) + parts.joined()
  }

  private mutating func hostPort(_ text: String) -> String {
    let start = text.lastIndex(of: "]") ?? text.startIndex
    guard let colon = text[start...].lastIndex(of: ":") else { return renaming.host(text) }
    let port = text[text.index(after: colon)...]
    guard port.isAllDigits else { return renaming.host(text) }
    return renaming.host(String(text[..<colon])) + ":" + port
  }
}

extension SIPText {
  /// Letters and hyphens: a word of the protocol.
  fileprivate var isProtocolWord: Bool {
    bytes.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 == UInt8(ascii: "-") }
  }
}

extension PercentEncoding {
  fileprivate static func encode(byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count < 2 ? "0" : "") + digits
  }
}
