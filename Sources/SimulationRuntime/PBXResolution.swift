public import PBXModel
public import PacketCapture
public import Primitives

/// Where the PBX is, and who says so.
public struct PBXResolution: Hashable, Sendable {
  /// Who says where the PBX is, most trusted first.
  public enum Origin: Hashable, Sendable {
    /// The command line.
    case option
    /// The site file.
    case site
    /// The trace, by what this address did in it.
    case inferred(PBXInference.Signs)
    /// Nobody behaved like a PBX: every dialog is a call of its own.
    case unknown
  }

  /// Empty when nobody knows; every port of the address when inferred.
  public let addresses: PBXAddresses
  /// Who says so.
  public let origin: Origin

  /// Takes the addresses given, else the site's, else reads the traces once to find the PBX.
  public static func resolve(given: [IPEndpoint], site: Site, scan: TraceScan) throws(TraceError) -> PBXResolution {
    if !given.isEmpty { return PBXResolution(addresses: PBXAddresses(given), origin: .option) }
    if !site.pbxAddresses.isEmpty {
      return PBXResolution(addresses: PBXAddresses(site.pbxAddresses), origin: .site)
    }
    var inference = PBXInference()
    _ = try scan.run { captured in
      inference.receive(captured)
      return true
    }
    guard let best = inference.best else { return PBXResolution(addresses: PBXAddresses([]), origin: .unknown) }
    let endpoint = IPEndpoint(address: best.address, port: 0)
    return PBXResolution(addresses: PBXAddresses([endpoint]), origin: .inferred(best.signs))
  }
}
