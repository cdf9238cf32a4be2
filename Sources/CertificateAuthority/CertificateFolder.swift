import Glibc
public import Primitives

/// An authority and its server's certificate as files: made when missing, kept while they serve.
///
/// `ca.pem`, `ca-key.pem`, `server.pem`, `server-key.pem`; keys can be read by their owner only.
public struct CertificateFolder: Sendable {
  /// A server's certificate is replaced when it has less than this to live.
  public static let renewal = Instant.Span.seconds(30 * 86_400)

  /// The folder as it was given.
  public let path: String

  /// Nothing is opened yet.
  public init(path: String) { self.path = path }

  /// The authority and a certificate of its for `names`.
  public func open(
    authority name: String, names: [String], at now: Instant
  ) throws(CertificateError) -> (authority: CertificateAuthority, server: CertificateAuthority.Identity) {
    let authority: CertificateAuthority
    if let kept = try read("ca") {
      do throws(CertificateError) { authority = try CertificateAuthority(kept) } catch { throw error.at(file("ca")) }
    } else {
      authority = try CertificateAuthority(named: name, at: now)
      try write(authority.identity, "ca")
    }
    if let kept = try read("server"), authority.vouches(for: kept, names: names, at: now, for: Self.renewal) {
      return (authority, kept)
    }
    let server = try authority.issue(for: names, at: now)
    try write(server, "server")
    return (authority, server)
  }

  private func file(_ name: String) -> String { "\(path)/\(name).pem" }

  /// nil when neither the certificate nor its key is there.
  private func read(_ name: String) throws(CertificateError) -> CertificateAuthority.Identity? {
    let certificate = try text(file(name))
    let key = try text(file(name + "-key"))
    switch (certificate, key) {
    case (nil, nil): return nil
    case (let certificate?, let key?): return .init(certificatePEM: certificate, privateKeyPEM: Secret(key))
    case (nil, _?), (_?, nil):
      throw CertificateError(.unreadable, path: file(name), detail: "one of two files is missing")
    }
  }

  private func write(_ identity: CertificateAuthority.Identity, _ name: String) throws(CertificateError) {
    try write(identity.privateKeyPEM.value, to: file(name + "-key"), mode: 0o600)
    try write(identity.certificatePEM, to: file(name), mode: 0o644)
  }

  private static let bytesMax = 1 << 16

  private func text(_ path: String) throws(CertificateError) -> String? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path, errno)
    }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: Self.bytesMax)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { throw failure(path, errno) }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// A file is there whole or not at all: a start that is cut off leaves no half key.
  private func write(_ text: String, to path: String, mode: mode_t) throws(CertificateError) {
    let temporary = path + ".new"
    unlink(temporary)
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure(path, errno) }
    let bytes = Array(text.utf8)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    let code = errno
    guard fsync(descriptor) == 0, close(descriptor) == 0, written == bytes.count else { throw failure(path, code) }
    guard rename(temporary, path) == 0 else { throw failure(path, errno) }
  }

  private func failure(_ path: String, _ code: Int32) -> CertificateError {
    CertificateError(.file, path: path, detail: String(cString: strerror(code)))
  }
}
