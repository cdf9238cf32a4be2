import ArgumentParser
import CRMCloud
import CertificateAuthority
import CloudServer
import Glibc
import Primitives

/// Where a cloud listens, and with which certificate.
struct CloudListeningOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Address to listen on; others than loopback let other machines in.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("Port for every host; 0 takes one that is free.", valueName: "n"))
  var port = 8443

  @Option(
    help: ArgumentHelp(
      "Besides, a port for each host, counted up from here; what comes there is for that host, whatever it says.",
      valueName: "n"))
  var portPerHost: Int?

  @Flag(help: "Plain HTTP without TLS, for behind a proxy that adds it.")
  var insecureHTTP = false

  @Option(
    help: ArgumentHelp("Write the certificate that clients have to trust (PEM) here.", valueName: "file"))
  var caOut: String?

  @Option(
    help: ArgumentHelp(
      "Port on loopback for the inspector and the administrator, without TLS; 0 takes one that is free.",
      valueName: "n"))
  var adminPort: Int?

  mutating func validate() throws {
    let ports = [port, portPerHost ?? 1024, adminPort ?? 0]
    guard ports.allSatisfy((0...65_535).contains) else { throw ValidationError("Ports go from 0 to 65535.") }
    if let portPerHost, portPerHost == 0 || portPerHost > 65_000 {
      throw ValidationError("--port-per-host takes 1 to 65000: every host needs a port.")
    }
    guard !insecureHTTP || caOut == nil else { throw ValidationError("Without TLS there is no --ca-out.") }
  }

  func addresses(hosts: [VirtualHost]) -> [ListenAddress] {
    var addresses = [ListenAddress(host: host, port: port, isSecure: !insecureHTTP)]
    guard let portPerHost else { return addresses }
    for (index, virtual) in hosts.enumerated() {
      addresses.append(
        ListenAddress(host: host, port: portPerHost + index, isSecure: !insecureHTTP, virtualHost: virtual))
    }
    return addresses
  }

  /// The server's certificate, from the state's folder or made for this run alone; nil without TLS.
  func identity(state: String?, hosts: [VirtualHost], at now: Instant) throws -> CertificateAuthority.Identity? {
    guard !insecureHTTP else { return nil }
    return try ServerIdentity.make(
      "ucmsim cloud", host: host, further: hosts.map(\.name), state: state, caOut: caOut, at: now)
  }
}
