import ApplianceAPI
import CloudPages

/// The conditions of the CDR page as its address has them: those of the API under the API's names, and the page's own.
///
/// Limits are those of the appliance's page (reference section 5.6, observed).
struct CDRFilter {
  /// Why a filter finds nothing, at the field that it is about.
  private(set) var mistakes: [String: String] = [:]
  /// As given; fields left empty are not there.
  let conditions: [(name: String, value: String)]

  static let statuses = ["ANSWERED", "NO ANSWER", "BUSY", "FAILED"]
  static let types = ["Inbound", "Outbound", "Internal", "External"]
  /// Those that rows of this appliance have; the appliance's own list has others besides (observed).
  static let actions = [
    "DIAL", "VM", "TRANSFER", "PARKEDCALL", "IVR", "RINGGROUP", "QUEUE", "CONFERENCE", "PAGE", "FAX", "DISA",
  ]
  private static let numberCharactersMax = 18
  private static let nameCharactersMax = 64
  /// More values of one condition would only be slow.
  private static let valuesMax = 100

  private static let namesOfAPI = ["startTime", "endTime", "caller", "callee", "AnsweredBy", "minDur", "maxDur"]
  private static let ownNames = [
    "callerName", "account", "sourceTrunk", "destinationTrunk", "action", "type", "status",
  ]

  init(_ request: WebRequest) {
    let names = Set(Self.namesOfAPI + Self.ownNames)
    conditions = request.conditions.filter { names.contains($0.name) }
    for (name, limit) in [
      ("caller", Self.numberCharactersMax), ("callee", Self.numberCharactersMax),
      ("AnsweredBy", Self.numberCharactersMax), ("callerName", Self.nameCharactersMax),
      ("account", Self.nameCharactersMax), ("sourceTrunk", Self.nameCharactersMax),
      ("destinationTrunk", Self.nameCharactersMax), ("action", Self.nameCharactersMax),
    ] where values(name).contains(where: { $0.unicodeScalars.count > limit }) {
      mistakes[name] = "At most \(limit) characters."
    }
    for (name, known) in [("type", Self.types), ("status", Self.statuses)]
    where !values(name).allSatisfy(known.contains) {
      mistakes[name] = "There is no such value."
    }
    // An SQL text ends there, so that it would find others.
    for name in Self.ownNames where values(name).contains(where: { $0.unicodeScalars.contains("\0") }) {
      mistakes[name] = "There is no such character."
    }
    for name in Self.ownNames where values(name).count > Self.valuesMax {
      mistakes[name] = "At most \(Self.valuesMax) values."
    }
  }

  /// As a request for rows; one that finds nothing where there is a mistake.
  func request(_ doors: ApplianceDoors, _ format: CDRRequest.Format, of state: some WebState) -> CDRRequest {
    let known = conditions.filter { Self.namesOfAPI.contains($0.name) }
    var request = doors.cdrRequest(known + [("format", format.rawValue)], onSiteClockOf: state)
    request.isEmpty = request.isEmpty || !mistakes.isEmpty
    request.filter.callerName = value("callerName")
    request.filter.accounts = values("account")
    request.filter.sourceTrunks = values("sourceTrunk")
    request.filter.destinationTrunks = values("destinationTrunk")
    request.filter.actions = values("action")
    request.filter.types = values("type")
    request.filter.statuses = values("status")
    return request
  }

  private func values(_ name: String) -> [String] { conditions.filter { $0.name == name }.map(\.value) }
  private func value(_ name: String) -> String { values(name).first ?? "" }

  /// The form with what was entered; mistakes stand at their fields.
  ///
  /// - Parameter hidden: what else the address keeps.
  func form(trunks: [ConfigurationFacts.Trunk], hidden: [PageForm.Hidden]) -> PageForm {
    PageForm(
      id: "filter", action: "/cdr", method: .get, hidden: hidden,
      fields: [
        field("startTime", "Start Time from", .localTime), field("endTime", "Start Time to", .localTime),
        field(
          "caller", "Caller Number", hint: "x is one digit, . at the end any rest: 10xx, +4930.",
          limit: Self.numberCharactersMax),
        field("callerName", "Caller Name", hint: "A part of it.", limit: Self.nameCharactersMax),
        field("callee", "Callee Number", limit: Self.numberCharactersMax),
        field("AnsweredBy", "Answered by", limit: Self.numberCharactersMax),
        choice("sourceTrunk", "Source Trunk", trunks.map { ("trunk_\($0.index)", $0.name) }),
        choice("destinationTrunk", "Destination Trunk", trunks.map { ("trunk_\($0.index)", $0.name) }),
        choice("action", "Action Type", Self.actions.map { ($0, $0) }),
        field("account", "Account Code", limit: Self.nameCharactersMax),
        choice("type", "Call Type", Self.types.map { ($0, $0) }),
        choice("status", "Status", Self.statuses.map { ($0, $0) }),
        field("minDur", "Talk Time from (seconds)", .number), field("maxDur", "Talk Time to (seconds)", .number),
      ], buttons: [PageButton("Filter")], layout: .dense)
  }

  private func field(
    _ name: String, _ label: String, _ kind: PageField.Kind = .text, hint: String = "", limit: Int? = nil
  ) -> PageField {
    PageField(name, label, kind, value: value(name), hint: hint, error: mistakes[name] ?? "", limit: limit)
  }

  /// One of some values, or any; one that is none of them, and came by the address, stays.
  private func choice(_ name: String, _ label: String, _ known: [(value: String, text: String)]) -> PageField {
    let chosen = value(name)
    var options = [PageOption("", "Any", isChosen: chosen.isEmpty)]
    options += known.map { PageOption($0.value, $0.text, isChosen: $0.value == chosen) }
    if !options.contains(where: \.isChosen) { options.append(PageOption(chosen, chosen, isChosen: true)) }
    return PageField(name, label, .choice(options), error: mistakes[name] ?? "")
  }
}
