import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `/crm/private/{xml|json}/{Module}/{method}`, GET or POST; the status is 200 whatever the answer (documented).
  ///
  /// Checks in the order era, token, organisation, user, limits, then what the method checks (assumed).
  mutating func respondAsV1(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard request.parts.count == 5, ["xml", "json"].contains(request.parts[2]) else { return .empty(404) }
    let isJSON = request.parts[2] == "json"
    let node: ZohoV1Node
    do throws(ZohoV1Error) {
      guard settings.era.servesV1(at: now) else {
        if let status = settings.retiredV1Status { return .empty(status) }
        throw .invalidTicket
      }
      node = try respondToV1(request, at: centre, now)
    } catch {
      node = error.node
    }
    // Users stand outermost, all else in an element that names the request's address (documented in samples).
    let answer = node.name == "users" ? node : ZohoV1Node("response", [("uri", request.path)], [node])
    return isJSON
      ? .json(200, bytes: answer.json)
      : .xml(200, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n" + answer.xml)
  }

  private mutating func respondToV1(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) throws(ZohoV1Error) -> ZohoV1Node {
    let parameters = request.parameters
    guard parameters["ticket"] == nil, parameters["apikey"] == nil else { throw .useAuthToken }
    guard let person = centres[centre].accounts.holder(ofAuthToken: token(of: request, parameters)) else {
      throw .invalidTicket
    }
    guard parameters["scope"] == "crmapi" else { throw .parameterMissing }
    let index = centres[centre].organisations.indices.first {
      centres[centre].organisations[$0].userIndex(zuid: person.zuid) != nil
    }
    guard let index, let user = centres[centre].organisations[index].userIndex(zuid: person.zuid) else {
      throw .noCRMAccount
    }
    let call = ZohoV1Call(
      module: request.parts[3], method: request.parts[4], parameters: parameters, userIndex: user, instant: now)
    return try centres[centre].organisations[index].respondToV1(call)
  }

  /// In a parameter, or in the header as the vertical solutions take it (documented).
  private func token(of request: CloudRequest, _ parameters: FormParameters) -> String {
    if let token = parameters["authtoken"] { return token }
    let words = (request.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
    return words.count == 2 && words[0].lowercased() == "zoho-authtoken" ? String(words[1]) : ""
  }
}
