import Primitives

/// Where an installation answers.
struct SugarAddress: Codable {
  /// Lower case, without a port.
  let host: String
  /// Parts of the path.
  let path: [String]

  init(_ text: String) throws(CloudContentsError) {
    let lowered = text.lowercased()
    let scheme = ["https://", "http://"].first { lowered.hasPrefix($0) }
    guard let scheme, text.utf8.count <= 1024, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      !text.contains(where: { "?#@".contains($0) })
    else { throw Self.malformed }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    let host = authority.prefix { $0 != ":" }.lowercased()
    let isName = host.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2e
    }
    guard isName, (1...253).contains(host.utf8.count) else { throw Self.malformed }
    self.host = host
    path = rest.dropFirst(authority.count).split(separator: "/").map(String.init)
  }

  private static var malformed: CloudContentsError {
    CloudContentsError(
      "sugarcrm.address: no address of an installation; write it as https://crm.example.com/sugarcrm")
  }

  /// What of a request's path comes behind the installation's; nil for a path outside of it.
  func rest(of parts: [String]) -> [String]? {
    parts.starts(with: path) ? Array(parts.dropFirst(path.count)) : nil
  }
}
