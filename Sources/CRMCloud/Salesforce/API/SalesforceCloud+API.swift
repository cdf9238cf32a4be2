import HTTPTypes
import JSON
import Primitives

/// One call of the REST API by a user who is logged in.
struct SalesforceAPICall {
  let request: CloudRequest
  let version: SalesforceVersion
  /// Behind the version.
  let way: [String]
  let userIndex: Int
  let instant: Instant
}

extension SalesforceCloud {
  private static let day = Instant.Span.seconds(86_400)

  /// `/services/data/…`: who asks is known by the session's token, but for the list of versions (documented).
  mutating func respondAsAPI(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    guard let named = request.parts.dropFirst(2).first else { return .json(200, versions) }
    let outcome: Result<CloudResponse, SalesforceAPIError>
    do throws(SalesforceAPIError) {
      guard named.first == "v", let version = SalesforceVersion(named.dropFirst()),
        (settings.oldestVersion...settings.newestVersion).contains(version.major)
      else { throw .notFound }
      let user = try user(of: request, now)
      let call = SalesforceAPICall(
        request: request, version: version, way: Array(request.parts.dropFirst(3)), userIndex: user, instant: now)
      outcome = .success(try carryOut(call))
    } catch { outcome = .failure(error) }
    return answer(outcome, now)
  }

  /// With the day's usage, as every answer has it (reported by several).
  private mutating func answer(_ outcome: Result<CloudResponse, SalesforceAPIError>, _ now: Instant) -> CloudResponse {
    var answer: CloudResponse
    switch outcome {
    case .success(let given): answer = given
    case .failure(let error): answer = .json(error.status, error.json)
    }
    if let name = HTTPField.Name("Sforce-Limit-Info") {
      answer.response.headerFields[name] = "api-usage=\(usage.used(at: now))/\(settings.dailyRequests)"
    }
    return answer
  }

  private mutating func user(of request: CloudRequest, _ now: Instant) throws(SalesforceAPIError) -> Int {
    guard let field = request.headerFields[.authorization] else { throw .sessionInvalid }
    let words = field.split(separator: " ", maxSplits: 1)
    // Both words are taken (documented).
    guard words.count == 2, ["bearer", "oauth"].contains(words[0].lowercased()) else { throw .authHeaderInvalid }
    guard let user = sessions.use(String(words[1]), life: settings.sessionLife, at: now), users[user].isActive else {
      throw .sessionInvalid
    }
    guard users[user].hasAPI else { throw .apiDisabled }
    return user
  }

  /// Counts the call, and serves it.
  mutating func carryOut(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    // Refused requests do not count (assumed).
    guard !usage.isExhausted, usage.used(at: call.instant) < settings.dailyRequests else { throw .limitExceeded }
    usage.charge(1, at: call.instant)
    switch call.way.first {
    case nil: return .json(200, resources(call.version))
    case "limits": return .json(200, limits(call.instant))
    case "sobjects": return try respondToSObjects(call)
    case "query", "queryAll": return try respondToQuery(call)
    case "search": return try respondToSearch(call)
    case "parameterizedSearch": return try respondToParameterizedSearch(call)
    case "composite" where call.way.dropFirst().elementsEqual(["batch"]): return try respondToBatch(call)
    case _: throw .notFound
    }
  }

  private var versions: JSONValue {
    .array(
      (settings.oldestVersion...max(settings.oldestVersion, settings.newestVersion)).map { major in
        let version = SalesforceVersion(major: major)
        return [
          "label": .string(version.label), "url": .string("/services/data/v\(version)"),
          "version": .string(version.description),
        ]
      })
  }

  private func resources(_ version: SalesforceVersion) -> JSONValue {
    .object(
      ["composite", "limits", "parameterizedSearch", "query", "queryAll", "search", "sobjects"].map {
        .init($0, .string("/services/data/v\(version)/\($0)"))
      })
  }

  private mutating func limits(_ now: Instant) -> JSONValue {
    let left = usage.isExhausted ? 0 : max(0, settings.dailyRequests - usage.used(at: now))
    return ["DailyApiRequests": ["Max": .integer(Int64(settings.dailyRequests)), "Remaining": .integer(Int64(left))]]
  }

  /// Several calls in one, each of which counts (documented). A call that fails does not keep the others.
  private mutating func respondToBatch(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    guard call.request.method == .post else { throw .wrongMethod }
    guard let requests = JSONValue(parsing: call.request.body)?["batchRequests"]?.array, !requests.isEmpty else {
      throw .unreadableJSON
    }
    // Documented.
    guard requests.count <= 25 else {
      throw SalesforceAPIError(400, "LIMIT_EXCEEDED", "A batch has up to 25 requests")
    }
    var results: [JSONValue] = []
    var hasErrors = false
    for request in requests {
      let (status, result) = respond(toPart: request, of: call)
      hasErrors = hasErrors || status >= 400
      results.append(["statusCode": .integer(Int64(status)), "result": result])
    }
    return .json(200, ["hasErrors": .bool(hasErrors), "results": .array(results)])
  }

  private mutating func respond(toPart part: JSONValue, of call: SalesforceAPICall) -> (status: Int, result: JSONValue)
  {
    do throws(SalesforceAPIError) {
      guard let method = part["method"]?.string.flatMap({ HTTPRequest.Method($0) }), let url = part["url"]?.string
      else { throw .unreadableJSON }
      var inner = HTTPRequest(method: method, scheme: "https", authority: host, path: "/services/data/" + url)
      inner.headerFields = call.request.headerFields
      let request = CloudRequest(inner, body: part["richInput"]?.bytes() ?? [])
      guard let version = request.parts.dropFirst(2).first.flatMap({ SalesforceVersion($0.dropFirst()) }),
        version.major <= call.version.major, version.major >= settings.oldestVersion
      else { throw .notFound }
      let way = Array(request.parts.dropFirst(3))
      guard way.first != "composite" else { throw .notFound }
      let answer = try carryOut(
        SalesforceAPICall(
          request: request, version: version, way: way, userIndex: call.userIndex, instant: call.instant))
      return (answer.response.status.code, JSONValue(parsing: answer.body) ?? .null)
    } catch {
      return (error.status, error.json)
    }
  }
}
