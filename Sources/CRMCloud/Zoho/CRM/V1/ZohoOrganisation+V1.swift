import Primitives

extension ZohoOrganisation {
  /// The answer to a request of a user of this organisation: the element within `<response>`.
  mutating func respondToV1(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let user = users[call.userIndex]
    guard user.status == .active else { throw .crmDisabled }
    guard profile(of: user)?.hasAPIAccess ?? false else { throw .noAPIPermission }
    // What an administrator used up counts whether calls are counted or not.
    if settings.enforcesV1Limits || v1Usage.isExhausted {
      let allowance = ZohoEditionLimits(edition).v1Calls(users: users.count { $0.status == .active })
      try v1Usage.admit(call.method, callsPerDay: allowance, at: call.instant)
    }
    switch (call.module, call.method) {
    case ("Users", "getUsers"): return try v1Users(call)
    case ("Info", "getModules"): return v1Modules()
    case (_, "searchRecords"): return try v1Search(call)
    case (_, "getSearchRecords"): return try v1OldSearch(call)
    case (_, "getSearchRecordsByPDC"): return try v1ColumnSearch(call)
    case (_, "getRecordById"): return try v1RecordsByID(call)
    case (_, "getRecords"): return try v1List(call, ownOnly: false)
    case (_, "getMyRecords"): return try v1List(call, ownOnly: true)
    case (_, "getFields"): return try v1Fields(call)
    case (_, "insertRecords"): return try v1Insert(call)
    case (_, "updateRecords"): return try v1Update(call)
    case (_, "deleteRecords"): return try v1Delete(call)
    case (_, _): throw .wrongParameter
    }
  }

  /// `type` of getUsers (documented).
  private func v1Users(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let isAdministrator = { (user: ZohoCRMUser) in self.profile(of: user)?.isAdministrator ?? false }
    let chosen: [ZohoCRMUser]
    switch try call.mandatory("type") {
    case "AllUsers": chosen = users.filter { $0.status != .deleted }
    case "ActiveUsers": chosen = users.filter { $0.status == .active }
    case "DeactiveUsers": chosen = users.filter { $0.status == .disabled }
    case "AdminUsers": chosen = users.filter { $0.status != .deleted && isAdministrator($0) }
    case "ActiveConfirmedAdmins": chosen = users.filter { $0.status == .active && isAdministrator($0) }
    case _: throw .wrongParameter
    }
    guard !chosen.isEmpty else { throw .noData }
    return ZohoV1Node(
      "users", [],
      chosen.map { user in
        var node = ZohoV1Node("user", text: user.fullName)
        node.attributes = [
          ("id", user.id), ("email", user.email), ("role", user.role), ("profile", user.profile),
          ("status", user.status.rawValue), ("confirm", "true"), ("zuid", user.zuid), ("timezone", timeZone.name),
        ]
        return node
      })
  }

  private func v1Modules() -> ZohoV1Node {
    let rows = ZohoModuleName.allCases.enumerated().map { index, module in
      var node = ZohoV1Node("row", text: module.v1Name)
      node.attributes = [
        ("no", String(index + 1)), ("id", ZohoMetadataID.module(module)), ("pl", module.rawValue),
        ("sl", module.singularLabel), ("gt", "1"),
      ]
      return node
    }
    return ZohoV1Node("result", [], rows)
  }

  /// `type` 1 for all fields, 2 for the mandatory ones (documented).
  private func v1Fields(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let onlyMandatory = try call.number("type", in: 1...2, otherwise: 1) == 2
    let fields = module.fields.filter { $0.isMandatory || !onlyMandatory }.map { field in
      ZohoV1Node(
        "FL",
        [
          ("dv", field.label), ("label", field.label), ("type", field.v1Type), ("req", String(field.isMandatory)),
          ("isreadonly", String(field.isReadOnly)), ("maxlength", String(field.length)), ("customfield", "false"),
        ])
    }
    return ZohoV1Node(
      module.v1Name, [],
      [ZohoV1Node("section", [("name", module.singularLabel + " Information"), ("dv", module.singularLabel)], fields)])
  }
}

extension ZohoField {
  /// The kind in v1's words (observed in clients' fixtures, the rarer ones assumed).
  fileprivate var v1Type: String {
    switch kind {
    case .text, .duration, .identifier, .tags: "Text"
    case .textArea: "TextArea"
    case .email: "Email"
    case .website: "Website"
    case .phone, .fax: "Phone"
    case .integer: "Integer"
    case .double: "Double"
    case .currency: "Currency"
    case .boolean: "Boolean"
    case .date: "Date"
    case .dateTime: "DateTime"
    case .choice, .picklist, .moduleName: "Pick List"
    case .reference, .relatedReference, .user: "Lookup"
    }
  }
}
