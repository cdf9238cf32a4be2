import JSON
import Primitives

extension ApplianceDoors {
  /// Columns are those that clients ask for and show (observed): one that the appliance does not know fails the whole
  /// call, so they must be there. What a site file cannot say is empty, or an empty list.
  static let listings: [APIAction: @Sendable (ConfigurationFacts) -> APIListing] = [
    .listVoIPTrunk: { trunks("voip_trunk", $0) },
    .listSIPTrunk: { trunks("sip_trunk", $0) },
    .listAllTrunk: { trunks("trunk", $0) },
    .listTrunk: { trunks("trunk", $0) },
    .listAnalogTrunk: { _ in
      APIListing(
        root: "analogtrunk", columns: ["trunk_index", "trunk_name", "chans", "out_of_service", "trunkmode"], rows: [])
    },
    .listDigitalTrunk: { _ in
      APIListing(root: "digital_trunk", columns: ["trunk_index", "trunk_name", "out_of_service"], rows: [])
    },
    .listQueue: { queues($0.queues) },
    .listRingGroup: { groups("ringgroup", name: "ringgroup_name", $0.ringGroups) },
    .listIVR: { groups("ivr", name: "ivr_name", $0.menus) },
    .listConference: { groups("conference", name: "conference_name", $0.conferenceRooms) },
    .listInboundRoute: { inboundRoutes($0.inboundRoutes) },
    .listOutboundRoute: { outboundRoutes($0.outboundRoutes) },
    .listVoicemailGroup: { _ in groups("vmgroup", name: "vmgroup_name", []) },
    .listPaginggroup: { _ in groups("paginggroup", name: "paginggroup_name", []) },
    .listExtensionGroup: { _ in
      APIListing(root: "extension_group", columns: ["group_id", "group_name", "members"], rows: [])
    },
    .listDepartment: { _ in APIListing(root: "department", columns: ["id", "name"], rows: []) },
    .listIPC: { _ in APIListing(root: "ipc", columns: ["id", "name"], rows: []) },
    .listZeroConfig: { _ in APIListing(root: "zeroconfig", columns: ["mac", "ip", "model_name"], rows: []) },
  ]

  /// Inbound routes of one trunk where the client asks for its `trunk_index` (observed), everything else.
  static func facts(
    _ facts: ConfigurationFacts, _ action: APIAction, _ parameters: APIParameters
  ) -> ConfigurationFacts {
    guard action == .listInboundRoute, let index = parameters.text("trunk_index"), !index.isEmpty else { return facts }
    var facts = facts
    let name = facts.trunks.first { String($0.index) == index }?.name
    facts.inboundRoutes.removeAll { route in
      !route.trunk.isEmpty && !route.trunk.split(separator: ",").contains { $0 == name ?? "" }
    }
    return facts
  }

  private static func trunks(_ root: String, _ facts: ConfigurationFacts) -> APIListing {
    APIListing(
      root: root,
      columns: ["trunk_index", "trunk_name", "host", "trunk_type", "technology", "username", "out_of_service"],
      rows: facts.trunks.map { trunk in
        [
          .integer(Int64(trunk.index)), .string(trunk.name), .string(trunk.host), .string(trunk.kind), "SIP", "", "no",
        ]
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

  private static func queues(_ queues: [ConfigurationFacts.Group]) -> APIListing {
    APIListing(
      root: "queue",
      columns: [
        "extension", "queue_name", "strategy", "queue_chairmans", "members", "queue_timeout", "ringtime", "maxlen",
        "retry", "wrapuptime",
      ],
      rows: queues.map { queue in
        [
          .string(queue.number), .string(queue.name), .string(queue.strategy), "",
          .string(queue.members.joined(separator: ",")), "", "", "", "", "",
        ]
      })
  }

  private static func inboundRoutes(_ routes: [ConfigurationFacts.Route]) -> APIListing {
    APIListing(
      root: "inbound_route",
      columns: [
        "inbound_rt_index", "inbound_rt_name", "trunk_index", "did_pattern_match", "did_pattern_match_list",
        "did_pattern_allow", "trunk_name", "destination_type", "destination", "permission", "out_of_service",
      ] + destinationTypes,
      rows: routes.map(inboundRoute))
  }

  /// Members of a route that name where it leads, of which one is filled (observed).
  private static let destinationTypes = [
    "account", "announcement", "conference", "external_number", "ivr", "queue", "ringgroup", "vmgroup", "voicemail",
  ]

  private static func inboundRoute(_ route: ConfigurationFacts.Route) -> [JSONValue] {
    let patterns = JSONValue.string(route.patterns.joined(separator: ","))
    let row: [JSONValue] = [
      .integer(Int64(route.index)), .string(route.name), "", patterns, patterns, "", .string(route.trunk),
      .string(route.destinationType), .string(route.destination), "internal", "no",
    ]
    return row + destinationTypes.map { $0 == route.destinationType ? .string(route.destination) : "" }
  }

  private static func outboundRoutes(_ routes: [ConfigurationFacts.Route]) -> APIListing {
    APIListing(
      root: "outbound_route",
      columns: [
        "outbound_rt_index", "outbound_rt_name", "permission", "sequence", "pattern", "trunk_name", "out_of_service",
      ],
      rows: routes.enumerated().map { place, route in
        [
          .integer(Int64(route.index)), .string(route.name), "internal", .integer(Int64(place + 1)),
          .string(route.patterns.joined(separator: ",")), .string(route.trunk), "no",
        ]
      })
  }
}
