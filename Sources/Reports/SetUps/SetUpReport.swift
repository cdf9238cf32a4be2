public import CRMConnectors
public import JSON

/// What a doctor found of a site's CRM set-up, as a numbered list.
public struct SetUpReport {
  /// Columns of a line, unless a word is longer.
  public static let width = 112

  private let site: String
  private let checks: [SetUpCheck]

  /// - Parameter site: the site file's name, as it was given.
  public init(site: String, checks: [SetUpCheck]) {
    self.site = site
    self.checks = checks
  }

  /// Whether anything is wrong.
  public var hasFindings: Bool { firstWrong != nil }

  private var firstWrong: Int? { checks.firstIndex { $0.status == .wrong } }

  private func count(_ status: SetUpCheck.Status) -> Int { checks.count { $0.status == status } }

  // MARK: Text

  /// For people, every line ended: the first thing wrong and how to mend it, then everything that was looked at.
  public var text: String {
    var lines = WrappedText.lines("CRM set-up of \(site)", indent: 0, hanging: 2, width: Self.width)
    lines.append(SetUpCheck.Status.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", "))
    if let firstWrong {
      let check = checks[firstWrong]
      lines += ["", "First thing wrong: \(firstWrong + 1). \(check.title)"]
      lines += wrapped(check.finding + ".", indent: 3)
      lines += remedies(check, indent: 3)
    }
    var heading: [String]?
    for (index, check) in checks.enumerated() {
      if check.extensions != heading {
        heading = check.extensions
        lines += [""] + wrapped(check.owner, indent: 0)
      }
      lines += entry(check, number: index + 1)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func entry(_ check: SetUpCheck, number: Int) -> [String] {
    let digits = String(number)
    let status = check.status.rawValue
    let mark =
      String(repeating: " ", count: max(0, 3 - digits.count)) + digits + ". " + status
      + String(repeating: " ", count: max(0, 12 - status.count))
    return WrappedText.lines(
      "\(check.point.title): \(check.finding)", indent: 0, hanging: 17, width: Self.width, mark: mark)
      + (check.status == .wrong ? remedies(check, indent: 17) : [])
      + check.asked.flatMap { WrappedText.lines($0, indent: 17, hanging: 2, width: Self.width, mark: "asked: ") }
  }

  private func remedies(_ check: SetUpCheck, indent: Int) -> [String] {
    check.remedies.flatMap { remedy in
      WrappedText.lines(
        remedy.text + (remedy.place.map { " [\($0)]" } ?? ""), indent: indent, hanging: 2, width: Self.width,
        mark: "mend: ")
    }
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    WrappedText.lines(text, indent: indent, hanging: 2, width: Self.width)
  }

  // MARK: JSON

  /// For machines: the counts, the number of the first thing wrong, and every check.
  public var json: JSONValue {
    [
      "site": .string(site), "ok": .integer(Int64(count(.ok))), "wrong": .integer(Int64(count(.wrong))),
      "notChecked": .integer(Int64(count(.notChecked))), "firstWrong": .optional(firstWrong.map { Int64($0 + 1) }),
      "checks": .array(checks.enumerated().map { Self.json($0.element, number: $0.offset + 1) }),
    ]
  }

  private static func json(_ check: SetUpCheck, number: Int) -> JSONValue {
    [
      "number": .integer(Int64(number)), "point": .string(check.point.name), "title": .string(check.point.title),
      "extensions": .array(check.extensions.map { .string($0) }), "status": .string(check.status.rawValue),
      "finding": .string(check.finding),
      "remedies": .array(check.remedies.map { ["text": .string($0.text), "place": .optional($0.place)] }),
      "asked": .array(check.asked.map { .string($0) }),
    ]
  }
}

extension SetUpCheck {
  fileprivate var owner: String {
    switch extensions.count {
    case 0: "The site"
    case 1: "Extension \(extensions[0])"
    default: "Extensions " + extensions.joined(separator: ", ")
    }
  }

  /// `Lookup in Contacts, extension 1000`.
  fileprivate var title: String {
    guard let first = extensions.first else { return point.title }
    let more = extensions.count > 1 ? " and \(extensions.count - 1) more" : ""
    return "\(point.title), extension \(first)\(more)"
  }
}
