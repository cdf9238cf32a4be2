import ApplianceAPI
import ApplianceServer
import ApplianceWeb
import HTTPTypes
import Primitives
import Testing

/// The web interface of an appliance that was replayed.
@Suite struct WebTests {
  private let office: ReplayedOffice
  private let served: ServedAppliance
  private let client = IPAddress(v4: 0x7F00_0001)

  init() throws {
    office = try ReplayedOffice("office-morning")
    let web = WebInterface(
      settings: WebSettings(password: Secret("admin123"), portalPassword: Secret("user123")), key: [1])
    served = ServedAppliance(
      office.live, doors: ApplianceDoors(users: [], key: [2]), web: web, wall: { Instant(seconds: 1_000_000) })
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, _ form: String = "", cookie: String? = nil
  ) async throws -> (HTTPResponse, [UInt8]) {
    let answer = try await answer(method, path, form, cookie: cookie)
    guard var export = answer.export else { return (answer.response, answer.body) }
    var body: [UInt8] = []
    while let piece = try export.next() { body += piece }
    return (answer.response, body)
  }

  private func answer(
    _ method: HTTPRequest.Method, _ path: String, _ form: String = "", cookie: String? = nil
  ) async throws -> PageAnswer {
    var request = HTTPRequest(method: method, scheme: "https", authority: "127.0.0.1:8089", path: path)
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    request.headerFields[.cookie] = cookie
    return try #require(await served.answer(request, body: Array(form.utf8), from: client))
  }

  private func cookie(_ response: HTTPResponse, _ name: String) -> String {
    let fields = response.headerFields[values: .setCookie]
    return String((fields.first { $0.hasPrefix(name + "=") } ?? "").prefix { $0 != ";" })
  }

  private func signedIn(_ user: String, _ password: String) async throws -> String {
    let form = cookie(try await send(.get, "/signin").0, "ucm_form")
    let proof = form.drop { $0 != "=" }.dropFirst()
    let answer = try await send(
      .post, "/signin", "user=\(user)&password=\(password)&csrf=\(proof)", cookie: form)
    return cookie(answer.0, "ucm_session")
  }

  @Test func theExportHasTheBytesOfTheAPI() async throws {
    let cookie = try await signedIn("admin", "admin123")
    var request = CDRRequest()
    request.limit = 10_000
    request.callers = ["10xx"]
    let (response, body) = try await send(.get, "/cdr.csv?caller=10xx", cookie: cookie)
    #expect(response.status == .ok)
    let isEqual = try body == office.live.view.cdrDocument(request)
    #expect(isEqual)
    #expect(body.count > 1000)
  }

  @Test func theExportOfAllCallsIsThatOfTheAPIPieceByPiece() async throws {
    let cookie = try await signedIn("admin", "admin123")
    var request = CDRRequest()
    request.limit = 10_000
    for condition in ["", "status=ANSWERED&type=Inbound", "minDur=5&callerName=a", "callee=1006", "action=RINGGROUP"] {
      let answer = try await answer(.get, "/cdr.csv?" + condition, cookie: cookie)
      #expect(answer.body.isEmpty)
      var export = try #require(answer.export)
      var pieces: [[UInt8]] = []
      while let piece = try export.next() { pieces.append(piece) }
      // The head comes at once, before any row is read.
      #expect(pieces.first?.starts(with: Array("AcctId,".utf8)) == true)
      if condition.isEmpty {
        let isEqual = try pieces.flatMap { $0 } == office.live.view.cdrDocument(request)
        #expect(isEqual)
      }
      #expect(pieces.joined().count(where: { $0 == 10 }) > 1, "\(condition)")
    }
  }

  @Test func everyPageOfARealRunIsShown() async throws {
    let cookie = try await signedIn("admin", "admin123")
    for path in ["/dashboard", "/extensions", "/calls", "/cdr", "/events", "/crm", "/requests"] {
      let (response, body) = try await send(.get, path, cookie: cookie)
      #expect(response.status == .ok, "\(path)")
      #expect(body.count > 1000, "\(path)")
      #expect(try await send(.head, path, cookie: cookie).1.isEmpty, "\(path)")
    }
    let page = String(decoding: try await send(.get, "/cdr", cookie: cookie).1, as: UTF8.self)
    #expect(page.contains("&quot;Anna Ahrens&quot; 1001"))
    let user = try await signedIn("1001", "user123")
    #expect(String(decoding: try await send(.get, "/portal", cookie: user).1, as: UTF8.self).contains("Anna Ahrens"))
  }

  @Test func otherPathsAreLeftToTheDoors() async {
    let request = HTTPRequest(method: .get, scheme: "https", authority: "127.0.0.1:8089", path: "/nowhere")
    #expect(await served.answer(request, body: [], from: client) == nil)
  }

  @Test func aPausedReplayGoesOnByStepsAndToTheNextEvent() throws {
    let live = office.live
    let pace = live.pace
    pace.carryOut(.pause)
    #expect(live.view.clock.isPaused)
    pace.carryOut(.step)
    pace.carryOut(.step)
    #expect(live.mayProceed(to: Instant(seconds: 10)))
    #expect(live.mayProceed(to: Instant(seconds: 20)))
    pace.carryOut(.nextEvent)
    for second in 30..<40 { #expect(live.mayProceed(to: Instant(seconds: Int64(second)))) }
    pace.carryOut(.resume)
    pace.carryOut(.speed(nil))
    #expect(live.mayProceed(to: .distantFuture))
    pace.carryOut(.pause)
    pace.stop()
    #expect(!live.mayProceed(to: .distantFuture))
  }

  @Test func theSpeedIsWhatItWasSetTo() {
    let pace = office.live.pace
    #expect(pace.speed == nil)
    pace.carryOut(.speed(60))
    #expect(pace.speed == 60)
    // A clock that has not begun shows what is next at once.
    #expect(office.live.mayProceed(to: Instant(seconds: 10)))
    pace.carryOut(.speed(-1))
    #expect((pace.speed ?? 0) > 0)
    pace.carryOut(.speed(nil))
    #expect(office.live.view.clock == ReplayClock(speed: nil, isPaused: false, isFinished: true))
  }
}
