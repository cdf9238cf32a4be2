import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `/crm/v{n}/functions/{name}/actions/execute`; nil for other paths (documented: functions as REST API).
  ///
  /// Sandboxes have no functions of their own (assumed): there the path is none.
  mutating func respondAsFunction(
    _ request: CloudRequest, at centre: Int, _ now: Instant, _ environment: ZohoEnvironment
  ) -> CloudResponse? {
    let parts = request.parts
    guard parts.count == 6, parts[0] == "crm", parts[1].hasPrefix("v"), parts[2] == "functions",
      parts[4...] == ["actions", "execute"], environment == .production
    else { return nil }
    do throws(ZohoRequestError) {
      guard request.method == .get || request.method == .post else { throw .invalidMethod }
      let organisation = try caller(of: parts[3], request, at: centre, now)
      let parameters = request.parameters
      var arguments: [String: String] = [:]
      if let text = parameters["arguments"], let members = JSONValue(parsing: Array(text.utf8))?.members {
        for member in members.prefix(64) { arguments[member.name] = DelugeText.text(of: member.value) }
      }
      for pair in parameters.pairs where arguments[pair.name] == nil { arguments[pair.name] = pair.value }
      guard let run = run(function: parts[3], arguments: arguments, of: organisation, at: centre, now) else {
        throw .invalidURLPattern
      }
      if let problem = run.problem {
        return .json(
          500,
          ["code": "INTERNAL_ERROR", "details": [:], "message": .string(problem), "status": "error"])
      }
      let id = centres[centre].organisations[organisation].connections.function(parts[3])?.id ?? ""
      return .json(
        200,
        [
          "code": "success",
          "details": ["output": .string(run.output), "output_type": "string", "id": .string(id)],
          "message": "function executed successfully",
        ])
    } catch {
      return error.response
    }
  }

  /// Whose function is meant: the organisation of the key's, or of the access token's holder.
  private func caller(
    of name: String, _ request: CloudRequest, at centre: Int, _ now: Instant
  ) throws(ZohoRequestError) -> Int {
    if request.parameters["auth_type"] == "apikey" {
      let key = Secret(request.parameters["zapikey"] ?? "")
      let organisation = centres[centre].organisations.firstIndex { organisation in
        organisation.connections.function(name).map { $0.isOpenToKey && $0.apiKey == key } ?? false
      }
      guard let organisation else { throw .authenticationFailure }
      return organisation
    }
    let session = try session(request, at: centre, now)
    guard session.environment == .production, let index = centres[centre].organisationIndex(of: session) else {
      throw .invalidToken
    }
    let organisation = centres[centre].organisations[index]
    guard let user = organisation.userIndex(zuid: session.zuid).flatMap(organisation.user), user.status == .active
    else {
      throw .invalidToken
    }
    guard organisation.profile(of: user)?.hasAPIAccess ?? false else { throw .noAPIAccess }
    let allows =
      settings.scopeEnforcement == .lenient
      || session.scopes.allow(.read, "ZohoCRM", "functions", "execute")
      || session.scopes.allow(.create, "ZohoCRM", "functions", "execute")
    guard allows else { throw .scopeMismatch }
    guard organisation.connections.function(name)?.isOpenToTokens ?? false else { throw .invalidURLPattern }
    return index
  }
}
