import SIP

extension LadderMessage {
  static func remarks(of message: SIPMessage) -> [Remark] {
    var remarks: [Remark] = []
    if let challenge = challenge(of: message) { remarks.append(challenge) }
    if message.isRequest { remarks += requestRemarks(of: message) }
    if let (status, reason) = message.fragmentStatus {
      remarks.append(.progress(status: status, reason: cut(reason)))
    }
    return remarks
  }

  private static func challenge(of message: SIPMessage) -> Remark? {
    let header: SIPText?
    switch message.status {
    case 401: header = message.firstLine(of: HeaderName("WWW-Authenticate"))
    case 407: header = message.firstLine(of: HeaderName("Proxy-Authenticate"))
    default: return nil
    }
    let parameters = header.flatMap(DigestParameters.init)
    return .challenge(realm: cut(parameters?.realm ?? .empty), isStale: parameters?.isStale ?? false)
  }

  private static func requestRemarks(of message: SIPMessage) -> [Remark] {
    var remarks: [Remark] = []
    if let value = message.firstLine(of: .authorization) ?? message.firstLine(of: .proxyAuthorization) {
      remarks.append(.credentials(user: cut(DigestParameters(value)?.username ?? .empty)))
    }
    if let value = message.firstLine(of: .referTo), let target = ReferTo(value) {
      remarks.append(
        .refersTo(target: party(target.address), replaces: target.withReplaces { cut($0.callID) }))
    }
    if let replaces = message.firstLine(of: .replaces).flatMap(Replaces.init) {
      remarks.append(.replaces(callID: cut(replaces.callID)))
    }
    if let by = message.firstLine(of: .referredBy).flatMap(ReferredBy.init) {
      remarks.append(.referredBy(party(by.address)))
    }
    if let diversion = message.firstLine(of: .diversion).flatMap(Diversion.init) {
      remarks.append(.diverted(by: party(diversion.address), reason: cut(diversion.reason ?? .empty)))
    }
    if let reason = message.firstLine(of: .reason).flatMap(Reason.init) {
      let cause = reason.cause.map { " cause \($0)" } ?? ""
      let text = reason.text.map { ", " + cut($0) } ?? ""
      remarks.append(.reason(cut(reason.protocolName) + cause + text))
    }
    return remarks
  }

  /// The user of an address, or its host where it has none.
  private static func party(_ address: NameAddress) -> String {
    guard let uri = SIPURI(address.uri) else { return cut(address.uri) }
    return cut(uri.user.isEmpty ? uri.host : uri.user)
  }
}
