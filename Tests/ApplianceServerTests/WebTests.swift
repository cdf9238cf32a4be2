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
  private static let client = IPAddress(v4: 0x7F00_0001)

  init() throws {
    office = try ReplayedOffice("office-morning", patience: .seconds(60))
    let web = WebInterface(
      settings: WebSettings(
        password: try Self.hash("admin123"), portalPassword: try Self.hash("user123"),
        decoy: try Self.hash("nobody's")), key: [1])
    served = ServedAppliance(
      office.live, doors: ApplianceDoors(users: [], key: [2]), web: web, wall: { Instant(seconds: 1_000_000) })
  }

  private static func hash(_ password: String) throws -> PasswordHash {
    let cost = try #require(PasswordHash.Cost(rounds: 4))
    return try #require(PasswordHash(of: Secret(password), salt: Array(0..<16), cost: cost))
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, _ form: String = "", cookie: String? = nil
  ) async throws -> (HTTPResponse, [UInt8]) {
    try await Self.send(served, method, path, form, cookie: cookie)
  }

  private static func send(
    _ served: ServedAppliance, _ method: HTTPRequest.Method, _ path: String, _ form: String = "",
    cookie: String? = nil
  ) async throws -> (HTTPResponse, [UInt8]) {
    let answer = try await answer(served, method, path, form, cookie: cookie)
    guard var export = answer.export else { return (answer.response, answer.body) }
    var body: [UInt8] = []
    while let piece = try export.next() { body += piece }
    return (answer.response, body)
  }

  private static func answer(
    _ served: ServedAppliance, _ method: HTTPRequest.Method, _ path: String, _ form: String = "",
    cookie: String? = nil
  ) async throws -> PageAnswer {
    var request = HTTPRequest(method: method, scheme: "https", authority: "127.0.0.1:8089", path: path)
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    request.headerFields[.cookie] = cookie
    return try #require(await served.answer(request, body: Array(form.utf8), from: client))
  }

  private static func cookie(_ response: HTTPResponse, _ name: String) -> String {
    let fields = response.headerFields[values: .setCookie]
    return String((fields.first { $0.hasPrefix(name + "=") } ?? "").prefix { $0 != ";" })
  }

  private func signedIn(_ user: String, _ password: String) async throws -> String {
    Self.cookie(try await Self.signIn(at: served, user, password), "ucm_session")
  }

  private static func signIn(
    at served: ServedAppliance, _ user: String, _ password: String
  ) async throws -> HTTPResponse {
    let form = cookie(try await send(served, .get, "/signin").0, "ucm_form")
    let proof = form.drop { $0 != "=" }.dropFirst()
    return try await send(
      served, .post, "/signin", "user=\(user)&password=\(password)&csrf=\(proof)", cookie: form
    ).0
  }

  @Test func theExportHasTheBytesOfTheAPI() async throws {
    let cookie = try await signedIn("admin", "admin123")
    var request = CDRRequest()
    request.limit = 10_000
    request.callers = ["10xx"]
    let (response, body) = try await send(.get, "/cdr.csv?caller=10xx", cookie: cookie)
    #expect(response.status == .ok)
    let isEqual = try body == office.live.view.cdrDocument(request).bytes()
    #expect(isEqual)
    #expect(body.count > 1000)
  }

  @Test func theExportOfAllCallsIsThatOfTheAPIPieceByPiece() async throws {
    let cookie = try await signedIn("admin", "admin123")
    var request = CDRRequest()
    request.limit = 10_000
    for condition in ["", "status=ANSWERED&type=Inbound", "minDur=5&callerName=a", "callee=1006", "action=RINGGROUP"] {
      let answer = try await Self.answer(served, .get, "/cdr.csv?" + condition, cookie: cookie)
      #expect(answer.body.isEmpty)
      var export = try #require(answer.export)
      var pieces: [[UInt8]] = []
      while let piece = try export.next() { pieces.append(piece) }
      // The head comes at once, before any row is read.
      #expect(pieces.first?.starts(with: Array("AcctId,".utf8)) == true)
      if condition.isEmpty {
        let isEqual = try pieces.flatMap { $0 } == office.live.view.cdrDocument(request).bytes()
        #expect(isEqual)
      }
      #expect(pieces.joined().count(where: { $0 == 10 }) > 1, "\(condition)")
    }
  }

  @Test func aLadderThatHasToWaitKeepsNobodyElseWaiting() async throws {
    let cookie = try await signedIn("admin", "admin123")
    let list = String(decoding: try await send(.get, "/cdr", cookie: cookie).1, as: UTF8.self)
    let call = String(try #require(list.firstMatch(of: /href="(\/cdr\/\d+)"/)).1)
    // The replay takes a message in, which has no end as yet.
    #expect(office.live.mayProceed(to: office.live.view.now))
    let served = served
    let ladders = Task {
      try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<30 {
          group.addTask { String(decoding: try await Self.send(served, .get, call, cookie: cookie).1, as: UTF8.self) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    for path in ["/dashboard", "/cdr", "/cdr?caller=10xx", "/calls"] {
      for _ in 0..<3 { #expect(try await send(.get, path, cookie: cookie).0.status == .ok) }
    }
    // In the middle of it the CRM is waited for.
    office.live.willWait()
    let pages = try await ladders.value
    #expect(pages.count == 30 && pages.allSatisfy { $0.contains("id=\"ladder\"") })
    office.live.didWait()
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

  @Test func manyCanSignInAtOnce() async throws {
    let served = served
    let cookies = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<24 {
        group.addTask { Self.cookie(try await Self.signIn(at: served, "admin", "admin123"), "ucm_session") }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(cookies.count == 24 && cookies.allSatisfy { $0.hasPrefix("ucm_session=") })
  }

  @Test func beyondTheBoundTheyAreTurnedAway() async throws {
    let web = WebInterface(
      settings: WebSettings(password: try Self.hash("admin123"), portalPassword: nil, decoy: try Self.hash("x")),
      key: [1])
    let full = ServedAppliance(
      office.live, doors: ApplianceDoors(users: [], key: [2]), web: web, signInsWaitingMax: 0,
      wall: { Instant(seconds: 1_000_000) })
    let answer = try await Self.signIn(at: full, "admin", "admin123")
    #expect(answer.status == .serviceUnavailable)
    #expect(Self.cookie(answer, "ucm_session").isEmpty)
  }

  @Test func otherPathsAreLeftToTheDoors() async {
    let request = HTTPRequest(method: .get, scheme: "https", authority: "127.0.0.1:8089", path: "/nowhere")
    #expect(await served.answer(request, body: [], from: Self.client) == nil)
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
