import Primitives

/// `64.0`.
struct SalesforceVersion: Hashable, CustomStringConvertible {
  let major: Int

  init(major: Int) { self.major = major }

  /// nil for what is no version's name.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1] == "0", parts[0].isDigits(1...3), let major = Int(parts[0]) else { return nil }
    self.major = major
  }

  var description: String { "\(major).0" }

  /// The release of this version: three a year (documented).
  var label: String {
    let seasons = ["Spring", "Summer", "Winter"]
    // 63.0 was Spring '25.
    let releases = major - 63 + 3 * 25
    let season = ((releases % 3) + 3) % 3
    let year = (releases - season) / 3 + (season == 2 ? 1 : 0)
    let digits = String(year % 100)
    return "\(seasons[season]) '" + (digits.utf8.count < 2 ? "0" : "") + digits
  }
}
