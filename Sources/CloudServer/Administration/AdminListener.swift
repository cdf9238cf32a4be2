import CRMCloud
import HTTPService
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The administrator's listener: JSON under `/api`, pages elsewhere. On loopback only, without TLS or password.
struct AdminListener<Hosted: HostedCloud & CloudAdministration & Codable>: Service {
  let address: ListenAddress
  let cloud: ServedCloud<Hosted>
  let reading: AdminReading
  let logger: Logger
  /// Where the cloud itself is reached; nil as long as it is not.
  let reachedAt: @Sendable () -> ListenAddress?
  /// Told the port once connections are taken.
  let isListening: @Sendable (Int) async -> Void

  func run() async throws {
    let router = Router()
    router.add(middleware: LoopbackOnly())
    AdminAPI(cloud: cloud, reading: reading, reachedAt: reachedAt).addRoutes(to: router.group("api"))
    AdminPages(cloud: cloud, reachedAt: reachedAt).addRoutes(to: router)
    let application = Application(
      router: router,
      server: .http1(
        configuration: .init(additionalChannelHandlers: [RequestDeadline(.seconds(30))], idleTimeout: .seconds(60))),
      configuration: .init(address: .hostname(address.host, port: address.port)),
      onServerRunning: { [isListening] in await isListening($0.localAddress?.port ?? 0) },
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), logger: logger)
    do { try await application.run() } catch let error as IOError {
      throw CloudServerError.address(address.host, port: address.port, code: error.errnoCode)
    }
  }
}

/// Turns away what other sites' pages make a browser send here: another host's name, or a form of another origin.
struct LoopbackOnly<Context: RequestContext>: RouterMiddleware {
  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let authority = request.head.authority ?? ""
    guard Self.isLoopback(authority) else {
      return .adminError(.forbidden, "the administrator is reached as 127.0.0.1 or localhost only")
    }
    if let origin = request.headers[.origin], origin != "http://" + authority {
      return .adminError(.forbidden, "a page of another origin may not do this")
    }
    return try await next(request, context)
  }

  private static func isLoopback(_ authority: String) -> Bool {
    let name =
      authority.hasPrefix("[") ? String(authority.prefix { $0 != "]" }) + "]" : String(authority.prefix { $0 != ":" })
    return ["127.0.0.1", "localhost", "[::1]"].contains(name)
  }
}
