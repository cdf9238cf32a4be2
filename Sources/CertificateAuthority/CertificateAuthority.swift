import Crypto
import Foundation
public import Primitives
import SwiftASN1
import X509

/// A certificate authority of one's own: whoever trusts its one certificate trusts every certificate it issues.
///
/// For servers on this machine. Keys are P-256; nothing here reads the clock or a file.
public struct CertificateAuthority: Sendable {
  /// A certificate and the key that belongs to it, as PEM.
  public struct Identity: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// To be shown to anyone.
    public let certificatePEM: String
    /// To be kept: whoever has it can pass for the subject.
    public let privateKeyPEM: Secret

    /// Takes both as they are.
    public init(certificatePEM: String, privateKeyPEM: Secret) {
      self.certificatePEM = certificatePEM
      self.privateKeyPEM = privateKeyPEM
    }

    /// Nothing of the key.
    public var description: String { "Identity(\(certificatePEM.utf8.count) bytes, <secret>)" }
    /// Shows no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
  }

  /// Longest life that browsers accept of a server's certificate (398 days: CA/Browser Forum, ballot SC-31).
  public static let serverLife = Instant.Span.seconds(397 * 86_400)
  /// Life of the authority's own certificate: long enough that nobody has to trust a second one soon.
  public static let ownLife = Instant.Span.seconds(3650 * 86_400)
  /// Certificates are valid from so long before they are issued, for clients whose clock is behind.
  public static let leeway = Instant.Span.seconds(3600)

  /// The authority's own certificate and key.
  public let identity: Identity
  private let key: Certificate.PrivateKey
  private let certificate: Certificate

  /// A new authority.
  public init(named name: String, at now: Instant) throws(CertificateError) {
    do {
      let own = P256.Signing.PrivateKey()
      let key = Certificate.PrivateKey(own)
      self.key = key
      let subject = try DistinguishedName { CommonName(name) }
      certificate = try Certificate(
        version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: now.before(Self.leeway).date,
        notValidAfter: (now + Self.ownLife).date, issuer: subject, subject: subject,
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(keyCertSign: true, cRLSign: true))
          SubjectKeyIdentifier(hash: key.publicKey)
        }, issuerPrivateKey: key)
      identity = Identity(
        certificatePEM: try certificate.serializeAsPEM().pemString + "\n",
        privateKeyPEM: Secret(own.pemRepresentation + "\n"))
    } catch { throw CertificateError(.cannotIssue, error) }
  }

  /// The authority that `identity` is.
  public init(_ identity: Identity) throws(CertificateError) {
    do {
      certificate = try Certificate(pemEncoded: identity.certificatePEM)
      key = try Certificate.PrivateKey(pemEncoded: identity.privateKeyPEM.value)
    } catch { throw CertificateError(.unreadable, error) }
    guard certificate.publicKey == key.publicKey else { throw CertificateError(.keyOfAnother) }
    self.identity = identity
  }

  /// A server's certificate for `names` (host names and IP addresses), valid for `life` from `now`.
  ///
  /// - Parameter leeway: valid from so long before `now`.
  public func issue(
    for names: [String], at now: Instant, life: Instant.Span = serverLife, leeway: Instant.Span = leeway
  ) throws(CertificateError) -> Identity {
    guard let first = names.first else { throw CertificateError(.noName) }
    do {
      let own = P256.Signing.PrivateKey()
      let server = Certificate.PrivateKey(own)
      let subject = try DistinguishedName { CommonName(first) }
      let issued = try Certificate(
        version: .v3, serialNumber: .init(), publicKey: server.publicKey, notValidBefore: now.before(leeway).date,
        notValidAfter: (now + life).date, issuer: certificate.subject, subject: subject,
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          try ExtendedKeyUsage([.serverAuth])
          SubjectAlternativeNames(names.map(Self.generalName))
          SubjectKeyIdentifier(hash: server.publicKey)
          AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
        }, issuerPrivateKey: key)
      return Identity(
        certificatePEM: try issued.serializeAsPEM().pemString + "\n",
        privateKeyPEM: Secret(own.pemRepresentation + "\n"))
    } catch { throw CertificateError(.cannotIssue, error) }
  }

  /// Whether `identity` is of this authority, names every one of `names` and is good for `span` more.
  public func vouches(for identity: Identity, names: [String], at now: Instant, for span: Instant.Span) -> Bool {
    guard let issued = try? Certificate(pemEncoded: identity.certificatePEM),
      let own = try? Certificate.PrivateKey(pemEncoded: identity.privateKeyPEM.value),
      own.publicKey == issued.publicKey, certificate.publicKey.isValidSignature(issued.signature, for: issued),
      issued.notValidBefore <= now.date, issued.notValidAfter >= (now + span).date,
      let named = try? issued.extensions.subjectAlternativeNames
    else { return false }
    return names.allSatisfy { named.contains(Self.generalName($0)) }
  }

  private static func generalName(_ name: String) -> GeneralName {
    guard let address = IPAddress(name) else { return .dnsName(name) }
    return .ipAddress(ASN1OctetString(contentBytes: address.bytes[...]))
  }
}

extension Instant {
  fileprivate func before(_ span: Span) -> Instant { self + .seconds(-span.wholeSeconds) }

  fileprivate var date: Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }
}

extension IPAddress {
  /// In network order: 4 or 16.
  fileprivate var bytes: [UInt8] {
    let low = (0..<8).reversed().map { UInt8(truncatingIfNeeded: self.low >> ($0 * 8)) }
    switch family {
    case .v4: return Array(low.suffix(4))
    case .v6: return (0..<8).reversed().map { UInt8(truncatingIfNeeded: high >> ($0 * 8)) } + low
    }
  }
}
