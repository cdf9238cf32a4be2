/// Session descriptions (RFC 8866): where media goes and how it is coded stays, under other names.
extension MessageScrubber {
  /// Attributes that name nobody.
  private static let keptAttributes: Set<String> = [
    "rtpmap", "fmtp", "ptime", "maxptime", "sendrecv", "sendonly", "recvonly", "inactive", "rtcp-mux", "setup", "mid",
    "group", "rtcp-fb", "extmap", "t38faxversion", "t38maxbitrate", "t38faxratemanagement", "t38faxmaxbuffer",
    "t38faxmaxdatagram", "t38faxudpec", "t38faxfillbitremoval", "t38faxtranscodingmmr", "t38faxtranscodingjbig",
    "silencesupp", "framesize", "framerate", "connection", "direction", "curr", "des", "conf", "rtcp-rsize",
  ]

  mutating func sessionDescription(_ text: String) -> String {
    var result = ""
    for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
      let value = String(line.dropFirst(2))
      guard line.dropFirst().first == "=", let type = line.first else {
        losses.add("line of a session description that is none")
        continue
      }
      switch type {
      case "v", "b", "m", "r", "z": result += "\(line)\r\n"
      case "t": result += value.hasPrefix("0 0") ? "\(line)\r\n" : "t=0 0\r\n"
      case "o": result += "o=" + origin(value) + "\r\n"
      case "s": result += "s=-\r\n"
      case "c": result += "c=" + connection(value) + "\r\n"
      case "a":
        if let attribute = attribute(value) { result += "a=" + attribute + "\r\n" }
      default: losses.add("session description's line \(type.isASCII && type.isLetter ? String(type) : "?")=")
      }
    }
    return result
  }

  private mutating func origin(_ value: String) -> String {
    let words = value.split(separator: " ").map(String.init)
    guard words.count == 6 else { return "- 0 0 IN IP4 0.0.0.0" }
    let session = renaming.token(words[1])
    // A version counts up from the session's id in most devices; how far stays, for it says whether anything changed.
    var version = renaming.token(words[2])
    if let id = Int(words[1]), let number = Int(words[2]), let new = Int(session), id > 99,
      id <= 1 << 60, number <= 1 << 60, number >= 0, abs(number - id) < 1 << 20, new < 1 << 60
    {
      version = String(max(new + (number - id), 0))
    } else if words[2].utf8.count < 3 {
      version = words[2]
    }
    return "- \(session) \(version) \(words[3]) \(words[4]) " + renaming.host(words[5])
  }

  private mutating func connection(_ value: String) -> String {
    let words = value.split(separator: " ").map(String.init)
    guard words.count == 3 else { return "IN IP4 0.0.0.0" }
    let parts = words[2].split(separator: "/", maxSplits: 1).map(String.init)
    guard let address = parts.first else { return "IN IP4 0.0.0.0" }
    return "\(words[0]) \(words[1]) " + ([renaming.host(address)] + parts.dropFirst()).joined(separator: "/")
  }

  /// nil to leave it out.
  private mutating func attribute(_ value: String) -> String? {
    let name = String(value.prefix { $0 != ":" })
    let rest = String(value.dropFirst(name.count + 1))
    switch name.lowercased() {
    case let name where Self.keptAttributes.contains(name): return value
    case "ssrc": return "ssrc:" + renaming.token(String(rest.prefix { $0.isNumber }))
    case "crypto", "fingerprint", "ice-ufrag", "ice-pwd":
      let words = rest.split(separator: " ").map(String.init)
      // The key or hash comes last, a key behind `inline:`, which other words may follow.
      let secret = words.firstIndex { $0.hasPrefix("inline:") } ?? words.count - 1
      return "\(name):"
        + words.enumerated().map { place, word in
          guard place == secret else { return word }
          let front = word.hasPrefix("inline:") ? "inline:" : ""
          return front + renaming.token(String(word.dropFirst(front.count)))
        }.joined(separator: " ")
    case "rtcp":
      let words = rest.split(separator: " ").map(String.init)
      guard words.count == 4 else { return words.count == 1 && rest.isAllDigits ? value : nil }
      return "rtcp:\(words[0]) \(words[1]) \(words[2]) " + renaming.host(words[3])
    case "candidate": return candidate(rest).map { "candidate:" + $0 }
    default:
      let isWord = name.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 == UInt8(ascii: "-") }
      losses.add("session description's attribute \(isWord ? String(name.prefix(30)) : "?")")
      return nil
    }
  }

  /// RFC 8839 section 5.1.
  private mutating func candidate(_ text: String) -> String? {
    var words = text.split(separator: " ").map(String.init)
    guard words.count >= 8 else { return nil }
    words[0] = renaming.token(words[0])
    words[4] = renaming.host(words[4])
    for place in words.indices.dropLast() where words[place] == "raddr" {
      words[place + 1] = renaming.host(words[place + 1])
    }
    return words.joined(separator: " ")
  }
}
