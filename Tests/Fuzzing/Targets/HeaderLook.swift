import SIP

extension MessageLook {
  /// Reads the value as each header that has a type of its own.
  mutating func lookAtTypes(of value: SIPText) {
    if let via = Via(value) { look(at: via) }
    if let type = ContentType(value) {
      check(type.type, "media type")
      check(type.subtype, "media subtype")
      look(at: type.parameters)
    }
    if let contact = ContactValue(value) {
      if let preference = contact.preferenceThousandths, !(0...1000).contains(preference) {
        breaks("a preference of \(preference)")
      }
      _ = contact.expiresSeconds
    }
    if let digest = DigestParameters(value) {
      check(digest.scheme, "scheme")
      check(digest.username, "user name")
      _ = digest.isStale
    }
    lookAtIdentities(in: value)
    lookAtCalls(in: value)
  }

  mutating func look(at via: Via) {
    check(via.transport, "transport")
    check(via.host, "hop")
    check(via.received, "received")
    _ = (via.responsePort, via.timeToLive, via.multicastAddress)
    look(at: via.parameters)
  }

  private mutating func lookAtIdentities(in value: SIPText) {
    if let diversion = Diversion(value) {
      check(diversion.reason, "reason")
      _ = (diversion.counter, diversion.limit, diversion.isScreened)
    }
    if let history = HistoryInfo(value) {
      check(history.index, "index")
      check(history.retargetedFrom, "retargeted from")
      if let path = history.path, path.isEmpty || path.count > 64 { breaks("a path of \(path.count) levels") }
      _ = history.withReason { ($0.cause, $0.text) }
    }
    if let identity = RemotePartyID(value) { _ = (identity.party, identity.isScreened, identity.privacy) }
    _ = Privacy(value)
    if let session = SessionID(value) {
      check(session.local, "session")
      check(session.remote, "remote session")
    }
  }

  private mutating func lookAtCalls(in value: SIPText) {
    if let target = ReferTo(value) {
      check(target.method, "method of Refer-To")
      _ = target.withReplaces { ($0.callID.string, $0.isEarlyOnly) }
    }
    if let referrer = ReferredBy(value) { check(referrer.contentID, "content ID") }
    if let replaced = Replaces(value) {
      check(replaced.callID, "replaced call")
      check(replaced.toTag, "replaced tag")
    }
    if let reason = Reason(value) { check(reason.protocolName, "name space") }
    _ = (RetryAfter(value), SessionExpires(value))
  }

  mutating func look(atBodyOf message: SIPMessage) {
    check(message.contentType?.subtype, "media subtype")
    check(message.fragmentStatus?.reason, "fragment")
    if let description = message.sessionDescription { look(at: description) }
    guard let type = message.contentType, let parts = MultipartBody(message.body, type: type) else { return }
    var count = 0
    parts.forEachPart { part in
      count += 1
      check(part.head, "head of a part")
      check(part.body, "part")
      check(part.contentType?.subtype, "media subtype of a part")
    }
    if count > MultipartBody.partsMax { breaks("\(count) parts") }
  }

  mutating func look(at description: SessionDescription) {
    check(description.text, "description")
    check(description.sessionName, "session name")
    check(description.origin?.address, "origin")
    check(description.connectionAddress, "connection address")
    var count = 0
    description.forEachMedium { medium in
      count += 1
      check(medium.type, "medium")
      check(medium.protocolName, "protocol")
      check(medium.formats, "formats")
      check(medium.address, "address")
      check(medium.attribute("rtpmap"), "attribute")
      _ = (medium.controlPort, medium.sharesControlPort, medium.isOnHold, medium.encryption, medium.portCount)
    }
    if count > SessionDescription.mediaMax { breaks("\(count) media") }
    _ = (description.isOnHold, description.direction)
  }
}
