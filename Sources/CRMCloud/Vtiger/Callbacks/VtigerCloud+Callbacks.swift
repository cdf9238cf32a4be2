import Primitives

extension VtigerCloud {
  /// vTiger's own PBX channel (reference section 1.5), by which its Asterisk connector reports calls.
  ///
  /// `StartApp` makes the record and links the customer; later reports change it. A wrong secret is told in XML under
  /// status 200 (measured).
  mutating func receiveCallback(_ input: FormParameters, at now: Instant) -> CloudResponse {
    guard let callbackSecret, input["vtigersignature"] == callbackSecret.value else {
      return .xml(200, "<Response><Authentication>Failure</Authentication></Response>")
    }
    let uuid = String((input["callUUID"] ?? input["sourceuuid"] ?? "").prefix(100))
    guard !uuid.isEmpty else { return .xml(200, "<Response></Response>") }
    switch input["callstatus"] {
    case "StartApp": return startCall(uuid, input, at: now)
    case "DialAnswer": change(uuid) { $0["callstatus"] = "in-progress" }
    case "Record": change(uuid) { $0["recordingurl"] = input["recordinglink"] }
    case "EndCall":
      change(uuid) { values in
        values["starttime"] = input["starttime"]
        values["endtime"] = input["endtime"]
        values["totalduration"] = input["duration"]
        values["billduration"] = input["billableseconds"]
        values["callstatus"] = "completed"
      }
    case "Hangup":
      change(uuid) { values in
        guard values["callstatus"] != "completed" else { return }
        values["callstatus"] = input["causetxt"]?.lowercased() == "busy" ? "busy" : "no-answer"
      }
    case _: break
    }
    return .xml(200, "<Response></Response>")
  }

  /// A caller that is a user makes the call outbound (measured); the telephones to ring stand in the answer.
  private mutating func startCall(_ uuid: String, _ input: FormParameters, at now: Instant) -> CloudResponse {
    let number = input["callerIdNumber"] ?? ""
    let caller = users.first { !$0.phoneExtension.isEmpty && $0.phoneExtension == number }
    guard records.count(in: .pbxManager) < settings.maximumRecordsPerModule else { return .empty(500) }
    var values = [
      "direction": caller == nil ? "inbound" : "outbound", "callstatus": "ringing", "sourceuuid": uuid,
      "starttime": input["StartTime"] ?? Self.time(now), "customernumber": number,
      "assigned_user_id": (caller ?? users.first)?.id ?? "", "user": caller?.id ?? "",
      "createdtime": Self.time(now), "modifiedtime": Self.time(now),
    ]
    if let customer = customer(number) {
      values["customer"] = customer.id
      values["customertype"] = customer.module.rawValue
    }
    let free = records.freeNumber()
    records.insert(values, free, into: .pbxManager)
    let telephones = users.filter { $0.isActive && !$0.phoneExtension.isEmpty }.map(\.phoneExtension)
    let numbers = telephones.map { "<Number>SIP/\(XMLText.escaped($0))</Number>" }.joined()
    return .xml(200, "<Response><Dial>\(numbers)</Dial></Response>")
  }

  private mutating func change(_ uuid: String, _ change: (inout [String: String]) -> Void) {
    guard var record = records.all(in: .pbxManager).last(where: { $0["sourceuuid"] == uuid }) else { return }
    change(&record.values)
    records.replace(record)
  }

  /// As vTiger's own index finds a caller: separators and `+` gone, dots kept, the caller's number at the beginning of
  /// the stored one or at its end (measured).
  private func customer(_ number: String) -> VtigerRecord? {
    let wanted = Self.indexed(number)
    guard !wanted.isEmpty else { return nil }
    for module in [VtigerModule.contacts, .leads, .accounts] {
      let fields = module.phoneFields
      let match = records.all(in: module).first { record in
        fields.contains { field in
          let stored = Self.indexed(record[field])
          return !stored.isEmpty && (stored.hasPrefix(wanted) || stored.hasSuffix(wanted))
        }
      }
      if let match { return match }
    }
    return nil
  }

  private static func indexed(_ number: String) -> String { number.filter { !" -()+".contains($0) } }
}
