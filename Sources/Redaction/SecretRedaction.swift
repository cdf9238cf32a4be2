public import HTTPTypes
public import Primitives

/// Takes the secrets out of HTTP messages before anything else sees them.
///
/// A secret found once, by name or by form, is taken out wherever else its text stands in what comes later.
public struct SecretRedaction: Sendable {
  /// Secrets remembered at most; older ones are then only found by name and form.
  public static let rememberedMax = 1000
  /// Shorter values are not looked for elsewhere: they would match by chance.
  private static let lengthMin = 8
  /// JSON packed into a form that is packed into JSON is not looked into any deeper.
  private static let depthMax = 2

  /// How a stand-in is written.
  public enum Form: Hashable, Sendable {
    /// `<access token>`, one for all: for reading.
    case kinds
    /// `redacted-access-token-1`, the same for the same secret: for playing back.
    case numbered
  }

  private let form: Form
  private var standIns: [String: String] = [:]
  private var order: [String] = []
  private var known = KnownTexts()
  private var counts: [SecretKind: Int] = [:]

  /// Knows no secret yet.
  public init(_ form: Form) { self.form = form }

  /// How many secrets are remembered.
  public var remembered: Int { standIns.count }

  /// Text with every secret replaced.
  public mutating func text(_ bytes: [UInt8]) -> [UInt8] { text(bytes, depth: 0) }

  private mutating func text(_ bytes: [UInt8], depth: Int) -> [UInt8] {
    var bytes = withoutSessionOfLogin(bytes)
    if depth < Self.depthMax {
      bytes = PackedJSON.replacing(in: bytes) { text($0, depth: depth + 1) }
    }
    return withoutKnown(SecretScanner(bytes).replacing { kind, value in standIn(for: value, kind) })
  }

  /// Has a secret replaced wherever it stands from now on, if it is not so short that it would match by chance.
  public mutating func know(_ secret: Secret, as kind: SecretKind) {
    if !secret.value.isEmpty { _ = standIn(for: secret.value, kind) }
  }

  /// SugarCRM's `login` answers with the session as the id of a user's record (measured).
  private mutating func withoutSessionOfLogin(_ bytes: [UInt8]) -> [UInt8] {
    let opening = Array(#"{"id":""#.utf8)
    guard bytes.starts(with: opening), let end = bytes.dropFirst(opening.count).firstIndex(of: UInt8(ascii: "\"")),
      bytes[end...].starts(with: #"","module_name":"Users""#.utf8)
    else { return bytes }
    let session = String(decoding: bytes[opening.count..<end], as: UTF8.self)
    return opening + Array(standIn(for: session, .session).utf8) + bytes[end...]
  }

  /// Text with every secret replaced.
  public mutating func text(_ text: String) -> String {
    String(decoding: self.text(Array(text.utf8)), as: UTF8.self)
  }

  /// Header fields in the order given, secret ones replaced: of `Zoho-oauthtoken T` the scheme stays.
  public mutating func fields(_ fields: HTTPFields) -> [(name: String, value: String)] {
    fields.map { field in
      let name = field.name.canonicalName
      guard let kind = SecretKind.headers[name] else { return (field.name.rawName, text(field.value)) }
      let words = field.value.split(separator: " ", maxSplits: 1)
      guard kind == .accessToken, let scheme = words.first, words.count == 2 else {
        return (field.name.rawName, standIn(for: field.value, kind))
      }
      return (field.name.rawName, scheme + " " + standIn(for: String(words[1]), kind))
    }
  }

  private mutating func standIn(for value: String, _ kind: SecretKind) -> String {
    if let known = standIns[value] { return known }
    // What was put in place of a secret before is none.
    if value.hasPrefix("<") && value.hasSuffix(">") { return value }
    let standIn: String
    switch form {
    // A numbered one too: a client that is played a cassette sends it back, and it has to look as the secret did.
    case .kinds: standIn = "<\(kind.rawValue)>"
    case .numbered:
      if value.hasPrefix("redacted-") { return value }
      counts[kind, default: 0] += 1
      let name = kind.rawValue.split(separator: " ").joined(separator: "-")
      let short = "redacted-\(name)-\(counts[kind, default: 1])"
      // As long as the secret, so that a message keeps its length.
      standIn = short + String(repeating: "-", count: max(0, value.utf8.count - short.utf8.count))
    }
    remember(value, standIn)
    // A secret of a query may stand elsewhere as it is.
    let decoded = PercentEncoding.decode(Array(value.utf8))
    if decoded != value { remember(decoded, standIn) }
    return standIn
  }

  private mutating func remember(_ value: String, _ standIn: String) {
    if order.count >= Self.rememberedMax, let oldest = order.first {
      order.removeFirst()
      standIns[oldest] = nil
      known.remove(oldest)
    }
    order.append(value)
    standIns[value] = standIn
    if value.utf8.count >= Self.lengthMin { known.add(value, standIn) }
  }

  /// Text with only the secrets told before replaced: for what another redaction has been over, so that the stand-ins
  /// it has put there stay.
  public func known(in bytes: [UInt8]) -> [UInt8] { withoutKnown(bytes) }

  /// Secrets told before, wherever they stand now.
  private func withoutKnown(_ bytes: [UInt8]) -> [UInt8] { known.replacing(in: bytes) }
}
