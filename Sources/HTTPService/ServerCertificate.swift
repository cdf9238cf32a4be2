public import CertificateAuthority
public import NIOSSL
import Primitives

/// The certificate cannot be used.
public struct UnusableCertificate: Error, Hashable, Sendable {}

extension TLSConfiguration {
  /// A server that shows this certificate.
  ///
  /// - Throws: `UnusableCertificate`.
  public static func server(_ identity: CertificateAuthority.Identity) throws(UnusableCertificate) -> TLSConfiguration {
    do {
      let chain = try NIOSSLCertificate.fromPEMBytes(Array(identity.certificatePEM.utf8))
      let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.value.utf8), format: .pem)
      return .makeServerConfiguration(certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    } catch { throw UnusableCertificate() }
  }
}
