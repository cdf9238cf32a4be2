import PBXModel
import Primitives

/// What a site has of what only some sites have, so that no call of the others pays for it.
struct SiteTraits: Sendable {
  let hasTrunkLines: Bool
  let hasConferences: Bool
  let hasRecording: Bool
  private let localNetworks: [IPNetwork]

  init(_ site: Site) {
    hasTrunkLines = site.trunks.contains { $0.line != .voip }
    hasConferences = !site.conferenceRooms.isEmpty
    hasRecording =
      site.extensions.contains { $0.autoRecord != .off } || site.trunks.contains { $0.autoRecord != .off }
      || site.queues.contains { $0.autoRecord != .off }
    localNetworks = site.localNetworks
  }

  /// Whether a phone there reaches the appliance by the vendor's relay alone.
  func isRemote(_ endpoint: IPEndpoint) -> Bool {
    !localNetworks.isEmpty && !localNetworks.contains { $0.contains(endpoint.address) }
  }

  /// Whether the phone at the leg's far end does; a trunk is none.
  func isRemote(_ leg: Leg, _ party: Party) -> Bool {
    guard !localNetworks.isEmpty, !party.isTrunk else { return false }
    switch leg.role {
    case .incoming, .passing: return isRemote(leg.source)
    case .outgoing: return isRemote(leg.destination)
    }
  }
}
