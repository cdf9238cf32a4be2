import ArgumentParser
import ConfigurationFiles
import PBXModel
import Primitives
import SimulationRuntime

/// Where the PBX is and what surrounds it.
struct SiteOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Site file (YAML): addresses, extensions, trunks, routes, CRM.", valueName: "file"))
  var site: String?

  @Option(
    name: .customLong("pbx"),
    help: ArgumentHelp(
      "Address of the PBX, repeatable; otherwise the site file's, otherwise inferred.", valueName: "address[:port]"),
    transform: SiteOptions.endpoint)
  var pbx: [IPEndpoint] = []

  static func endpoint(_ text: String) throws -> IPEndpoint {
    guard let endpoint = IPEndpoint(text) else {
      throw ValidationError("'\(text)' is no address; write 192.0.2.1, 192.0.2.1:5060 or [2001:db8::1]:5060.")
    }
    return endpoint
  }

  /// The site file, or a site of which nothing is known.
  func readSite() throws -> SiteFile? {
    try site.map { try Self.read($0) }
  }

  /// - Parameter noting: is told the path of every file that the site file names.
  static func read(_ path: String, noting: @escaping (String) -> Void = { _ in }) throws -> SiteFile {
    let text = try ConfigurationText.read(path)
    do throws(ConfigurationErrors) {
      return try SiteFile.read(text: text, path: path) { named in
        // As everywhere in such files: from the folder of the file that names it.
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let place = named.hasPrefix("/") ? named : folder + named
        noting(place)
        return (try? ConfigurationText.read(place)).map { (place, $0) }
      }
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }

  /// Whether the trace has to be read once more to find the PBX.
  func needsInference(_ site: Site) -> Bool { pbx.isEmpty && site.pbxAddresses.isEmpty }
}
