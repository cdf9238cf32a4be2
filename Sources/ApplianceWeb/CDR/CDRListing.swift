import JSON

/// A JSON document of rows as a page shows it: calls, each with its legs folded in.
struct CDRListing {
  /// One row; what a firmware's age does not have is empty.
  struct Row: Hashable {
    private var texts: [String: String] = [:]

    subscript(name: String) -> String { texts[name] ?? "" }

    init(_ value: JSONValue) {
      for member in value.members ?? [] {
        if let text = member.value.string { texts[member.name] = text }
      }
    }
  }

  /// One call: its main row, and its legs where there are several.
  struct Entry: Hashable {
    var main: Row
    var legs: [Row]
  }

  private(set) var entries: [Entry] = []

  /// nil for what is no such document.
  init?(_ bytes: [UInt8]) {
    guard let document = JSONValue(parsing: bytes),
      let rows = (document["cdr_root"] ?? document["cdr"])?.array
    else { return nil }
    entries = rows.map { value in
      guard let main = value["main_cdr"] else { return Entry(main: Row(value), legs: []) }
      let legs = (value.members ?? []).filter { $0.name.hasPrefix("sub_cdr") }
      return Entry(main: Row(main), legs: legs.map { Row($0.value) })
    }
  }
}

extension CDRListing.Row {
  /// Names of the call's recordings.
  var recordings: [String] { self["recordfiles"].split(separator: "@").map(String.init) }

  /// As the page shows a time of so many seconds.
  static func clock(_ seconds: String) -> String {
    guard let number = Int64(seconds), (0..<10_000_000).contains(number) else { return seconds }
    return [number / 3600, number / 60 % 60, number % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
