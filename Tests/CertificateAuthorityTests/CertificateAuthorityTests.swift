import CertificateAuthority
import Foundation
import NIOSSL
import Primitives
import TestSupport
import Testing

@Suite struct CertificateAuthorityTests {
  static let now = Instant(seconds: 1_800_000_000)
  static let names = ["localhost", "127.0.0.1", "::1", "accounts.zoho.com"]

  @Test func aServersCertificateIsOneATLSLibraryTakes() throws {
    let authority = try CertificateAuthority(named: "Test", at: Self.now)
    let server = try authority.issue(for: Self.names, at: Self.now)
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(server.certificatePEM.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(server.privateKeyPEM.value.utf8), format: .pem)
    #expect(chain.count == 1)
    _ = try NIOSSLContext(
      configuration: .makeServerConfiguration(certificateChain: [.certificate(chain[0])], privateKey: .privateKey(key)))
  }

  @Test func anAuthorityVouchesForItsOwnAndForNothingElse() throws {
    let authority = try CertificateAuthority(named: "Test", at: Self.now)
    let other = try CertificateAuthority(named: "Test", at: Self.now)
    let server = try authority.issue(for: Self.names, at: Self.now)
    #expect(authority.vouches(for: server, names: Self.names, at: Self.now, for: .zero))
    #expect(!other.vouches(for: server, names: Self.names, at: Self.now, for: .zero))
    #expect(!authority.vouches(for: server, names: ["accounts.zoho.eu"], at: Self.now, for: .zero))
    let later = Self.now + CertificateAuthority.serverLife + .seconds(1)
    #expect(!authority.vouches(for: server, names: Self.names, at: later, for: .zero))
    let strange = CertificateAuthority.Identity(certificatePEM: "no", privateKeyPEM: Secret("no"))
    #expect(!authority.vouches(for: strange, names: [], at: Self.now, for: .zero))
  }

  @Test func aCertificateForNobodyIsRefused() throws {
    let authority = try CertificateAuthority(named: "Test", at: Self.now)
    #expect(throws: CertificateError.self) { try authority.issue(for: [], at: Self.now) }
  }

  @Test func aKeyOfAnotherCertificateIsRefused() throws {
    let (one, two) = (
      try CertificateAuthority(named: "One", at: Self.now), try CertificateAuthority(named: "Two", at: Self.now)
    )
    let mixed = CertificateAuthority.Identity(
      certificatePEM: one.identity.certificatePEM, privateKeyPEM: two.identity.privateKeyPEM)
    let error = #expect(throws: CertificateError.self) { try CertificateAuthority(mixed) }
    #expect(error?.reason == .keyOfAnother)
  }

  @Test func noKeyIsPrinted() throws {
    let authority = try CertificateAuthority(named: "Test", at: Self.now)
    #expect(!"\(authority.identity)".contains("PRIVATE"))
    var dumped = ""
    dump(authority.identity, to: &dumped)
    #expect(!dumped.contains("PRIVATE"))
  }
}

@Suite struct CertificateFolderTests {
  private static let now = CertificateAuthorityTests.now
  private static let names = CertificateAuthorityTests.names

  @Test func certificatesAreMadeOnceAndKept() throws {
    let folder = try TemporaryDirectory()
    let place = CertificateFolder(path: folder.path("."))
    let first = try place.open(authority: "Test", names: Self.names, at: Self.now)
    let second = try place.open(authority: "Test", names: Self.names, at: Self.now)
    #expect(first.server == second.server && first.authority.identity == second.authority.identity)
    for file in ["ca-key.pem", "server-key.pem"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path(file))[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
  }

  @Test func aServersCertificateIsRenewedInTimeAndForNewNames() throws {
    let folder = try TemporaryDirectory()
    let place = CertificateFolder(path: folder.path("."))
    let first = try place.open(authority: "Test", names: Self.names, at: Self.now)
    let late = Self.now + CertificateAuthority.serverLife
    let renewed = try place.open(authority: "Test", names: Self.names, at: late)
    #expect(renewed.server != first.server && renewed.authority.identity == first.authority.identity)
    let wider = try place.open(authority: "Test", names: Self.names + ["new.example"], at: late)
    #expect(wider.server != renewed.server)
  }

  @Test(arguments: ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
  func aBrokenAuthorityIsAnErrorWithItsPlace(text: String) throws {
    let folder = try TemporaryDirectory()
    let place = CertificateFolder(path: folder.path("."))
    _ = try place.open(authority: "Test", names: Self.names, at: Self.now)
    try Data(text.utf8).write(to: URL(filePath: folder.path("ca.pem")))
    let error = #expect(throws: CertificateError.self) {
      try place.open(authority: "Test", names: Self.names, at: Self.now)
    }
    #expect(error?.description.contains("ca.pem: is not a certificate") == true)
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    let place = CertificateFolder(path: "/nowhere/at/all")
    let error = #expect(throws: CertificateError.self) {
      try place.open(authority: "Test", names: Self.names, at: Self.now)
    }
    #expect(error?.reason == .file)
  }
}
