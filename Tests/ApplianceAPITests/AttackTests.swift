import ApplianceAPI
import HTTPTypes
import JSON
import Primitives
import Testing

/// What nobody with good intentions sends: refused, or shown inert.
@Suite struct AttackTests {
  /// Texts that are code somewhere.
  static let hostile = [
    "' OR '1'='1", "1; DROP TABLE cdr; --", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "../../../../etc/passwd", "%2e%2e%2f", "${jndi:ldap://x}", "{{7*7}}", "`id`", "$(id)", "\u{0}",
    "a\r\nSet-Cookie: x=1",
    "\u{202E}gnp.exe", String(repeating: "A", count: 5000), "💥", "-1", "NaN", "1e400", "0x10", "\\", "\"",
  ]

  @Test(arguments: [
    "", " ", "{", "}", "[]", "null", "true", "1", "\"request\"", "{}", "{\"request\":{}}", "{\"request\":null}",
    "{\"request\":[]}", "{\"request\":\"login\"}", "{\"request\":{\"action\":null}}", "{\"request\":{\"action\":1}}",
    "{\"request\":{\"action\":[\"login\"]}}", "{\"request\":{\"action\":\"login\"}",
    "{\"request\":{\"action\":\"login\"}}x",
    "{\"Request\":{\"action\":\"challenge\"}}", "action=challenge&user=cdrapi", "<xml/>", "\u{FEFF}{}",
    "{\"request\":{\"action\":\"challenge\"}}", "{\"request\":{\"action\":\"challenge\",\"user\":1.5}}",
    "{\"request\":{\"action\":\"challenge\",\"user\":\"\"}}",
    "{\"request\":{\"action\":\"login\",\"user\":\"cdrapi\"}}",
    "{\"request\":{\"action\":\"login\",\"user\":{},\"token\":[]}}",
  ])
  func aBodyThatIsNoRequestIsInvalid(body: String) {
    var doors = DoorsUnderTest()
    let answer = doors.post(body)
    #expect(answer.response.status.code == 200)
    #expect(JSONValue(parsing: answer.body)?.status == -1)
  }

  @Test func bytesThatAreNoTextAreInvalid() {
    var doors = DoorsUnderTest()
    let request = HTTPRequest(method: .post, scheme: "https", authority: "h", path: "/api")
    for body in [[0xFF, 0xFE, 0x00], [0xC3, 0x28], Array(repeating: 0x00, count: 100)] as [[UInt8]] {
      let answer = doors.doors.respond(
        to: request, body: body, at: .httpsAPI, from: nil, now: doors.now, of: doors.state)
      #expect(JSONValue(parsing: answer.body)?.status == -1)
    }
  }

  @Test func nestingAndLengthAreBounded() {
    var doors = DoorsUnderTest()
    let deep = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
    #expect(JSONValue(parsing: doors.post("{\"request\":\(deep)}").body)?.status == -1)
    let long = String(repeating: " ", count: ApplianceDoors.bodyBytesMax) + "{}"
    #expect(doors.post(long).response.status.code == 413)
    let many = (0..<200).map { "\"p\($0)\":\"1\"" }.joined(separator: ",")
    #expect(JSONValue(parsing: doors.post("{\"request\":{\"action\":\"challenge\",\(many)}}").body)?.status == -1)
  }

  @Test(arguments: [
    "/", "/api/", "/API", "/api/../api", "//api", "/cgi", "/cdrapi", "/.env", "/api%00", "/index.html", "", "*",
  ])
  func otherPathsAreNotThere(path: String) {
    var doors = DoorsUnderTest()
    #expect(doors.post("{}", path: path).response.status.code == 404)
  }

  @Test(arguments: [HTTPRequest.Method.get, .put, .delete, .options, .trace, .connect, .head])
  func otherMethodsAreRefused(method: HTTPRequest.Method) {
    var doors = DoorsUnderTest()
    let request = HTTPRequest(method: method, scheme: "https", authority: "h", path: "/api")
    let answer = doors.doors.respond(to: request, body: [], at: .httpsAPI, from: nil, now: doors.now, of: doors.state)
    #expect(answer.response.status.code == 405)
    #expect(answer.response.headerFields[.allow] == "POST")
  }

  @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .options])
  func theOldAPISaysWhichMethodsItHas(method: HTTPRequest.Method) {
    var doors = DoorsUnderTest()
    let request = HTTPRequest(method: method, scheme: "https", authority: "h", path: "/cdrapi")
    let answer = doors.doors.respond(to: request, body: [], at: .cdrAPI, from: nil, now: doors.now, of: doors.state)
    #expect(answer.response.status.code == 405)
    #expect(answer.response.headerFields[.allow] == "GET, HEAD")
  }

  @Test(arguments: hostile)
  func hostileTextInAnyParameterIsRefusedOrInert(text: String) {
    let names = [
      "page", "item_num", "sidx", "sord", "options", "extension", "filename", "caller", "callee", "startTime", "queue",
      "crm_module", "crm_addr", "number_add", "first_search", "crm_username", "channel", "statisticsType",
    ]
    let actions: [APIAction] = [
      .listAccount, .getSIPAccount, .recapi, .cdrapi, .queueapi, .updateCRMSettings, .addCRMUserSettings, .hangUp,
      .getCRMUserSettings, .listQueue,
    ]
    for action in actions {
      for name in names {
        var doors = DoorsUnderTest()
        let body: JSONValue = [
          "request": .object([
            .init("action", .string(action.rawValue)), .init("cookie", doors.cookie()), .init(name, .string(text)),
          ])
        ]
        let answer = doors.post(String(decoding: body.bytes(), as: UTF8.self))
        #expect(answer.response.status.code == 200)
        // JSON or XML all the same, and never taken for a page by a browser.
        let type = answer.response.headerFields[.contentType]
        let isXML = action == .queueapi && type == "application/xml;charset=UTF-8"
        #expect(isXML || type == "application/json;charset=UTF-8")
        #expect(!isXML || !text.contains("<") || !String(decoding: answer.body, as: UTF8.self).contains(text))
      }
    }
  }

  @Test(arguments: hostile)
  func hostileNamesAndProofsLogNobodyIn(text: String) {
    var doors = DoorsUnderTest()
    #expect(doors.logIn(user: text).status != 0)
    var other = DoorsUnderTest()
    #expect(other.ask("login", [("user", "cdrapi"), ("token", .string(text))]).status != 0)
    #expect(other.ask("listAccount", [("cookie", .string(text))]).status == -6)
  }

  @Test(arguments: hostile)
  func hostileQueriesFindNothing(text: String) {
    var doors = DoorsUnderTest()
    for name in ["numRecords", "startTime", "minDur", "offset", "format"] {
      let answer = doors.getWithDigest("/cdrapi?\(name)=" + PercentEncoding.encode(text))
      #expect(answer.response.status.code == 200)
      #expect(!String(decoding: answer.body, as: UTF8.self).hasSuffix("rows"))
    }
  }

  @Test func hostileNamesFromTheWireStayText() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let accounts = doors.ask("listAccount", [("cookie", cookie)])["response"]?["account"]?.array
    #expect(accounts?[1]["fullname"] == "<b>Lab</b>")
    let channels = doors.ask("listBridgedChannels", [("cookie", cookie)])["response"]?["channel"]?.array
    #expect(channels?.first?["name2"] == "\"><script>")
  }

  @Test func theNoteForLogsHoldsNothingOfWhatWasSent() {
    var doors = DoorsUnderTest()
    let answer = doors.post("{\"request\":{\"action\":\"<script>\",\"user\":\"x\",\"token\":\"secret\"}}")
    #expect(answer.note.action == "unknown")
    #expect(answer.note.user == nil)
  }
}
