import Redaction

extension ExchangeEntry {
  /// Fields that curl writes itself, and ours.
  private static let left: Set<String> = ["host", "content-length", "connection", "accept", "simulated-time"]

  /// The request as a command line.
  ///
  /// - Parameter reachedAt: what really listens; nil to leave it to the resolver.
  func curl(reachedAt: ListenAddress?) -> String {
    let name = String(host.prefix { $0 != ":" })
    let isSecure = reachedAt?.isSecure ?? true
    var options: [String] = []
    var authority = name
    if let reachedAt {
      authority = "\(name):\(reachedAt.port)"
      let address = reachedAt.host.contains(":") ? "[\(reachedAt.host)]" : reachedAt.host
      options += ["--resolve", CurlCommand.quoted("\(authority):\(address)")]
      if isSecure { options += ["--cacert", "ca.pem"] }
    }
    return CurlCommand.text(
      method: method, url: "\(isSecure ? "https" : "http")://\(authority)\(path)", options: options,
      fields: fields.filter { !Self.left.contains($0.name.lowercased()) }.map { ($0.name, $0.value) }, body: body)
  }
}
