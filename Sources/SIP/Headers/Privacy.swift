/// What a caller wants hidden: the values of Privacy (RFC 3323 section 4.2, `id` by RFC 3325, `history` by RFC 7044).
public struct Privacy: OptionSet, Hashable, Sendable {
  /// The bits of the members below.
  public let rawValue: UInt8
  /// Takes the bits as they are.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Headers that tell of the caller's place are to be hidden by a service.
  public static let header = Privacy(rawValue: 1)
  /// The session's addresses are to be hidden.
  public static let session = Privacy(rawValue: 2)
  /// What the user agent could have hidden itself.
  public static let user = Privacy(rawValue: 4)
  /// The asserted identity must not leave the trusted network.
  public static let id = Privacy(rawValue: 8)
  /// The call is to fail rather than to go on without.
  public static let critical = Privacy(rawValue: 16)
  /// The targets in History-Info.
  public static let history = Privacy(rawValue: 32)
  /// Nothing may be hidden, not even by default.
  public static let none = Privacy(rawValue: 64)

  /// The values of one header line, set off by `;` (a comma, seen in practice, is taken for one); unknown ones are left
  /// out.
  public init(_ value: SIPText) {
    var found: Privacy = []
    var start = 0
    for index in 0...value.count {
      guard index == value.count || value[index] == UInt8(ascii: ";") || value[index] == UInt8(ascii: ",") else {
        continue
      }
      if let privacy = Self.named(value.slice(start, index).trimmed) { found.insert(privacy) }
      start = index + 1
    }
    self = found
  }

  private static func named(_ word: SIPText) -> Privacy? {
    if word.equalsIgnoringCase("header") { return .header }
    if word.equalsIgnoringCase("session") { return .session }
    if word.equalsIgnoringCase("user") { return .user }
    if word.equalsIgnoringCase("id") { return .id }
    if word.equalsIgnoringCase("critical") { return .critical }
    if word.equalsIgnoringCase("history") { return .history }
    return word.equalsIgnoringCase("none") ? Privacy.none : nil
  }
}
