import ArgumentParser
import CRMTransport

/// Another model that takes the same traffic as the one that is served.
struct BesideOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another model that takes the same traffic, for the web interface's page of two models side by side.",
      valueName: "model"))
  var beside: String?

  @Option(
    name: .customLong("beside-crm-url"),
    help: ArgumentHelp(
      "Where that model reaches the CRM, another `ucmsim cloud`; otherwise both write into the CRM of --crm-url.",
      valueName: "url"))
  var crmURL: String?

  /// Tells what cannot be with another model.
  func check(_ crm: CRMOptions, isListening: Bool) throws {
    guard let beside, !beside.isEmpty else {
      guard crmURL == nil else { throw ValidationError("--beside-crm-url is for the model of --beside.") }
      return
    }
    guard !isListening else {
      throw ValidationError("--beside reads the traces twice; an interface can be listened to once.")
    }
    guard crmURL == nil || crm.transport.url != nil else {
      throw ValidationError("--beside-crm-url goes with --crm-url; a CRM inside this program is one for each model.")
    }
    if let crmURL {
      do throws(HTTPSOptionsError) { _ = try HTTPSOptions.Detour(url: crmURL) } catch {
        throw ValidationError("--beside-crm-url: \(error.description).")
      }
    }
    guard crm.cassettes.cassette == nil || crm.cassettes.isPlayback else {
      throw ValidationError("A cassette is of one appliance: leave --beside out, or --cassette-mode at replay.")
    }
  }

  /// The options of that model's replay; nil for no such model.
  func simulation(_ simulation: SimulationOptions) -> SimulationOptions? {
    guard let beside else { return nil }
    var other = simulation
    other.model = beside
    if let crmURL { other.crm.transport.url = crmURL }
    return other
  }
}
