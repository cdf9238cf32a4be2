import ApplianceAPI
public import CertificateAuthority
public import HTTPService
import Logging
import NIOSSL
import Primitives
import ServiceLifecycle
import UnixSignals

/// An appliance behind its listeners, until it is told to stop.
public struct ApplianceService: Sendable {
  /// How long requests that are being answered are waited for at the end.
  public static let farewell = Duration.milliseconds(1500)

  /// What to listen on and how.
  public struct Options: Sendable {
    /// An address of this machine.
    public var host = "127.0.0.1"
    /// Of the HTTPS API; 0 for any that is free.
    public var apiPort = 8089
    /// Of the old CDR API; nil for none.
    public var cdrPort: Int? = 8443
    /// Of `/healthz` and `/metrics`, on loopback; nil for none.
    public var watchPort: Int?
    /// nil for HTTP without TLS.
    public var identity: CertificateAuthority.Identity?
    /// What clients may take.
    public var limits = ServerLimits()
    /// Where CDRs are told as they come.
    public var realTime: RealTimeOutput?
    /// Who keeps the appliance's state.
    public var keeper: StateKeeper?
    /// The appliance's web interface.
    public var pages: (any ApplianceWebPages)?

    /// The appliance's own ports on loopback.
    public init(identity: CertificateAuthority.Identity?) {
      self.identity = identity
      limits.bodyBytes = ApplianceDoors.bodyBytesMax
    }
  }

  /// Where one listener has come to be.
  public struct Place: Hashable, Sendable {
    /// What it is for.
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
      case httpsAPI = "HTTPS API"
      case cdrAPI = "CDR API (old)"
      case watch = "health and metrics"
    }

    /// What it is for.
    public let purpose: Purpose
    /// As `https://127.0.0.1:8089`.
    public let url: String
    /// The port it got.
    public let port: Int
  }

  private let served: ServedAppliance
  private let options: Options
  private let logger: Logger

  /// - Parameter problems: told in a line what the operator should know.
  public init(_ served: ServedAppliance, _ options: Options, problems: @escaping @Sendable (String) -> Void) {
    self.served = served
    self.options = options
    logger = Logger(label: "ucmsim.serve") { _ in ProblemLog(tell: problems) }
  }

  /// Serves until SIGINT, SIGTERM or the task's cancellation; what is being answered then gets `farewell`.
  ///
  /// - Parameters:
  ///   - isReady: told every place once all are listening.
  ///   - isStopping: told when the end begins.
  /// - Throws: `ListenFailure`, `UnusableCertificate`.
  public func run(
    stopsAtSignals: Bool = true, isReady: @escaping @Sendable ([Place]) -> Void,
    isStopping: @escaping @Sendable () -> Void = {}
  ) async throws {
    let tls = try options.identity.map { (identity) throws(UnusableCertificate) in
      try TLSConfiguration.server(identity)
    }
    let purposes = [
      (Place.Purpose.httpsAPI, Optional(options.apiPort)), (.cdrAPI, options.cdrPort), (.watch, options.watchPort),
    ].compactMap { purpose, port in port.map { (purpose, $0) } }
    let ready = Readiness<Place>(count: purposes.count, tell: isReady)
    var services: [any Service] = purposes.enumerated().map { index, entry in
      listener(entry.0, port: entry.1, tls) { ready.note(index, $0) }
    }
    if let realTime = options.realTime { services.append(realTime) }
    if let keeper = options.keeper { services.append(keeper) }
    services.append(StopWatch(isStopping: isStopping))
    var configuration = ServiceGroupConfiguration(services: services, logger: logger)
    if stopsAtSignals { configuration.gracefulShutdownSignals = [.sigint, .sigterm] }
    configuration.maximumGracefulShutdownDuration = Self.farewell
    try await ServiceGroup(configuration: configuration).run()
    await served.close()
  }

  private var pushChannel: WebSocketDoor {
    let events = EventsResponder(served: served, wall: served.wall)
    return WebSocketDoor(path: "/websockify", frameBytesMax: LiveEventSession.bytesMax) { connection in
      try await events.serve(connection)
    }
  }

  private func listener(
    _ purpose: Place.Purpose, port: Int, _ tls: TLSConfiguration?, isListening: @escaping @Sendable (Place) -> Void
  ) -> HTTPListener {
    let isWatch = purpose == .watch
    let host = isWatch ? "127.0.0.1" : options.host
    let scheme = isWatch || tls == nil ? "http" : "https"
    let shown = host.contains(":") ? "[\(host)]" : host
    let respond: HTTPListener.Responder
    switch purpose {
    case .httpsAPI: respond = DoorResponder(served, .httpsAPI, options.pages, options.limits).responder
    case .cdrAPI: respond = DoorResponder(served, .cdrAPI, nil, options.limits).responder
    case .watch:
      let watch = WatchResponder(served: served)
      respond = { request, writer, channel in try await watch.respond(request, writer, channel) }
    }
    return HTTPListener(
      host: host, port: port, tls: isWatch ? nil : tls, limits: options.limits, logger: logger, respond: respond,
      webSocket: purpose == .httpsAPI ? pushChannel : nil
    ) { port in isListening(Place(purpose: purpose, url: "\(scheme)://\(shown):\(port)", port: port)) }
  }
}

extension DoorResponder {
  fileprivate init(
    _ served: ServedAppliance, _ door: ApplianceDoors.Door, _ pages: (any ApplianceWebPages)?, _ limits: ServerLimits
  ) {
    self.init(served: served, door: door, pages: pages, limits: limits)
  }

  fileprivate var responder: HTTPListener.Responder {
    { request, writer, channel in try await respond(request, writer, channel) }
  }
}
