import JSON
import Primitives

extension ZohoOrganisation {
  /// Takes a notification in. Returns the id of the record of Calls that it made PhoneBridge write (documented: calls
  /// are logged by PhoneBridge itself when they are over).
  ///
  /// A call may be told of at its end only: everything its record needs comes with that (assumed).
  mutating func notify(
    _ notification: ZohoCallNotification, _ session: ZohoTokenStore.Session, at now: Instant
  ) throws(ZohoPhoneBridgeError) -> String? {
    let known = phoneBridge.call(notification.id, of: session.clientID)
    if let known {
      guard known.direction == notification.direction else {
        throw .invalid("type", "call was notified as \(known.direction.rawValue) before")
      }
      guard known.state.leads(to: notification.state) else {
        throw .invalid("state", "a call that was \(known.state.rawValue) cannot be \(notification.state.rawValue)")
      }
      // The same end told twice, as for every phone of a ring group: one call, one record.
      if !known.state.isLive { return nil }
    }
    var call =
      known
      ?? ZohoPhoneBridgeCall(
        id: notification.id, clientID: session.clientID, direction: notification.direction, state: notification.state,
        from: notification.from, to: notification.to, notifiedAt: now)
    let agent = try agentIndex(notification, session, call)
    let agentID = users.indices.contains(agent) ? users[agent].id : ""
    call.state = notification.state
    (call.from, call.to) = (notification.from, notification.to)
    call.transferredCallID = notification.transferredCallID ?? call.transferredCallID
    switch notification.state {
    case .ringing:
      if !call.agentIDs.contains(agentID), call.agentIDs.count < ZohoPhoneBridgeCall.maximumAgents {
        call.agentIDs.append(agentID)
      }
    case .answered:
      call.agentIDs = [agentID]
      call.answeredAt = call.answeredAt ?? now
    case .ended, .missed, .busy, .invalid, .blocked, .notavailable, .noanswer, .rejected: break
    }
    if call.match == nil { call.match = match(call.customerNumber, at: now) }
    if !notification.state.isLive { call.recordID = try log(call, notification, by: agent, at: now) }
    phoneBridge.save(call)
    return call.recordID
  }

  /// Whose call it is: the user named, the one at the extension in a PhoneBridge group, who the call was with before,
  /// or the token's own (documented that the parameter may be left out; who it is then is assumed).
  private func agentIndex(
    _ notification: ZohoCallNotification, _ session: ZohoTokenStore.Session, _ call: ZohoPhoneBridgeCall
  ) throws(ZohoPhoneBridgeError) -> Int {
    if let zuid = notification.zohoUser {
      guard let index = userIndex(zuid: zuid) else { throw .invalid("zohouser", "zohouser is no PhoneBridge user") }
      return index
    }
    let id = phoneBridge.userID(atExtension: call.agentNumber) ?? call.agentIDs.first
    return users.firstIndex { $0.id == id } ?? userIndex(zuid: session.zuid) ?? 0
  }

  /// The first record with the number, of Contacts, then Leads, then Accounts (the order is assumed).
  private func match(_ number: String, at now: Instant) -> ZohoPhoneBridgeCall.Match? {
    let query = ZohoPhoneQuery(number, match: settings.phoneMatch)
    for module in [ZohoModuleName.contacts, .leads, .accounts] {
      if let hit = records.search(query, in: module, at: now).first {
        return ZohoPhoneBridgeCall.Match(module: module, recordID: hit.id)
      }
    }
    return nil
  }

  /// Writes the call's record; its subjects and results are assumed.
  private mutating func log(
    _ call: ZohoPhoneBridgeCall, _ notification: ZohoCallNotification, by agent: Int, at now: Instant
  ) throws(ZohoPhoneBridgeError) -> String {
    let start = notification.startTime ?? call.notifiedAt
    let talked = call.answeredAt.map { max(0, min((now - $0).wholeSeconds, 604_800)) }
    let seconds = call.state == .ended ? notification.durationSeconds ?? talked.map(Int.init) ?? 0 : 0
    let matched = call.match.flatMap { records.record($0.recordID, in: $0.module) }
    let party = matched?.displayName ?? call.customerNumber
    var values: [String: JSONValue] = [
      "Subject": .string(String((call.subject + " " + party).unicodeScalars.prefix(255))),
      "Call_Type": .string(call.callType),
      "Call_Start_Time": timestamp(start),
      "Call_Duration": .string(
        "\(ZohoPhoneBridgeCall.padded(seconds / 60)):\(ZohoPhoneBridgeCall.padded(seconds % 60))"),
      "Call_Duration_in_seconds": .integer(Int64(seconds)),
      "Caller_ID": .string(call.from), "Dialled_Number": .string(call.to),
      "CTI_Entry": true,
      "Description": .string("Logged by PhoneBridge, call id \(call.id)"),
    ]
    if let result = call.result { values["Call_Result"] = .string(result) }
    if let address = notification.voiceAddress, ZohoWebAddress.isWellFormed(address) {
      values["Voice_Recording__s"] = .string(address)
    }
    if let matched {
      let reference: JSONValue = [
        "name": matched.displayName.map(JSONValue.string) ?? .null, "id": .string(matched.id),
      ]
      values[matched.module == .contacts ? "Who_Id" : "What_Id"] = reference
      if matched.module != .contacts { values["$se_module"] = .string(matched.module.rawValue) }
    }
    let names = Set(ZohoModuleName.calls.fields.map(\.name))
    values = values.filter { names.contains($0.key) }
    do throws(ZohoRefusedRecord) {
      return try records.insert(values, into: .calls, by: agent, at: now).id
    } catch {
      throw .internalError
    }
  }
}

extension ZohoPhoneBridgeCall {
  fileprivate var subject: String {
    switch (direction, state) {
    case (.received, .missed): "Missed call from"
    case (.received, _): "Incoming call from"
    case (.dialed, _): "Outgoing call to"
    }
  }

  fileprivate var callType: String {
    switch (direction, state) {
    case (.received, .missed): "Missed"
    case (.received, _): "Inbound"
    case (.dialed, _): "Outbound"
    }
  }

  fileprivate var result: String? {
    switch state {
    case .busy, .noanswer, .notavailable, .rejected, .blocked: "No response/Busy"
    case .invalid: "Invalid number"
    case .ringing, .answered, .ended, .missed: nil
    }
  }

  static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
