import Glibc

/// Why a cloud is not served.
public enum CloudServerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file cannot be made.
  case file(path: String, code: Int32)
  /// Nothing can listen there.
  case address(String, port: Int, code: Int32?)
  /// The certificate or its key is of no use.
  case certificate

  /// One line: what went wrong, where, and the remedy.
  public var description: String {
    switch self {
    case .file(let path, let code):
      return "cannot create \(path): \(String(cString: strerror(code))); choose another folder"
    case .address(let host, let port, let code):
      let reason = code.map { String(cString: strerror($0)) } ?? "the address is not of this machine"
      let remedy = code == EADDRINUSE ? "choose another port, or stop the program that uses it" : "choose another"
      return "cannot listen on \(host):\(port): \(reason); \(remedy)"
    case .certificate: return "the server's certificate cannot be used; remove server.pem and server-key.pem"
    }
  }
}
