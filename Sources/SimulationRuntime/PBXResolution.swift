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

  /// Messages read to find the PBX: it shows itself early, and a long trace is not worth reading twice for it.
  public static let inferenceMessagesMax = 50_000

  /// Takes the addresses given, else the site's, else reads the front of the traces to find the PBX.
  public static func resolve(given: [IPEndpoint], site: Site, scan: TraceScan) throws(TraceError) -> PBXResolution {
    if !given.isEmpty { return PBXResolution(addresses: PBXAddresses(given), origin: .option) }
    if !site.pbxAddresses.isEmpty {
      return PBXResolution(addresses: PBXAddresses(site.pbxAddresses), origin: .site)
    }
    var inference = PBXInference()
    var left = inferenceMessagesMax
    _ = try scan.run { captured in
      inference.receive(captured)
      left -= 1
      return left > 0
    }
    guard let best = inference.best else { return PBXResolution(addresses: PBXAddresses([]), origin: .unknown) }
    let endpoint = IPEndpoint(address: best.address, port: 0)
    return PBXResolution(addresses: PBXAddresses([endpoint]), origin: .inferred(best.signs))
  }
}

extension PBXResolution {
  /// For the summary: the address and who says so.
  public var text: String {
    let list = addresses.endpoints.map { $0.port == 0 ? $0.address.description : $0.description }
      .joined(separator: ", ")
    switch origin {
    case .option: return "\(list) (--pbx)"
    case .site: return "\(list) (site file)"
    case .inferred(let signs):
      return "\(list) (inferred: \(signs.registrationsAccepted) registrations accepted, "
        + "\(signs.invitesReceived) INVITEs in, \(signs.invitesSent) out)"
    case .unknown: return "unknown (every dialog is a call of its own)"
    }
  }
}
