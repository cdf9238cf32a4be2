import ApplianceAPI
import PBXModel
import Primitives

extension ConfigurationFacts {
  /// What a site file says.
  init(_ site: Site) {
    self.init()
    trunks = site.trunks.map { trunk in
      Trunk(
        index: trunk.index, name: trunk.name, host: trunk.addresses.first?.address.description ?? "",
        kind: trunk.kind.rawValue)
    }
    queues = site.queues.map {
      Group(number: $0.number, name: $0.name, strategy: $0.strategy.rawValue.lowercased(), members: $0.members)
    }
    ringGroups = site.ringGroups.map {
      Group(number: $0.number, name: $0.name, strategy: $0.strategy.rawValue.lowercased(), members: $0.members)
    }
    menus = site.ivrs.map { Group(number: $0.number, name: $0.name) }
    conferenceRooms = site.conferenceRooms.map { Group(number: $0, name: "") }
    inboundRoutes = site.inboundRoutes.enumerated().map { place, route in
      Route(
        index: place + 1, name: route.pattern.text, patterns: [route.pattern.text],
        trunk: route.trunks.joined(separator: ","),
        destination: site.numbers(of: route.destination, dialled: "").first ?? "",
        destinationType: route.destination.apiName)
    }
    outboundRoutes = site.outboundRoutes.map {
      Route(index: $0.index, name: $0.name, patterns: $0.patterns.map(\.text), trunk: $0.trunk)
    }
  }
}

extension Destination {
  /// As in `destination_type`; those of DIDs and of calls that are ended are assumed.
  fileprivate var apiName: String {
    switch self {
    case .account: "account"
    case .ringGroup: "ringgroup"
    case .queue: "queue"
    case .ivr: "ivr"
    case .voicemail: "voicemail"
    case .conference: "conference"
    case .external: "external_number"
    case .byDID: "byDID"
    case .hangUp: "hangup"
    }
  }
}
