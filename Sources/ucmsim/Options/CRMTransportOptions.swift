import ArgumentParser
import CRMTransport
import SimulationRuntime

/// How the appliance's CRM requests travel.
struct CRMTransportOptions: ParsableArguments {
  enum Transport: String, CaseIterable, ExpressibleByArgument {
    case inProcess = "in-process"
    case https
  }

  @Option(
    name: .customLong("crm-transport"),
    help: ArgumentHelp(
      "in-process, a CRM inside this program, or https, the site's real servers.", valueName: "transport"))
  var transport: Transport?

  @Option(
    name: .customLong("crm-url"),
    help: ArgumentHelp(
      "Where every CRM host is really reached over HTTPS, as https://127.0.0.1:8443 of `ucmsim cloud`.",
      valueName: "url"))
  var url: String?

  @Option(
    name: .customLong("crm-ca"),
    help: ArgumentHelp(
      "Certificates (PEM) to trust instead of the machine's, as `ucmsim cloud --ca-out` writes them.",
      valueName: "file"))
  var trustedCertificates: String?

  @Option(
    name: .customLong("crm-timeout"),
    help: ArgumentHelp(
      "An answer over HTTPS, or past --crm-faults, has to be there whole within this.", valueName: "ms"))
  var timeoutMilliseconds = 30_000

  @Option(
    name: .customLong("crm-in-flight"),
    help: ArgumentHelp(
      "HTTPS requests under way at once; 1 with --crm-url, where their order decides the cloud's bytes, else 8.",
      valueName: "n"))
  var inFlight: Int?

  mutating func validate() throws {
    guard (1...600_000).contains(timeoutMilliseconds) else {
      throw ValidationError("--crm-timeout takes 1 to 600000 milliseconds.")
    }
    guard (1...64).contains(inFlight ?? 1) else { throw ValidationError("--crm-in-flight takes 1 to 64.") }
    guard url == nil || transport != .inProcess else {
      throw ValidationError("--crm-url is for https, --crm-transport says in-process.")
    }
    guard usesHTTPS || trustedCertificates == nil else {
      throw ValidationError("--crm-ca is for --crm-url or --crm-transport https.")
    }
  }

  /// Whether requests leave this process.
  var usesHTTPS: Bool { url != nil || transport == .https }

  /// The way over HTTPS.
  func httpsBackend() throws -> HTTPSBackend {
    do throws(HTTPSOptionsError) {
      var options = HTTPSOptions()
      options.detour = try url.map { (url) throws(HTTPSOptionsError) in try HTTPSOptions.Detour(url: url) }
      options.trustedCertificates = trustedCertificates
      options.answerTimeMilliseconds = timeoutMilliseconds
      options.inFlight = inFlight ?? (url == nil ? 8 : 1)
      options.tellsTime = url != nil
      return try HTTPSBackend(options)
    } catch {
      switch error {
      case .address: throw Complaint("--crm-url: \(error.description)", .usage)
      case .certificates: throw Complaint("--crm-ca: \(error.description)", .unusableInput)
      }
    }
  }
}
