import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  mutating func functionsPage(
    _ request: CloudRequest, _ visit: ConnectionsVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let isPost = request.method == .post
    switch (visit.parts.first, visit.parts.count) {
    case (nil, 0): return isPost ? visit.notFound : functionList(visit, at: centre)
    case ("new", 1): return newFunction(request, visit, at: centre)
    case (let name?, 1...2):
      guard let function = centres[centre].organisations[visit.organisation].connections.function(name) else {
        return visit.refusal(404, "There is no function of this name.")
      }
      if visit.parts.count == 1, !isPost { return functionPage(function, visit) }
      return isPost && visit.parts.count == 2
        ? act(visit.parts[1], on: function, request.form, visit, at: centre, now) : visit.notFound
    case _: return visit.notFound
    }
  }

  private func functionList(_ visit: ConnectionsVisit, at centre: Int) -> CloudResponse {
    let functions = centres[centre].organisations[visit.organisation].connections.functions
    let table = PageTable(
      id: "functions", caption: "My Functions", columns: ["Function", "Arguments", "Last run"],
      rows: functions.map { function in
        let ended = function.lastRun.map { $0.problem == nil ? "Ended" : "Failed" } ?? "Never"
        return [
          .link(PageLink(function.name, visit.path(of: function))),
          .text(function.arguments.joined(separator: ", ")), .text(ended),
        ]
      }, emptyText: "There are no functions yet.")
    return visit.page(
      "Functions", [.table(table), .links([PageLink("Create New Function", visit.functionsPath + "/new")])])
  }

  private mutating func newFunction(
    _ request: CloudRequest, _ visit: ConnectionsVisit, at centre: Int
  ) -> CloudResponse {
    let form = request.form
    var errors: [String: String] = [:]
    if request.method == .post {
      let name = ZohoConnections.link(from: form["name"] ?? "")
      let connections = centres[centre].organisations[visit.organisation].connections
      if name == nil || name == "new" { errors["name"] = "Enter a name with a letter or digit, other than new." }
      if name.flatMap(connections.function) != nil { errors["name"] = "There is a function of this name." }
      let script = form["script"] ?? ""
      errors["script"] = Self.problem(with: script)
      if errors.isEmpty, let name {
        let function = ZohoFunction(
          name: name, id: centres[centre].authorizations.newIdentifier(),
          apiKey: Secret("1001." + centres[centre].authorizations.newState()), script: script,
          arguments: Self.arguments(form["arguments"]))
        guard centres[centre].organisations[visit.organisation].connections.add(function) else {
          return visit.refusal(409, "There is room for no more functions.")
        }
        return .redirect(to: visit.path(of: function), status: 303)
      }
    }
    let fields = [
      PageField("name", "Function Name", value: form["name"] ?? "", isRequired: true, error: errors["name"] ?? ""),
      PageField("arguments", "Arguments", value: form["arguments"] ?? "", hint: "Names parted by commas."),
      PageField(
        "script", "Script", .multiline, value: form["script"] ?? "", isRequired: true, error: errors["script"] ?? ""),
    ]
    return visit.page(
      "Create New Function", status: errors.isEmpty ? 200 : 400,
      [
        .form(
          visit.form("new-function", visit.functionsPath + "/new", fields: fields, [PageButton("Save")]))
      ])
  }

  /// nil for a script that can be read.
  private static func problem(with script: String) -> String? {
    do throws(DelugeError) {
      _ = try DelugeParser.script(script)
      return nil
    } catch {
      return error.text
    }
  }

  private static func arguments(_ text: String?) -> [String] {
    let names = (text ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    let good = names.filter { name in
      (1...60).contains(name.utf8.count) && !name.hasPrefix("_")
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
    return Array(good.prefix(ZohoFunction.maximumArguments))
  }

  private func functionPage(
    _ function: ZohoFunction, _ visit: ConnectionsVisit, notices: [PageNotice] = [], script: String? = nil,
    status: Int = 200
  ) -> CloudResponse {
    let path = visit.path(of: function)
    let address = "https://\(visit.visitor.hosts.api)/crm/v2/functions/\(function.name)/actions/execute"
    let editing = visit.form(
      "edit", path + "/save",
      fields: [
        PageField("arguments", "Arguments", value: function.arguments.joined(separator: ", ")),
        PageField("script", "Script", .multiline, value: script ?? function.script, isRequired: true),
        PageField("with_key", "REST API: API Key", .checkbox(isOn: function.isOpenToKey), value: "on"),
        PageField("with_token", "REST API: OAuth2", .checkbox(isOn: function.isOpenToTokens), value: "on"),
      ], [PageButton("Save")])
    let running = visit.form(
      "run", path + "/run", fields: function.arguments.map { PageField("argument-" + $0, $0) },
      [PageButton("Execute")])
    var result: [PageBlock] = [.text("It has not run yet.")]
    if let run = function.lastRun {
      result = [
        .facts([
          PageFact(id: "run-status", "Status", run.problem == nil ? "Ended" : "Failed"),
          PageFact(id: "run-problem", "Error", run.problem ?? ""),
        ]),
        .code(id: "output", label: "Output", text: run.output),
        .code(id: "log", label: "Info", text: run.infos.joined(separator: "\n")),
      ]
    }
    return visit.page(
      function.name, notices: notices, status: status,
      [
        .form(editing), .section(id: "execute", title: "Execute", [.form(running)]),
        .section(id: "result", title: "Last run", result),
        .section(
          id: "rest", title: "REST API",
          [
            .code(id: "rest-oauth", label: "With an access token", text: address + "?auth_type=oauth"),
            .code(
              id: "rest-key", label: "With the API key",
              text: address + "?auth_type=apikey&zapikey=" + function.apiKey.value),
          ]),
        .form(visit.form("delete", path + "/delete", [PageButton("Delete function")])),
      ])
  }

  private mutating func act(
    _ action: String, on function: ZohoFunction, _ form: FormParameters, _ visit: ConnectionsVisit, at centre: Int,
    _ now: Instant
  ) -> CloudResponse {
    switch action {
    case "save":
      let script = form["script"] ?? ""
      if let problem = Self.problem(with: script) {
        return functionPage(function, visit, notices: [PageNotice(.error, problem)], script: script, status: 400)
      }
      centres[centre].organisations[visit.organisation].connections.updateFunction(function.name) { held in
        held.script = script
        held.arguments = Self.arguments(form["arguments"])
        held.isOpenToKey = form["with_key"] == "on"
        held.isOpenToTokens = form["with_token"] == "on"
      }
    case "run":
      let given = function.arguments.map { ($0, form["argument-" + $0] ?? "") }
      _ = run(
        function: function.name, arguments: Dictionary(given, uniquingKeysWith: { first, _ in first }),
        of: visit.organisation, at: centre, now)
    case "delete":
      centres[centre].organisations[visit.organisation].connections.removeFunction(function.name)
      return .redirect(to: visit.functionsPath, status: 303)
    case _: return visit.notFound
    }
    return .redirect(to: visit.path(of: function), status: 303)
  }
}
