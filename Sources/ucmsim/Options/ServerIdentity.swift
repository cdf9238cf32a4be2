import CertificateAuthority
import Primitives

/// The certificate of a server of this program.
enum ServerIdentity {
  /// From the state's folder, or made for this run alone.
  ///
  /// - Parameters:
  ///   - name: the authority's.
  ///   - host: the address listened on, which the certificate is for as well.
  ///   - caOut: where the authority's certificate goes for clients to trust.
  static func make(
    _ name: String, host: String, further: [String] = [], state: String?, caOut: String?, at now: Instant
  ) throws -> CertificateAuthority.Identity {
    var names = ["localhost", "127.0.0.1", "::1"]
    if !names.contains(host), host != "0.0.0.0", host != "::" { names.append(host) }
    names += further
    do throws(CertificateError) {
      let made: (authority: CertificateAuthority, server: CertificateAuthority.Identity)
      if let state {
        made = try CertificateFolder(path: state).open(authority: name, names: names, at: now)
      } else {
        let authority = try CertificateAuthority(named: name, at: now)
        made = (authority, try authority.issue(for: names, at: now))
      }
      try? caOut.map { try ResultFile.write(made.authority.identity.certificatePEM, to: $0) }
      return made.server
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }
}
