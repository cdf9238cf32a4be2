public import CRMCloud
public import CertificateAuthority
import CloudStorage
public import HTTPService
import HTTPTypes
import Logging
import NIOSSL
import Primitives
import ServiceLifecycle
import UnixSignals

/// A cloud behind its listeners, until it is told to stop.
public struct CloudService<Hosted: HostedCloud & CloudAdministration & Codable>: Sendable {
  /// How long requests that are being answered are waited for at the end.
  public static var farewell: Duration { .milliseconds(1500) }

  /// What to listen on and how.
  public struct Options: Sendable {
    /// At least one.
    public var addresses: [ListenAddress]
    /// The certificate for secure addresses.
    public var identity: CertificateAuthority.Identity?
    /// What clients may take.
    public var limits = ServerLimits()
    /// Where the administrator listens, on loopback; nil for nowhere.
    public var adminPort: Int?
    /// How the administrator's files are read.
    public var reading: AdminReading

    /// Options without an administrator.
    public init(
      addresses: [ListenAddress], identity: CertificateAuthority.Identity?, reading: AdminReading = .none
    ) {
      self.addresses = addresses
      self.identity = identity
      self.reading = reading
    }
  }

  /// Where one listener has come to be.
  public struct Place: Hashable, Sendable {
    /// As it was asked for, with the port it got.
    public let address: ListenAddress
    /// Whether the administrator is behind it.
    public let isAdmin: Bool
  }

  private let cloud: ServedCloud<Hosted>
  private let options: Options
  private let logger: Logger

  /// - Parameter problems: told in a line what the operator should know.
  public init(_ cloud: ServedCloud<Hosted>, _ options: Options, problems: @escaping @Sendable (String) -> Void) {
    self.cloud = cloud
    self.options = options
    logger = Logger(label: "ucmsim.cloud") { _ in ProblemLog(tell: problems) }
  }

  /// Serves until SIGINT, SIGTERM or the task's cancellation; what is being answered then gets `farewell`.
  ///
  /// - Parameters:
  ///   - isReady: told every place once all are listening.
  ///   - isStopping: told when the end begins.
  public func run(
    stopsAtSignals: Bool = true, isReady: @escaping @Sendable ([Place]) -> Void,
    isStopping: @escaping @Sendable () -> Void = {}
  ) async throws {
    let tls = try options.identity.map(Self.configuration)
    let addresses = options.addresses
    let adminAddress = options.adminPort.map { ListenAddress(host: "127.0.0.1", port: $0, isSecure: false) }
    let ready = Readiness(count: addresses.count + (adminAddress == nil ? 0 : 1), tell: isReady)
    var services: [any Service] = []
    for (index, address) in addresses.enumerated() {
      services.append(
        CloudListener(
          address: address, cloud: cloud, limits: options.limits, links: PortLinks(addresses),
          tls: address.isSecure ? tls : nil, logger: logger
        ) { port in
          ready.note(index, Place(address: address.at(port), isAdmin: false))
        })
    }
    if let adminAddress {
      services.append(
        AdminListener(
          address: adminAddress, cloud: cloud, reading: options.reading, logger: logger,
          reachedAt: { ready.place(0)?.address }
        ) { port in
          ready.note(addresses.count, Place(address: adminAddress.at(port), isAdmin: true))
        })
    }
    services.append(StopWatch(isStopping: isStopping))
    var configuration = ServiceGroupConfiguration(services: services, logger: logger)
    if stopsAtSignals { configuration.gracefulShutdownSignals = [.sigint, .sigterm] }
    configuration.maximumGracefulShutdownDuration = Self.farewell
    try await ServiceGroup(configuration: configuration).run()
  }

  private static func configuration(_ identity: CertificateAuthority.Identity) throws -> TLSConfiguration {
    do throws(UnusableCertificate) { return try .server(identity) } catch { throw CloudServerError.certificate }
  }
}

extension ListenAddress {
  fileprivate func at(_ port: Int) -> ListenAddress {
    var found = self
    found.port = port
    return found
  }
}
