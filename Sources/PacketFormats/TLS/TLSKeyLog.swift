/// Secrets of TLS connections, as programs write them for whoever debugs them: lines of label, client random and
/// secret, the latter two in hexadecimal (the NSS key log format, draft-ietf-tls-keylogfile).
///
/// No description of it, its parts or its problems holds any of the secrets.
public struct TLSKeyLog: Sendable, CustomStringConvertible, CustomReflectable {
  /// A line that says nothing.
  public struct Problem: Hashable, Sendable {
    /// The kinds of it; the raw value is what to tell a user.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
      /// Other than three words.
      case notThreeWords = "not a label, a client random and a secret"
      /// The client random or the secret.
      case notHexadecimal = "not in hexadecimal"
      /// A client random that is not 32 bytes, or a secret as long as none is.
      case wrongLength = "a client random has 32 bytes, a secret 32 or 48"
      /// More secrets than are kept; said once.
      case tooMany = "more secrets than are kept; the rest is left out"
    }

    /// From 1, in its text.
    public let line: Int
    /// What is wrong with it.
    public let reason: Reason
  }

  /// Connections whose secrets are kept; a PBX of the largest model that is registered with anew all day has fewer.
  public static let connectionsMax = 200_000
  /// Problems told of one text; a file of another kind has one on every line.
  public static let problemsMax = 20

  enum Label: String {
    case master = "CLIENT_RANDOM"
    case clientHandshake = "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
    case serverHandshake = "SERVER_HANDSHAKE_TRAFFIC_SECRET"
    case clientTraffic = "CLIENT_TRAFFIC_SECRET_0"
    case serverTraffic = "SERVER_TRAFFIC_SECRET_0"
  }

  /// What the log has of one connection.
  struct Secrets: Sendable {
    /// The master secret, up to TLS 1.2.
    var master: [UInt8]?
    var clientHandshake: [UInt8]?
    var serverHandshake: [UInt8]?
    var clientTraffic: [UInt8]?
    var serverTraffic: [UInt8]?

    mutating func set(_ label: Label, _ secret: [UInt8]) {
      switch label {
      case .master: master = secret
      case .clientHandshake: clientHandshake = secret
      case .serverHandshake: serverHandshake = secret
      case .clientTraffic: clientTraffic = secret
      case .serverTraffic: serverTraffic = secret
      }
    }
  }

  private struct ClientRandom: Hashable {
    let words: SIMD4<UInt64>

    init?(_ bytes: [UInt8]) {
      guard bytes.count == 32 else { return nil }
      var words = SIMD4<UInt64>.zero
      for index in 0..<32 { words[index / 8] = words[index / 8] << 8 | UInt64(bytes[index]) }
      self.words = words
    }
  }

  private var secrets: [ClientRandom: Secrets] = [:]

  /// A log without a secret.
  public init() {}

  /// Connections some secret is known of.
  public var connectionCount: Int { secrets.count }
  /// How much there is of it, and nothing of what.
  public var description: String { "key log of \(secrets.count) connections" }
  /// Nothing: a dump of what holds it says no secret.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

  func secrets(of clientRandom: [UInt8]) -> Secrets? {
    ClientRandom(clientRandom).flatMap { secrets[$0] }
  }

  /// Takes in a text, or a part of one that ends at a line's end; what it says of a connection twice counts as said
  /// last. Comments, empty lines and labels for other purposes are no problem.
  ///
  /// - Returns: at most `problemsMax` lines that say nothing.
  @discardableResult
  public mutating func add(_ text: [UInt8]) -> [Problem] {
    var problems: [Problem] = []
    var isFull = false
    for (index, line) in text.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      guard let reason = add(line: line), problems.count < Self.problemsMax else { continue }
      if reason == .tooMany {
        if isFull { continue }
        isFull = true
      }
      problems.append(Problem(line: index + 1, reason: reason))
    }
    return problems
  }

  private mutating func add(line: ArraySlice<UInt8>) -> Problem.Reason? {
    let words = line.split { $0 == 32 || $0 == 9 || $0 == 13 }
    guard let label = words.first, label.first != UInt8(ascii: "#") else { return nil }
    guard words.count == 3 else { return .notThreeWords }
    guard let random = Self.bytes(words[1]), let secret = Self.bytes(words[2]) else { return .notHexadecimal }
    guard let label = Label(rawValue: String(decoding: label, as: UTF8.self)) else { return nil }
    guard let key = ClientRandom(random), secret.count == 48 || (secret.count == 32 && label != .master) else {
      return .wrongLength
    }
    guard secrets[key] != nil || secrets.count < Self.connectionsMax else { return .tooMany }
    secrets[key, default: Secrets()].set(label, secret)
    return nil
  }

  private static func bytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case 48...57: value = digit - 48
      case 65...70: value = digit - 55
      case 97...102: value = digit - 87
      default: return nil
      }
      if let upper = high {
        bytes.append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
