extension SIPURI {
  /// Parameters and headers compared; URIs with more are never equivalent, so that comparing stays cheap.
  static let comparedMax = 32

  /// Whether both name the same resource by the rules of RFC 3261 section 19.1.4 (`tel:` by RFC 3966 section 4).
  ///
  /// Not transitive, as the RFC has it: a parameter that only one of them has is mostly passed over.
  public func isEquivalent(to other: SIPURI) -> Bool {
    guard scheme == other.scheme else { return false }
    switch scheme {
    case .tel:
      guard let number = TelephoneNumber(self), let second = TelephoneNumber(other) else { return false }
      return number.isEquivalent(to: second)
    case .sip, .sips: break
    }
    guard userInfo.isEmpty == other.userInfo.isEmpty, canonical(userInfo) == canonical(other.userInfo) else {
      return false
    }
    guard let host = SIPHost(host), let otherHost = SIPHost(other.host), host == otherHost, port == other.port else {
      return false
    }
    return haveEquivalentParameters(other) && Self.headerFields(headers) == Self.headerFields(other.headers)
  }

  private func haveEquivalentParameters(_ other: SIPURI) -> Bool {
    guard let own = Self.table(parameters), let theirs = Self.table(other.parameters) else { return false }
    for (name, value) in own {
      if let second = theirs.first(where: { $0.name == name }) {
        guard second.value == value else { return false }
      } else if Self.isNeverImplied(name) {
        return false
      }
    }
    return theirs.allSatisfy { parameter in
      !Self.isNeverImplied(parameter.name) || own.contains { $0.name == parameter.name }
    }
  }

  /// Parameters that keep URIs apart where only one has them. `transport` is among the examples of the section.
  private static func isNeverImplied(_ name: [UInt8]) -> Bool {
    ["user", "ttl", "method", "maddr", "transport"].contains { name.elementsEqual($0.utf8) }
  }

  private static func table(_ parameters: HeaderParameters) -> [(name: [UInt8], value: [UInt8])]? {
    var table: [(name: [UInt8], value: [UInt8])] = []
    parameters.forEach { name, value in
      guard table.count <= comparedMax else { return }
      table.append((lowercased(canonicalBytes(name)), lowercased(canonicalBytes(value ?? .empty))))
    }
    return table.count > comparedMax ? nil : table
  }

  private static func headerFields(_ text: SIPText) -> [[UInt8]] {
    var fields: [[UInt8]] = []
    var rest: SIPText? = text.isEmpty ? nil : text
    while let current = rest, fields.count <= comparedMax {
      let (field, following) = current.split(at: UInt8(ascii: "&"))
      let (name, value) = field.split(at: UInt8(ascii: "="))
      fields.append(lowercased(canonicalBytes(name)) + [UInt8(ascii: "=")] + canonicalBytes(value ?? .empty))
      rest = following
    }
    return fields.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func canonical(_ text: SIPText) -> [UInt8] { Self.canonicalBytes(text) }

  /// Escapes undone, but for those of reserved characters, which mean something else than the characters themselves.
  private static func canonicalBytes(_ text: SIPText) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while let byte = text[index] {
      guard byte == UInt8(ascii: "%"), let value = text.escapedByte(at: index) else {
        bytes.append(byte)
        index += 1
        continue
      }
      if ";/?:@&=+$,%".utf8.contains(value) {
        bytes += [byte] + lowercased([text[index + 1] ?? 0, text[index + 2] ?? 0])
      } else {
        bytes.append(value)
      }
      index += 3
    }
    return bytes
  }

  private static func lowercased(_ bytes: [UInt8]) -> [UInt8] { bytes.map(SIPText.lowercased) }
}
