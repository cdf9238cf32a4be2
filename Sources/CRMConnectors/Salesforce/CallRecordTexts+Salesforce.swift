import JSON
import Primitives

extension CallRecordTexts {
  /// As it stands in a `POST …/sobjects/Task` (documented fields; which of them the appliance fills is assumed after
  /// the vendor's softphone, observed).
  ///
  /// A task has a date and no time of day, so the start stands in the description. There is no call type for a missed
  /// call: it is an inbound one whose result says so (observed in the vendor's add-in).
  func salesforceTask(owner: String?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("Subject", .string(subject)), .init("Status", "Completed"), .init("Priority", "Normal"),
      // The date on the site's clock.
      .init("ActivityDate", .string(String(start.description.prefix(10)))), .init("TaskSubtype", "Call"),
      .init("CallType", direction == .outbound ? "Outbound" : "Inbound"),
      // A whole number of at most eight digits (documented).
      .init("CallDurationInSeconds", .integer(min(durationSeconds, 99_999_999))),
      .init("CallDisposition", .string(salesforceDisposition)), .init("Description", .string(description)),
    ]
    // The PBX's own name for the call, by which it is found again; nothing keeps it unique.
    if let mark { members.append(.init("CallObject", .string(mark))) }
    if let owner { members.append(.init("OwnerId", .string(owner))) }
    if let record {
      switch record.table {
      // With a lead, a task may not have a WhatId at all (recalled).
      case .contacts, .leads: members.append(.init("WhoId", .string(record.id)))
      case .accounts: members.append(.init("WhatId", .string(record.id)))
      }
    }
    return .object(members)
  }

  private var salesforceDisposition: String {
    switch direction {
    case .missed: "Missed"
    case .inbound: "Answered"
    case .outbound: durationSeconds == 0 ? "No Answer" : "Answered"
    }
  }
}
