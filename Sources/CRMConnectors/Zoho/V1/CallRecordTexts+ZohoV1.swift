import Primitives

extension CallRecordTexts {
  /// The fields of a `Calls/insertRecords` (documented). Mandatory are Subject, Call Type, Call Start Time and Call
  /// Duration; a contact is linked by CONTACTID, any other record by SEID and SEMODULE.
  var zohoV1Fields: [(label: String, value: String)] {
    var fields = [
      (label: "Subject", value: subject), ("Call Type", zohoType), ("Call Purpose", "-None-"),
      // The site's wall clock, without a zone: the user's or the organisation's is meant (assumed).
      ("Call Start Time", start.wallClock),
      // Minutes may pass 99; whole hours have no place of their own (documented as mm:ss).
      ("Call Duration", Self.padded(durationSeconds / 60) + ":" + Self.padded(durationSeconds % 60)),
      ("Description", description),
    ]
    switch record?.table {
    case .contacts: fields.append(("CONTACTID", record?.id ?? ""))
    case .leads, .accounts:
      fields += [("SEID", record?.id ?? ""), ("SEMODULE", record?.table.zohoModule ?? "")]
    case nil: break
    }
    return fields
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}

extension OffsetTimestamp {
  /// `2018-05-01 10:20:30`, as the clock showed it.
  fileprivate var wallClock: String {
    CivilTime(secondsSince1970: seconds + Int64(utcOffsetSeconds)).text
  }
}
