import CRMConnectors
public import JSON

extension NumberTrial {
  /// Titles of `texts`, and how wide each is on a terminal; 0 for the last, which takes the rest.
  public static let columns: [(title: String, width: Int)] = [
    ("crm", 11), ("stored", 20), ("caller", 16), ("verdict", 15), ("requests", 0),
  ]

  /// One text for each of `columns`.
  public var texts: [String] { [system.rawValue, stored, caller, verdict.words, String(requests)] }

  /// The same as an object.
  public var json: JSONValue {
    [
      "crm": .string(system.rawValue), "stored": .string(stored), "caller": .string(caller),
      "verdict": .string(verdict.words), "requests": .integer(Int64(requests)),
    ]
  }
}
