import CRMConnectors
import JSON
import Simulation

extension CallObservations {
  /// How the model turned the call away; nil when it did not.
  var refusal: (limit: Int, inUse: Int, status: Int, cause: Int)? {
    for entry in journal {
      if case .callRefused(_, _, _, _, let limit, let inUse, let status, let cause) = entry.event {
        return (limit, inUse, status, cause)
      }
    }
    return nil
  }

  /// What came of asking the CRM; nil when nobody asked or no answer came.
  var lookup: LookupOutcome? {
    for entry in journal {
      if case .crmLookup(_, _, let outcome) = entry.event { return outcome }
    }
    return nil
  }

  /// What came of recording the call, last of all; nil when nobody did or no answer came.
  var callLog: CallLogOutcome? {
    for entry in journal.reversed() {
      if case .crmLog(_, let outcome) = entry.event { return outcome }
    }
    return nil
  }
}

extension CallObservations.Exchange {
  /// `search GET www.zohoapis.com/crm/v2/Contacts/search?phone=…`.
  var request: String {
    let text = { (name: String) in line[name]?.text ?? "" }
    return LadderMessage.cut("\(purpose.rawValue) \(text("method")) \(text("host"))\(text("path"))")
  }

  /// `200, 312 bytes`, or why no answer came.
  var outcome: String {
    if case .string(let reason) = line["unreachable"] { return reason }
    return "\(line["status"]?.text ?? "?"), \(line["bytes"]?.text ?? "0") bytes"
  }
}

extension JSONValue {
  fileprivate var text: String {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .null, .bool, .decimal, .number, .array, .object: ""
    }
  }
}
