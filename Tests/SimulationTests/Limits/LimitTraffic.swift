import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport

/// Traffic of which each piece takes one of a resource, from `start` to `end`.
struct LimitTraffic {
  let resource: Resource
  /// Far more rooms and phones than any model has.
  static let room = 6300

  /// A site that has what the resource is about, `count` times.
  func site(_ count: Int) -> Site {
    benchSite { site in
      site.conferenceRooms = (0..<(resource == .conferenceRooms ? count : 1)).map { String(Self.room + $0) }
      site.trunks[0].line = resource == .fxoPorts ? .fxo : resource == .digitalChannels ? .t1e1j1 : .voip
      guard resource == .recordings else { return }
      site.extensions += (0..<count).map { Extension(number: String(20_000 + $0)) }
      for index in site.extensions.indices { site.extensions[index].autoRecord = .all }
    }
  }

  /// What the appliance is limited in, alone.
  func profile(_ limit: Limit) -> Profile {
    var limit = limit
    let name = resource.limitName ?? .t1e1j1Ports
    limit.unit = name.unit
    return Profile(model: "Edge", family: Family(name: "edge", displayName: "Edge"), limits: [name: limit])
  }

  func piece(_ number: Int, from start: Double, to end: Double) -> [WrittenMessage] {
    let id = "piece-\(number)"
    let host = "192.0.2.\(10 + number % 200)"
    let offer = audio(at: host, port: 4000 + number)
    switch resource {
    case .users:
      return Registering("\(10_000 + number)@\(host)", at: pbxAddress)
        .register(at: start, expires: 3600).reply(200, at: start).register(at: end, expires: 0).reply(200, at: end)
        .messages
    case .calls: return call(id, host, to: "7999", from: start, to: end, offer)
    case .srtpCalls:
      return call(id, host, to: "7999", from: start, to: end, offer.replacingAVP())
    case .conferenceAttendees: return call(id, host, to: String(Self.room), from: start, to: end, offer)
    case .conferenceRooms: return call(id, host, to: String(Self.room + number), from: start, to: end, offer)
    case .videoParticipants:
      return call(
        id, host, to: String(Self.room), from: start, to: end, offer + "m=video \(5000 + number) RTP/AVP 99\r\n")
    case .fxoPorts, .digitalChannels:
      return call(id, "198.51.100.1", to: "7999", from: start, to: end, offer)
    case .recordings:
      let callee = String(20_000 + number)
      let first = Dialogue(from: "1000@192.0.2.100", to: "\(callee)@\(pbxAddress)", callID: "a-" + id)
        .invite(at: start).ringing(at: start).ok(at: start).bye(at: end)
      let second = Dialogue(from: "1000@\(pbxAddress)", to: "\(callee)@\(host)", callID: "b-" + id)
        .invite(at: start).ringing(at: start).ok(at: start).bye(at: end)
      return first.messages + second.messages
    case .remoteCalls, .remoteUsers: return []
    }
  }

  private func call(
    _ id: String, _ host: String, to dialled: String, from start: Double, to end: Double, _ offer: String
  ) -> [WrittenMessage] {
    let user = host.hasPrefix("192") ? "1000" : "4930123"
    return Dialogue(from: "\(user)@\(host)", to: "\(dialled)@\(pbxAddress)", callID: id)
      .invite(at: start).carrying(offer).ok(at: start).bye(at: end).messages
  }
}

extension String {
  /// The same description with encrypted media.
  func replacingAVP() -> String {
    split(separator: "RTP/AVP", omittingEmptySubsequences: false).joined(separator: "RTP/SAVP")
  }
}
