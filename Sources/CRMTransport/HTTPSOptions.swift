/// How the CRM is reached.
public struct HTTPSOptions: Hashable, Sendable {
  /// Where every host is really reached; nil for wherever its name leads.
  public var detour: Detour?
  /// A file of certificates in PEM that are trusted, and no others; nil for those the machine trusts.
  public var trustedCertificates: String?
  /// An answer is there whole within this, or not at all.
  public var answerTimeMilliseconds = 30_000
  /// A connection is there within this.
  public var connectTimeMilliseconds = 10_000
  /// A longer body is cut off, one byte after this.
  public var bodyBytesMax = 1 << 20
  /// Requests under way at the same time. With one, they reach the server in the order they were made.
  public var inFlight = 1
  /// Whether the server is told the trace's time, so that a cloud on this machine lives by it.
  public var tellsTime = false

  /// The real hosts, with every option at its default.
  public init() {}

  /// An address that stands for every host.
  public struct Detour: Hashable, Sendable {
    /// A name or an IP address, without brackets.
    public let host: String
    /// From 1 to 65535.
    public let port: Int

    /// Reads `https://127.0.0.1:8443`, with or without a `/` at its end; without a port it is 443.
    ///
    /// - Throws: for anything else, plain HTTP among it: secrets go over no wire in the clear.
    public init(url: String) throws(HTTPSOptionsError) {
      let scheme = "https://"
      guard url.lowercased().hasPrefix(scheme) else { throw .address(url) }
      var rest = url.dropFirst(scheme.count)
      if rest.hasSuffix("/") { rest = rest.dropLast() }
      let host: Substring
      if rest.hasPrefix("[") {
        guard let end = rest.firstIndex(of: "]") else { throw .address(url) }
        host = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        host = rest.prefix { $0 != ":" }
        rest = rest.dropFirst(host.count)
      }
      guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { throw .address(url) }
      self.host = String(host)
      if rest.isEmpty {
        port = 443
      } else {
        guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()), (1...65_535).contains(number) else {
          throw .address(url)
        }
        port = number
      }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
        true
      default: false
      }
    }
  }
}

/// What is wrong with the way to the CRM as it was given.
public enum HTTPSOptionsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No address of a server.
  case address(String)
  /// The file holds no certificates, or cannot be read.
  case certificates(path: String)

  /// One line with the remedy.
  public var description: String {
    switch self {
    case .address(let url): "`\(url)` is no address of a server; write it as https://127.0.0.1:8443"
    case .certificates(let path): "\(path): holds no certificates in PEM, or cannot be read; take the cloud's --ca-out"
    }
  }
}
