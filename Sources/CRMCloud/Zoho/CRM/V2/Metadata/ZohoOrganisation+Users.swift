import JSON
import Primitives

extension ZohoOrganisation {
  /// `type` of `GET /users` (documented).
  private enum UserType: String {
    case all = "AllUsers"
    case active = "ActiveUsers"
    case deactivated = "DeactiveUsers"
    case confirmed = "ConfirmedUsers"
    case notConfirmed = "NotConfirmedUsers"
    case deleted = "DeletedUsers"
    case activeConfirmed = "ActiveConfirmedUsers"
    case administrators = "AdminUsers"
    case activeConfirmedAdministrators = "ActiveConfirmedAdmins"
    case current = "CurrentUser"
  }

  /// `GET /users`: 204 beyond the last page and for none (documented). Everybody here has confirmed the invitation.
  func listUsers(_ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    guard let type = UserType(rawValue: call.query["type"] ?? UserType.all.rawValue) else {
      throw .invalidParameter("type")
    }
    let page = try ZohoPaging(call.query)
    var found = users.enumerated().filter { index, user in
      switch type {
      case .all: user.status != .deleted
      case .active, .activeConfirmed: user.status == .active
      case .deactivated: user.status == .disabled
      case .confirmed: user.status != .deleted
      case .notConfirmed: false
      case .deleted: user.status == .deleted
      case .administrators: user.status != .deleted && isAdministrator(user)
      case .activeConfirmedAdministrators: user.status == .active && isAdministrator(user)
      case .current: index == call.userIndex
      }
    }.map(\.element)
    if let ids = call.list("ids") { found = found.filter { ids.contains($0.id) } }
    let shown = found.dropFirst(page.start).prefix(page.size)
    guard !shown.isEmpty else { return .empty(204) }
    return .json(
      200,
      [
        "users": .array(shown.map { json($0) }),
        "info": [
          "per_page": .integer(Int64(page.size)), "count": .integer(Int64(shown.count)),
          "page": .integer(Int64(page.number)), "more_records": .bool(found.count > page.end),
        ],
      ])
  }

  func showUser(_ id: String, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    guard ZohoIdentifiers.isWellFormed(id) else { throw .invalidID(call.version) }
    guard let user = users.first(where: { $0.id == id }) else {
      if call.version.refusesUnknownIDs { throw .invalidID(call.version) }
      return .empty(204)
    }
    return .json(200, ["users": [json(user)]])
  }

  private func isAdministrator(_ user: ZohoCRMUser) -> Bool { profile(of: user)?.isAdministrator ?? false }

  private func json(_ user: ZohoCRMUser) -> JSONValue {
    let names = user.fullName.split(separator: " ", maxSplits: 1).map(String.init)
    return [
      "id": .string(user.id), "full_name": .string(user.fullName),
      "first_name": names.count > 1 ? .string(names[0]) : .null, "last_name": .optional(names.last),
      "email": .string(user.email), "status": .string(user.status.rawValue), "confirm": true,
      "zuid": .string(user.zuid),
      "role": ["name": .string(user.role), "id": .string(ZohoRole.id(of: user.role))],
      "profile": [
        "name": .string(user.profile), "id": .optional(profiles.first { $0.name == user.profile }?.id),
      ],
      "time_zone": .string(timeZone.name), "locale": "en_US", "language": "en_US", "country_locale": "us",
      "country": .null, "phone": .null, "mobile": .null, "date_format": "MM/dd/yyyy", "time_format": "hh:mm a",
      "created_time": timestamp(createdAt), "Modified_Time": timestamp(createdAt),
    ]
  }

  /// `GET /org` (documented members, as far as a client of telephony reads them).
  var organisationJSON: JSONValue {
    [
      "id": .string(id), "zgid": .string(id), "company_name": .string(name),
      "primary_email": .optional(users.first?.email),
      "primary_zuid": .optional(users.first?.zuid), "time_zone": .string(timeZone.name), "currency": "US Dollar",
      "currency_symbol": "$", "iso_code": "USD", "currency_locale": "en_US", "country": .null, "country_code": .null,
      "phone": .null, "mobile": .null, "fax": .null, "website": .null, "description": .null, "gapps_enabled": false,
      "translation_enabled": false, "privacy_settings": false, "mc_status": false,
      "license_details": [
        "paid": .bool(edition != .free), "paid_type": .string(edition.rawValue), "trial_type": .null,
        "trial_expiry": .null, "paid_expiry": .null, "users_license_purchased": .integer(Int64(users.count)),
      ],
    ]
  }
}

/// The two roles that people of the data have (documented as an organisation's first).
enum ZohoRole {
  static let all = [(name: "CEO", id: "4000000000000026005"), (name: "Manager", id: "4000000000000026008")]

  static func id(of name: String) -> String { all.first { $0.name == name }?.id ?? all[0].id }
}
