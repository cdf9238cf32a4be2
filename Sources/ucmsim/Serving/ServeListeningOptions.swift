import ApplianceServer
import ArgumentParser
import CertificateAuthority
import Primitives

/// Where the appliance listens, and with which certificate.
struct ServeListeningOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Address to listen on; others than loopback let other machines in.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("Port of the HTTPS API; 0 takes one that is free.", valueName: "n"))
  var port = 8089

  @Option(help: ArgumentHelp("Port of the old CDR API; 0 takes one that is free.", valueName: "n"))
  var cdrPort = 8443

  @Flag(help: "Leave the old CDR API out.")
  var noCdrAPI = false

  @Option(
    help: ArgumentHelp(
      "Port on loopback for /healthz and /metrics, without TLS; 0 takes one that is free.", valueName: "n"))
  var adminPort: Int?

  @Flag(help: "Plain HTTP without TLS, for behind a proxy that adds it.")
  var insecureHTTP = false

  @Option(help: ArgumentHelp("Write the certificate that clients have to trust (PEM) here.", valueName: "file"))
  var caOut: String?

  mutating func validate() throws {
    guard [port, cdrPort, adminPort ?? 0].allSatisfy((0...65_535).contains) else {
      throw ValidationError("Ports go from 0 to 65535.")
    }
    guard !insecureHTTP || caOut == nil else { throw ValidationError("Without TLS there is no --ca-out.") }
  }

  /// Whether nobody but this machine gets in.
  var isOnLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  func options(state: String?, at now: Instant) throws -> ApplianceService.Options {
    var options = ApplianceService.Options(identity: nil)
    options.host = host
    options.apiPort = port
    options.cdrPort = noCdrAPI ? nil : cdrPort
    options.watchPort = adminPort
    guard !insecureHTTP else { return options }
    options.identity = try ServerIdentity.make("ucmsim serve", host: host, state: state, caOut: caOut, at: now)
    return options
  }
}
