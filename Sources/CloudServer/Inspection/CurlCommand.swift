/// A request as a command line for a POSIX shell; secrets are stand-ins, to be filled in by whoever runs it.
enum CurlCommand {
  /// Fields that curl writes itself, and ours.
  private static let left: Set<String> = ["host", "content-length", "connection", "accept", "simulated-time"]

  /// - Parameter reachedAt: what really listens; nil to leave it to the resolver.
  static func text(_ entry: ExchangeEntry, reachedAt: ListenAddress?) -> String {
    let name = String(entry.host.prefix { $0 != ":" })
    let isSecure = reachedAt?.isSecure ?? true
    let scheme = isSecure ? "https" : "http"
    var words = ["curl", "--include", "--request", quoted(entry.method)]
    var authority = name
    if let reachedAt {
      authority = "\(name):\(reachedAt.port)"
      let address = reachedAt.host.contains(":") ? "[\(reachedAt.host)]" : reachedAt.host
      words += ["--resolve", quoted("\(authority):\(address)")]
      if isSecure { words += ["--cacert", "ca.pem"] }
    }
    for field in entry.fields where !left.contains(field.name.lowercased()) {
      words += ["--header", quoted("\(field.name): \(field.value)")]
    }
    if !entry.body.isEmpty { words += ["--data-raw", quoted(entry.body)] }
    words.append(quoted("\(scheme)://\(authority)\(entry.path)"))
    return words.joined(separator: " ")
  }

  /// In single quotes, in which a shell reads nothing but the quote itself.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
