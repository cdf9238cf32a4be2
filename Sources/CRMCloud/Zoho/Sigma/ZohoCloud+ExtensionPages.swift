import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// Extensions: made by name, given connectors, published.
  mutating func extensionsPage(_ request: CloudRequest, _ visit: SigmaVisit, at centre: Int) -> CloudResponse {
    let zuid = visit.visitor.person.zuid
    let isPost = request.method == .post
    guard let id = visit.parts.first else {
      return isPost ? newExtension(request.form, visit, at: centre) : extensionList(visit, at: centre)
    }
    guard let chosen = centres[centre].sigma.extension(id), chosen.ownerZUID == zuid else {
      return visit.refusal(404, "You have no such extension.")
    }
    let path = "/extensions/" + id
    switch (visit.parts.dropFirst().first, visit.parts.count, isPost) {
    case (nil, 1, false): return extensionPage(chosen, visit, at: centre)
    case ("associate", 2, true):
      let connector = request.form["connector"].flatMap { centres[centre].sigma.connector($0) }
      guard let connector, connector.ownerZUID == zuid, connector.isPublished else {
        return visit.refusal(409, "Only connectors of your own that are published can be associated.")
      }
      guard !chosen.connectorIDs.contains(connector.id) else { break }
      centres[centre].sigma.update(extension: id) { $0.connectorIDs.append(connector.id) }
    case ("publish", 2, true):
      guard !chosen.connectorIDs.isEmpty else {
        return visit.refusal(409, "Associate a connector with the extension before you publish it.")
      }
      centres[centre].sigma.update(extension: id) { $0.isPublished = true }
    case ("withdraw", 2, true): centres[centre].sigma.update(extension: id) { $0.isPublished = false }
    case _: return visit.notFound
    }
    return .redirect(to: path, status: 303)
  }

  private func extensionList(
    _ visit: SigmaVisit, error: String = "", at centre: Int
  ) -> CloudResponse {
    let extensions = centres[centre].sigma.extensions.filter { $0.ownerZUID == visit.visitor.person.zuid }
    let table = PageTable(
      id: "extensions", caption: "Your extensions", columns: ["Extension", "Connectors", "Published"],
      rows: extensions.map {
        [
          .link(PageLink($0.name, "/extensions/" + $0.id)), .text(String($0.connectorIDs.count)),
          .text($0.isPublished ? "Yes" : "No"),
        ]
      }, emptyText: "You have no extensions yet.")
    let name = PageField("name", "Extension Name", isRequired: true, error: error)
    return visit.page(
      "Extensions", status: error.isEmpty ? 200 : 400,
      [.table(table), visit.form("new-extension", "/extensions", fields: [name], "New Extension")])
  }

  private mutating func newExtension(
    _ form: FormParameters, _ visit: SigmaVisit, at centre: Int
  ) -> CloudResponse {
    let name = String((form["name"] ?? "").prefix(100))
    guard ZohoConnections.link(from: name) != nil else {
      return extensionList(visit, error: "Enter a name with a letter or digit.", at: centre)
    }
    let made = ZohoExtension(
      id: centres[centre].authorizations.newIdentifier(), name: name, ownerZUID: visit.visitor.person.zuid)
    guard centres[centre].sigma.add(made) else { return visit.refusal(409, "There is room for no more extensions.") }
    return .redirect(to: "/extensions/" + made.id, status: 303)
  }

  private func extensionPage(_ shown: ZohoExtension, _ visit: SigmaVisit, at centre: Int) -> CloudResponse {
    let sigma = centres[centre].sigma
    let path = "/extensions/" + shown.id
    let associated = shown.connectorIDs.compactMap { sigma.connector($0) }
    let others = sigma.connectors.filter { connector in
      connector.ownerZUID == shown.ownerZUID && connector.isPublished && !shown.connectorIDs.contains(connector.id)
    }
    let table = PageTable(
      id: "associated", caption: "Associated Connectors", columns: ["Connector", "API Unique Identifiers"],
      rows: associated.map { connector in
        [
          .link(PageLink(connector.name, connector.path)),
          .text(connector.apis.map { connector.link + "." + $0.link }.joined(separator: ", ")),
        ]
      }, emptyText: "No connector is associated yet.")
    let choice = PageField("connector", "Published connector", .choice(others.map { PageOption($0.id, $0.name) }))
    let associating: PageBlock =
      others.isEmpty
      ? .text("There is no further published connector.")
      : visit.form("associate", path + "/associate", fields: [choice], "Associate")
    return visit.page(
      shown.name,
      [
        .facts([PageFact(id: "published", "Published", shown.isPublished ? "Yes" : "No")]), .table(table), associating,
        shown.isPublished
          ? visit.form("withdraw", path + "/withdraw", "Withdraw")
          : visit.form("publish", path + "/publish", "Publish"),
      ])
  }
}
