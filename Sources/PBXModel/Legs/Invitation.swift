import Primitives

extension Leg {
  /// What a leg's first INVITE said, or the first request seen of a dialog met in its middle.
  ///
  /// Made once and never changed, so the copies of a leg that events carry share it.
  final class Invitation: Sendable {
    let id: ID
    let role: Role
    let callID: String
    let source: IPEndpoint
    let destination: IPEndpoint
    let firstFrame: Int
    let fromUser: String
    let fromDisplayName: String
    let assertedUser: String?
    let toUser: String
    let requestUser: String
    let callerNumber: String
    let fromKey: NumberKey
    let toKey: NumberKey
    let requestKey: NumberKey
    let callerKey: NumberKey
    let assertedKey: NumberKey?

    init(
      id: ID, role: Role, callID: String, source: IPEndpoint, destination: IPEndpoint, firstFrame: Int,
      fromUser: String, fromDisplayName: String, assertedUser: String?, toUser: String, requestUser: String
    ) {
      self.id = id
      self.role = role
      self.callID = callID
      self.source = source
      self.destination = destination
      self.firstFrame = firstFrame
      self.fromUser = fromUser
      self.fromDisplayName = fromDisplayName
      self.assertedUser = assertedUser
      self.toUser = toUser
      self.requestUser = requestUser
      let isAnonymous = fromUser.isEmpty || fromUser.lowercased() == "anonymous"
      callerNumber = isAnonymous ? assertedUser ?? fromUser : fromUser
      fromKey = NumberKey(fromUser)
      toKey = NumberKey(toUser)
      requestKey = NumberKey(requestUser)
      callerKey = callerNumber == fromUser ? fromKey : NumberKey(callerNumber)
      assertedKey = assertedUser.map { NumberKey($0) }
    }
  }
}

extension Leg.Invitation: Hashable {
  static func == (left: Leg.Invitation, right: Leg.Invitation) -> Bool {
    left === right
      || (left.id, left.role, left.callID, left.source, left.destination, left.firstFrame)
        == (right.id, right.role, right.callID, right.source, right.destination, right.firstFrame)
        && (left.fromUser, left.fromDisplayName, left.assertedUser, left.toUser, left.requestUser)
          == (right.fromUser, right.fromDisplayName, right.assertedUser, right.toUser, right.requestUser)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(callID)
  }
}
