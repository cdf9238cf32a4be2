import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// One client for each host, because each has its own way there.
final class HTTPSClients: Sendable {
  /// Hosts of one run; an appliance knows two of its CRM. The rest share the last client, and are not reached by a
  /// detour.
  private static let hostsMax = 64

  private let options: HTTPSOptions
  private let tls: TLSConfiguration
  /// nil once they are closed.
  private let clients = Mutex<[String: HTTPClient]?>([:])

  init(_ options: HTTPSOptions) throws(HTTPSOptionsError) {
    self.options = options
    var tls = TLSConfiguration.makeClientConfiguration()
    if let path = options.trustedCertificates {
      do {
        let trusted = try NIOSSLCertificate.fromPEMFile(path)
        guard !trusted.isEmpty else { throw HTTPSOptionsError.certificates(path: path) }
        tls.trustRoots = .certificates(trusted)
      } catch { throw .certificates(path: path) }
    }
    self.tls = tls
  }

  /// The client for `host`; nil when there are too many already, and once they are closed.
  func client(for host: String) -> HTTPClient? {
    clients.withLock { clients in
      guard let open = clients else { return nil }
      if let client = open[host] { return client }
      guard open.count < Self.hostsMax else { return nil }
      let client = HTTPClient(
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration(for: host))
      clients?[host] = client
      return client
    }
  }

  private func configuration(for host: String) -> HTTPClient.Configuration {
    let total = TimeAmount.milliseconds(Int64(options.answerTimeMilliseconds))
    let connect = TimeAmount.milliseconds(Int64(min(options.connectTimeMilliseconds, options.answerTimeMilliseconds)))
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: connect, read: total, write: total), decompression: .disabled)
    configuration.httpVersion = .http1Only
    // A refused connection is an answer; who asks decides whether to ask again.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.idleTimeout = .seconds(5)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.inFlight)
    if let detour = options.detour { configuration.dnsOverride = [host: detour.host] }
    return configuration
  }

  func close() async {
    let all = clients.withLock { clients in
      defer { clients = nil }
      return clients.map { Array($0.values) } ?? []
    }
    for client in all { try? await client.shutdown() }
  }
}
