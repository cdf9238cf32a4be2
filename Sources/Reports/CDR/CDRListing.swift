public import PBXModel
public import Primitives

/// Rows as the appliance's CDR page lists them (reference section 5.6, documented), one line a row.
public enum CDRListing {
  /// Titles of the columns.
  public static let columns = ["start", "status", "from", "to", "action", "talk", "type", "account"]

  /// One line: `"name" number [Trunk: x]` calls `number [Trunk: y]`, and the talk time as `H:MM:SS`.
  public static func texts(_ row: CDRRecord, in zone: SiteTimeZone) -> [String] {
    let name = row.callerName.isEmpty ? "" : "\"\(row.callerName)\" "
    return [
      zone.local(row.start).text, row.disposition.rawValue, name + row.src + trunk(row.srcTrunkName),
      row.dst + trunk(row.dstTrunkName), row.actionType, talk(row.billsecSeconds), row.userfield.rawValue,
      row.accountCode,
    ]
  }

  private static func trunk(_ name: String) -> String { name.isEmpty ? "" : " [Trunk: \(name)]" }

  private static func talk(_ seconds: Int64) -> String {
    let twoDigits = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    let bounded = max(0, seconds)
    return "\(bounded / 3600):\(twoDigits(bounded / 60 % 60)):\(twoDigits(bounded % 60))"
  }
}
