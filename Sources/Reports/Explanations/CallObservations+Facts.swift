import CRMConnectors
import JSON
import Simulation

extension CallObservations {
  /// How the model turned a call away.
  struct Refusal {
    let reason: CallRefusal
    let limit: Int
    let inUse: Int
    let status: Int
    let cause: Int
  }

  /// Whether the power failed while the call was up.
  var wasCut: Bool {
    journal.contains { entry in
      if case .powerCut = entry.event { true } else { false }
    }
  }

  /// How the model turned the call away; nil when it did not.
  var refusal: Refusal? {
    for entry in journal {
      if case .callRefused(_, _, _, _, let reason, let limit, let inUse, let status, let cause) = entry.event {
        return Refusal(reason: reason, limit: limit, inUse: inUse, status: status, cause: cause)
      }
    }
    return nil
  }

  /// The first callee the recorded box dialled and the model did not; nil when there is none.
  var legNotDialled: (number: String, reason: CallRefusal)? {
    for entry in journal {
      if case .legNotDialled(_, let number, let reason) = entry.event { return (number, reason) }
    }
    return nil
  }

  /// Why nobody can say how the call would have gone on; nil where one can.
  var unknownOutcome: UnknownOutcome? {
    for entry in journal {
      if case .outcomeUnknown(_, let outcome) = entry.event { return outcome }
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
