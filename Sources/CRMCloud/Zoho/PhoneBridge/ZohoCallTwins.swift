import JSON
import Primitives

/// Two records of Calls that seem to be one call: PhoneBridge's own, and one that came over the API.
struct ZohoCallTwins {
  let byPhoneBridge: ZohoRecord
  let byOther: ZohoRecord

  /// Start times of one call as two systems tell them (assumed).
  static let toleranceSeconds: Int64 = 60
}

extension ZohoOrganisation {
  /// For each of the last calls that PhoneBridge logged, the first other record of the same start and the same party:
  /// what a PBX that notifies and also posts its calls leaves behind (documented as a complaint).
  var callsLoggedTwice: [ZohoCallTwins] {
    let own = Set(phoneBridge.finishedCalls.compactMap(\.recordID))
    let others = records.all(in: .calls).suffix(2000).filter { !own.contains($0.id) }
    return phoneBridge.finishedCalls.compactMap { call in
      guard let id = call.recordID, let record = records.record(id, in: .calls), let start = record.callStart,
        let twin = others.first(where: { other in
          guard let otherStart = other.callStart else { return false }
          let apart = abs(otherStart.seconds - start.seconds)
          return apart <= ZohoCallTwins.toleranceSeconds && other.isAbout(call)
        })
      else { return nil }
      return ZohoCallTwins(byPhoneBridge: record, byOther: twin)
    }
  }
}

extension ZohoRecord {
  /// When the call began; nil for what is no call.
  var callStart: OffsetTimestamp? { values["Call_Start_Time"]?.string.flatMap { OffsetTimestamp($0) } }

  fileprivate func isAbout(_ call: ZohoPhoneBridgeCall) -> Bool {
    let referred = [values["Who_Id"]?["id"]?.string, values["What_Id"]?["id"]?.string].compactMap { $0 }
    if let match = call.match, referred.contains(match.recordID) { return true }
    let digits = ZohoPhoneNumber.digits(call.customerNumber)
    let isParty = ["Caller_ID", "Dialled_Number"].contains { name in
      values[name]?.string.map(ZohoPhoneNumber.digits) == digits
    }
    return isParty
      || ["Subject", "Description"].contains { values[$0]?.string?.contains(call.customerNumber) ?? false }
  }
}
