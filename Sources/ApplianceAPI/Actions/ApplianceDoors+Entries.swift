import JSON

// One entry of what is set up: asked for by its number or index, answered with the columns of its list.
extension ApplianceDoors {
  /// The parameter that names the entry, the column it is looked for in, and the member of the answer. Those of routes
  /// were seen in a client (observed), the others are made in their likeness (assumed).
  private static let entries: [APIAction: (listing: APIAction, parameter: String, column: String, root: String)] = [
    .getSIPTrunk: (.listSIPTrunk, "trunk", "trunk_index", "trunk"),
    .getInboundRoute: (.listInboundRoute, "inbound_route", "inbound_rt_index", "inbound_routes"),
    .getOutboundRoute: (.listOutboundRoute, "outbound_route", "outbound_rt_index", "outbound_route"),
    .getQueue: (.listQueue, "queue", "extension", "queue"),
    .getIVR: (.listIVR, "ivr", "extension", "ivr"),
  ]

  static func entry(_ action: APIAction, _ parameters: APIParameters, of facts: ConfigurationFacts) -> APIReply {
    guard let entry = entries[action], let listing = listings[entry.listing]?(facts) else {
      return .failed(.unsupported)
    }
    guard let wanted = parameters.text(entry.parameter), let place = listing.columns.firstIndex(of: entry.column) else {
      return .failed(.invalidParameters)
    }
    let row = listing.rows.first { row in
      switch row.indices.contains(place) ? row[place] : .null {
      case .integer(let number): String(number) == wanted
      case .string(let text): text == wanted
      case .null, .bool, .decimal, .number, .array, .object: false
      }
    }
    guard let row else { return .failed(.databaseFailed) }
    var members = [JSONValue.Member(entry.root, .object(zip(listing.columns, row).map { .init($0, $1) }))]
    if action == .getInboundRoute { members.append(.init("inbound_did_destination", [:])) }
    if action == .getOutboundRoute {
      let route = facts.outboundRoutes.first { String($0.index) == wanted }
      let patterns = (route?.patterns ?? []).map { JSONValue.object([.init("match", .string($0))]) }
      members += [.init("pattern", .array(patterns)), .init("failover_outbound_data", [])]
    }
    return .response(.object(members))
  }
}
