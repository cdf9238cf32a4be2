import JSON
import Primitives

// Columns are those that the web interface's page of active calls reads (observed); the list is `channel` in both
// answers (observed).
extension ApplianceDoors {
  func bridged(of state: some ApplianceState) -> APIListing {
    let zone = state.timeZone
    return APIListing(
      root: "channel",
      columns: [
        "channel1", "channel2", "callerid1", "callerid2", "name1", "name2", "bridge_time", "uniqueid1", "uniqueid2",
        "inbound_trunk_name", "outbound_trunk_name",
      ],
      rows: state.bridgedCalls.map { call in
        [
          .string(call.caller.channel), .string(call.callee.channel), .string(call.caller.number),
          .string(call.callee.number), .string(call.caller.name), .string(call.callee.name),
          .string(zone.local(call.since).text), .string(call.caller.id), .string(call.callee.id),
          .string(call.inboundTrunk ?? ""), .string(call.outboundTrunk ?? ""),
        ]
      })
  }

  func unbridged(of state: some ApplianceState) -> APIListing {
    let zone = state.timeZone
    return APIListing(
      root: "channel",
      columns: [
        "channel", "callernum", "callername", "connectednum", "connectedname", "alloc_time", "state", "service",
      ],
      rows: state.unbridgedChannels.map { channel in
        [
          .string(channel.side.channel), .string(channel.side.number), .string(channel.side.name),
          .string(channel.connectedNumber), .string(channel.connectedName),
          .string(zone.local(channel.since).text), .string(channel.state), .string(channel.service),
        ]
      })
  }
}
