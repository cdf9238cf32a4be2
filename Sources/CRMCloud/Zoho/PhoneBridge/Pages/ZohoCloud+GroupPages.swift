import CloudPages
import Primitives

extension ZohoCloud {
  /// `/settings/channels/telephony/groups/…`: the list, the form for a new group and for a known one, deletion.
  mutating func respondAsGroups(_ visit: ZohoCRMVisit, _ place: [String]) -> CloudResponse {
    let bridge = centres[visit.centre].organisations[visit.index].phoneBridge
    guard bridge.telephony != nil else {
      return visit.isPost ? visit.refusal(409, "Integrate a PBX vendor first.") : .redirect(to: Self.telephony(visit))
    }
    guard let id = place.first else { return visit.isPost ? visit.wrongMethod : groupsPage(visit) }
    guard let group = id == "create" ? newGroup(visit) : bridge.group(id) else {
      return visit.refusal(404, "No PhoneBridge group has this id.")
    }
    switch (place.count, place.last, visit.isPost) {
    case (1, _, false): return groupPage(visit, group)
    case (1, _, true): return save(group, visit)
    case (2, "delete", true) where id != "create":
      centres[visit.centre].organisations[visit.index].phoneBridge.removeGroup(id)
      return visit.done(.groupDeleted, Self.groups(visit))
    case (_, _, _): return visit.notFound
    }
  }

  private static func groups(_ visit: ZohoCRMVisit) -> String { telephony(visit) + "/groups" }

  private func newGroup(_ visit: ZohoCRMVisit) -> ZohoPhoneBridgeGroup {
    ZohoPhoneBridgeGroup(
      name: "", identificationUserID: visit.user.id, members: [.init(userID: visit.user.id, extensionNumber: "")])
  }

  private func groupsPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let groups = organisation.phoneBridge.groups
    let page = ZohoListPage(visit.request.query, count: groups.count)
    let name = { (id: String) in organisation.users.first { $0.id == id }?.fullName ?? "" }
    let table = PageTable(
      id: "groups", caption: "PhoneBridge groups",
      columns: [
        "PhoneBridge Name", "Group Identification User", "Users and extensions", "PhoneBridge token", "Delete",
      ],
      rows: groups[page.range].map { group in
        let members = group.members.map { "\(name($0.userID)): \($0.extensionNumber)" }.joined(separator: ", ")
        let delete = PageForm(
          id: "delete-\(group.id)", action: Self.groups(visit) + "/\(group.id)/delete", hidden: [visit.visitor.proof],
          buttons: [PageButton("Delete \(group.name)")])
        return [
          .link(PageLink(group.name, Self.groups(visit) + "/" + group.id)), .text(name(group.identificationUserID)),
          .text(members), group.token == nil ? .text("None") : .badge("Created", .success), .button(delete),
        ]
      }, emptyText: "No groups yet: no extension opens anyone's screen.")
    return visit.page(
      "PhoneBridge groups", under: Self.telephonyBreadcrumbs(visit),
      [
        .actions([PageLink("Add group", Self.groups(visit) + "/create")]), .table(table),
        .pager(page.pager(Self.groups(visit))),
      ])
  }

  private func groupPage(
    _ visit: ZohoCRMVisit, _ group: ZohoPhoneBridgeGroup, refusal: ZohoPhoneBridgeGroup.Refusal? = nil
  ) -> CloudResponse {
    let users = centres[visit.centre].organisations[visit.index].users.filter { $0.status == .active }
    let field = { (name: String, label: String, kind: PageField.Kind, value: String, hint: String) in
      PageField(
        name, label, kind, value: value, isRequired: true, hint: hint,
        error: refusal?.field == name ? refusal?.reason ?? "" : "")
    }
    let choice = { (chosen: String) in
      PageField.Kind.choice(users.map { PageOption($0.id, "\($0.fullName) (\($0.email))", isChosen: $0.id == chosen) })
    }
    var fields = [
      field("name", "PhoneBridge Name", .text, group.name, ""),
      field(
        "identification-user", "Group Identification User", choice(group.identificationUserID), "",
        "The only one who can create the group's PhoneBridge token."),
    ]
    for (place, member) in group.members.enumerated() {
      fields.append(field("user-\(place + 1)", "User Name \(place + 1)", choice(member.userID), "", ""))
      fields.append(
        field("extension-\(place + 1)", "User Extension \(place + 1)", .telephone, member.extensionNumber, ""))
      for index in fields.indices.suffix(2) { fields[index].isRequired = place == 0 }
    }
    let notices = refusal.map { [PageNotice(.error, $0.reason)] } ?? []
    return visit.page(
      group.id.isEmpty ? "Add group" : group.name,
      under: Self.telephonyBreadcrumbs(visit) + [PageLink("PhoneBridge groups", Self.groups(visit))],
      notices: notices, status: refusal == nil ? 200 : 400,
      [
        .text("A user whose extension is left empty is not part of the group."),
        .form(
          PageForm(
            id: "group", action: Self.groups(visit) + "/" + (group.id.isEmpty ? "create" : group.id),
            hidden: [visit.visitor.proof], fields: fields,
            buttons: [
              PageButton("Save"), PageButton("Save and add another group", sending: .init("then", "another")),
              PageButton("Add another user", sending: .init("then", "user")),
            ], layout: .columns)),
      ])
  }

  private mutating func save(_ known: ZohoPhoneBridgeGroup, _ visit: ZohoCRMVisit) -> CloudResponse {
    let form = visit.request.form
    var group = known
    group.name = (form["name"] ?? "").trimmed
    group.identificationUserID = form["identification-user"] ?? ""
    // Whoever identifies the group made its token; another person makes another.
    if group.identificationUserID != known.identificationUserID { group.token = nil }
    let members = (1...ZohoPhoneBridgeGroup.maximumMembers).compactMap { place in
      form["extension-\(place)"].map {
        ZohoPhoneBridgeGroup.Member(userID: form["user-\(place)"] ?? "", extensionNumber: $0.trimmed)
      }
    }
    if form["then"] == "user", members.count < ZohoPhoneBridgeGroup.maximumMembers {
      group.members = members + [.init(userID: visit.user.id, extensionNumber: "")]
      return groupPage(visit, group)
    }
    group.members = members.filter { !$0.extensionNumber.isEmpty }
    do throws(ZohoPhoneBridgeGroup.Refusal) {
      try centres[visit.centre].organisations[visit.index].check(group)
    } catch {
      group.members = members.isEmpty ? newGroup(visit).members : members
      return groupPage(visit, group, refusal: error)
    }
    centres[visit.centre].organisations[visit.index].phoneBridge.save(group)
    return visit.done(.groupSaved, Self.groups(visit) + (form["then"] == "another" ? "/create" : ""))
  }
}
