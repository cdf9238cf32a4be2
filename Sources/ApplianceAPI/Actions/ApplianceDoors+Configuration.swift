import JSON
import Primitives

extension ApplianceDoors {
  /// Columns of trunks, and `extension` and `queue_name` of queues, `inbound_rt_index` and `did_pattern_match` of
  /// inbound routes were seen; the others are made in their likeness (assumed). What a site file cannot say is an empty
  /// list.
  static let listings: [APIAction: @Sendable (ConfigurationFacts) -> APIListing] = [
    .listVoIPTrunk: { trunks("voip_trunk", $0) },
    .listAllTrunk: { trunks("trunk", $0) },
    .listAnalogTrunk: { _ in APIListing(root: "analogtrunk", columns: ["trunk_index", "trunk_name"], rows: []) },
    .listDigitalTrunk: { _ in APIListing(root: "digital_trunk", columns: ["trunk_index", "trunk_name"], rows: []) },
    .listQueue: { groups("queue", name: "queue_name", $0.queues) },
    .listRingGroup: { groups("ringgroup", name: "ringgroup_name", $0.ringGroups) },
    .listIVR: { groups("ivr", name: "ivr_name", $0.menus) },
    .listConference: { groups("conference", name: "conference_name", $0.conferenceRooms) },
    .listInboundRoute: { inboundRoutes($0.inboundRoutes) },
    .listOutboundRoute: { outboundRoutes($0.outboundRoutes) },
    .listVoicemailGroup: { _ in groups("vmgroup", name: "vmgroup_name", []) },
    .listPaginggroup: { _ in groups("paginggroup", name: "paginggroup_name", []) },
    .listExtensionGroup: { _ in groups("extension_group", name: "group_name", []) },
    .listDepartment: { _ in APIListing(root: "department", columns: ["id", "name"], rows: []) },
    .listIPC: { _ in APIListing(root: "ipc", columns: ["id", "name"], rows: []) },
    .listZeroConfig: { _ in APIListing(root: "zeroconfig", columns: ["mac", "ip", "model_name"], rows: []) },
  ]

  private static func trunks(_ root: String, _ facts: ConfigurationFacts) -> APIListing {
    APIListing(
      root: root, columns: ["trunk_index", "trunk_name", "host", "trunk_type", "username"],
      rows: facts.trunks.map { trunk in
        [.integer(Int64(trunk.index)), .string(trunk.name), .string(trunk.host), .string(trunk.kind), ""]
      })
  }

  private static func groups(_ root: String, name: String, _ groups: [ConfigurationFacts.Group]) -> APIListing {
    APIListing(
      root: root, columns: ["extension", name, "strategy", "members"],
      rows: groups.map { group in
        [
          .string(group.number), .string(group.name), .string(group.strategy),
          .string(group.members.joined(separator: ",")),
        ]
      })
  }

  private static func inboundRoutes(_ routes: [ConfigurationFacts.Route]) -> APIListing {
    APIListing(
      root: "inbound_route",
      columns: [
        "inbound_rt_index", "did_pattern_match", "did_pattern_allow", "trunk_name", "destination", "out_of_service",
      ],
      rows: routes.map { route in
        [
          .integer(Int64(route.index)), .string(route.patterns.joined(separator: ",")), "", .string(route.trunk),
          .string(route.destination), "no",
        ]
      })
  }

  private static func outboundRoutes(_ routes: [ConfigurationFacts.Route]) -> APIListing {
    APIListing(
      root: "outbound_route",
      columns: ["outbound_rt_index", "outbound_rt_name", "pattern", "trunk_name", "out_of_service"],
      rows: routes.map { route in
        [
          .integer(Int64(route.index)), .string(route.name), .string(route.patterns.joined(separator: ",")),
          .string(route.trunk), "no",
        ]
      })
  }
}
