import PBXModel
import Primitives

extension Ladder {
  /// One column for each far end: who it is and where. A phone rung twice keeps its column.
  static func columns(of members: [Call.Member], isPBXKnown: Bool) -> (columns: [Column], columnOfLeg: [Int]) {
    struct FarEnd: Hashable {
      let isOutgoing: Bool
      let name: String
      let endpoint: IPEndpoint
    }
    var left: [Column] = []
    var right: [Column] = []
    var known: [FarEnd: Int] = [:]
    var places: [(isOutgoing: Bool, index: Int)] = []
    for member in members {
      let isOutgoing = member.leg.role == .outgoing
      let end = FarEnd(isOutgoing: isOutgoing, name: member.name, endpoint: member.leg.farEnd)
      if let index = known[end] {
        places.append((isOutgoing, index))
        continue
      }
      let column = Column(
        side: isOutgoing ? .callee : .caller, name: end.name, address: member.leg.farEnd.description,
        shortAddress: member.leg.farEnd.address.description, count: 1)
      let index = isOutgoing ? right.count : left.count
      if isOutgoing { right.append(column) } else { left.append(column) }
      known[end] = index
      places.append((isOutgoing, index))
    }
    let (address, shortAddress) = nearEnds(of: members)
    let pbx = Column(
      side: .pbx, name: isPBXKnown ? "PBX" : "callee", address: address, shortAddress: shortAddress, count: 1)
    return (left + [pbx] + right, places.map { $0.isOutgoing ? left.count + 1 + $0.index : $0.index })
  }

  /// The PBX's address; with its port where all legs have the same.
  private static func nearEnds(of members: [Call.Member]) -> (address: String, withoutPort: String) {
    var endpoints: [IPEndpoint] = []
    var addresses: [IPAddress] = []
    for end in members.lazy.map(\.leg.nearEnd) {
      if endpoints.count < 2, !endpoints.contains(end) { endpoints.append(end) }
      if addresses.count < 3, !addresses.contains(end.address) { addresses.append(end.address) }
    }
    let all = addresses.prefix(2).map(\.description).joined(separator: ", ") + (addresses.count > 2 ? ", …" : "")
    if let only = endpoints.first, endpoints.count == 1 { return (only.description, all) }
    return (all, all)
  }
}

extension Call.Member {
  /// The far end's number, with the trunk it is reached by; its address where there is no number.
  var name: String {
    let leg = self.leg
    let number = leg.role == .outgoing ? leg.requestUser : leg.callerNumber
    let name: String
    switch party {
    case .account(let account): name = account.isEmpty ? number : account
    // A trunk nobody named is called by its address, which stands below.
    case .trunk(let trunk, _):
      let isNamed = !trunk.isEmpty && trunk != leg.farEnd.address.description
      name = isNamed ? (number.isEmpty ? trunk : "\(number) (\(trunk))") : number
    }
    return name.isEmpty ? leg.farEnd.description : LadderMessage.cut(name)
  }
}

extension Ladder.LegFacts {
  init(_ member: Call.Member) {
    name = member.name
    address = member.leg.farEnd.description
    isOutgoing = member.leg.role == .outgoing
    callID = LadderMessage.cut(member.leg.callID)
    outcome = member.leg.outcome?.words
    join = member.join
  }
}
