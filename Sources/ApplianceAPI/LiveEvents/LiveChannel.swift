import JSON
import Primitives

/// A channel or a bridged pair as `ActiveCallStatus` tells of it.
struct LiveChannel: Hashable {
  let isBridged: Bool
  /// Of a pair the caller's.
  private let channel: String
  private let members: JSONValue

  private var head: [JSONValue.Member] {
    [.init("chantype", .string(isBridged ? "bridge" : "unbridge")), .init("channel", .string(channel))]
  }

  /// - Parameter action: `add` or `update`.
  func entry(_ action: String) -> JSONValue {
    .object([.init("action", .string(action))] + head + (members.members ?? []))
  }

  /// Nothing but the channel (observed).
  var deletion: JSONValue { .object([.init("action", "delete")] + head) }

  /// By an id that lives as long as the channel.
  static func all(of state: some ApplianceState) -> [String: LiveChannel] {
    let zone = state.timeZone
    var channels: [String: LiveChannel] = [:]
    for call in state.bridgedCalls {
      channels[call.caller.id] = LiveChannel(
        isBridged: true, channel: call.caller.channel,
        members: [
          "uniqueid": .string(call.caller.id), "uniqueid1": .string(call.caller.id),
          "uniqueid2": .string(call.callee.id), "linkedid": .string(call.linkedID),
          "channel1": .string(call.caller.channel), "channel2": .string(call.callee.channel),
          "callerid1": .string(call.caller.number), "callerid2": .string(call.callee.number),
          "name1": .string(call.caller.name), "name2": .string(call.callee.name),
          "bridge_time": .string(zone.local(call.since).text),
          "inbound_trunk_name": .string(call.inboundTrunk ?? ""),
          "outbound_trunk_name": .string(call.outboundTrunk ?? ""),
        ])
    }
    for channel in state.unbridgedChannels {
      channels[channel.side.id] = LiveChannel(
        isBridged: false, channel: channel.side.channel,
        members: [
          "uniqueid": .string(channel.side.id), "linkedid": .string(channel.linkedID),
          "callernum": .string(channel.side.number), "callername": .string(channel.side.name),
          "connectednum": .string(channel.connectedNumber), "connectedname": .string(channel.connectedName),
          "alloc_time": .string(zone.local(channel.since).text), "state": .string(channel.state),
          "service": .string(channel.service), "inbound_trunk_name": .string(channel.inboundTrunk ?? ""),
        ])
    }
    return channels
  }
}

extension BridgedCall.Side {
  /// Asterisk's unique id, and the channel's name where nobody knows it.
  var id: String { uniqueID.isEmpty ? channel : uniqueID }
}
