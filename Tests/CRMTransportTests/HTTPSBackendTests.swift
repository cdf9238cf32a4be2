import CRMConnectors
import CRMTransport
import HTTPTypes
import Primitives
import SimulationRuntime
import TestSupport
import Testing

@Suite(.serialized) struct HTTPSBackendTests {
  private static let secret = "1000.secret-token"

  private static func options(_ server: BadServer, milliseconds: Int = 5000) throws -> HTTPSOptions {
    var options = HTTPSOptions()
    options.detour = try HTTPSOptions.Detour(url: "https://127.0.0.1:\(server.port)")
    options.trustedCertificates = server.authorityFile
    options.answerTimeMilliseconds = milliseconds
    return options
  }

  private static func request(_ path: String = "/crm/v2/Contacts/search?phone=1", number: Int = 1) -> CRMRequest {
    var head = HTTPRequest(method: .get, scheme: "https", authority: "www.zohoapis.com", path: path)
    head.headerFields[.authorization] = "Zoho-oauthtoken \(secret)"
    return CRMRequest(id: CRMRequest.ID(rawValue: number), purpose: .search, request: head)
  }

  /// The answer, and what the run is told.
  private static func ask(
    _ server: BadServer, milliseconds: Int = 5000, _ change: (inout HTTPSOptions) -> Void = { _ in }
  ) async throws -> (answer: CRMAnswer, notices: [String]) {
    var options = try options(server, milliseconds: milliseconds)
    change(&options)
    return try await ask(options)
  }

  private static func ask(_ options: HTTPSOptions) async throws -> (answer: CRMAnswer, notices: [String]) {
    try await waiting {
      let backend = try HTTPSBackend(options)
      let answer = backend.begin(request(), at: .epoch).answer()
      return (answer, backend.finish().notices)
    }
  }

  @Test func anAnswerComesAsItWasSent() async throws {
    let server = try await BadServer(
      .bytes("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"))
    let (answer, notices) = try await Self.ask(server)
    guard case .response(let response, let body) = answer else {
      Issue.record("\(answer) \(notices)")
      return
    }
    #expect(response.status.code == 202 && response.headerFields[.contentType] == "application/json")
    #expect(body == Array("{}".utf8) && notices.isEmpty)
  }

  /// A request to the server itself, without a detour.
  private static func ask(_ server: BadServer, scheme: String, host: String = "127.0.0.1") async throws -> CRMAnswer {
    let head = HTTPRequest(
      method: .get, scheme: scheme, authority: "\(host):\(server.port)", path: "/vtigercrm/webservice.php?operation=x")
    return try await waiting {
      let backend = try HTTPSBackend(HTTPSOptions())
      defer { _ = backend.finish() }
      return backend.begin(CRMRequest(id: .init(rawValue: 1), purpose: .search, request: head), at: .epoch).answer()
    }
  }

  @Test func aSitesOwnServerIsAskedOverPlainHTTPWhereItsAddressSaysSo() async throws {
    let server = try await BadServer(.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), isSecure: false)
    guard case .response(let response, let body) = try await Self.ask(server, scheme: "http") else {
      Issue.record("no answer")
      return
    }
    #expect(response.status.code == 200 && body == Array("{}".utf8))
  }

  @Test func whatIsForHTTPSNeverGoesOverPlainHTTP() async throws {
    let server = try await BadServer(.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), isSecure: false)
    guard case .unreachable = try await Self.ask(server, scheme: "https") else {
      Issue.record("an answer came over plain HTTP")
      return
    }
  }

  @Test func aDetourIsHTTPSWhateverTheRequestsScheme() async throws {
    let server = try await BadServer(
      .bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), names: ["crm.example.com"])
    let options = try Self.options(server)
    let head = HTTPRequest(method: .get, scheme: "http", authority: "crm.example.com:8080", path: "/")
    let answer = try await waiting {
      let backend = try HTTPSBackend(options)
      defer { _ = backend.finish() }
      return backend.begin(CRMRequest(id: .init(rawValue: 1), purpose: .search, request: head), at: .epoch).answer()
    }
    guard case .response = answer else {
      Issue.record("\(answer)")
      return
    }
  }

  @Test func aCertificateForAnotherNameIsNotTaken() async throws {
    let (answer, notices) = try await Self.ask(
      try await BadServer(.silence, names: ["elsewhere.example"]))
    #expect(answer == .unreachable(.tlsFailed))
    #expect(notices.first?.contains("no trusted TLS connection") == true, "\(notices)")
  }

  @Test func anExpiredCertificateIsNotTaken() async throws {
    let (answer, _) = try await Self.ask(try await BadServer(.silence, life: .seconds(-600)))
    #expect(answer == .unreachable(.tlsFailed))
  }

  @Test func aCertificateOfAnUnknownAuthorityIsNotTaken() async throws {
    let (server, other) = (try await BadServer(.silence), try await BadServer(.silence))
    for trusted in [other.authorityFile, nil] {
      let (answer, _) = try await Self.ask(server) { $0.trustedCertificates = trusted }
      #expect(answer == .unreachable(.tlsFailed))
    }
  }

  @Test func aLargeAnswerIsCutOff() async throws {
    let (answer, _) = try await Self.ask(try await BadServer(.large(30 << 20))) { $0.bodyBytesMax = 1 << 20 }
    guard case .response(_, let body) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(body.count == 1 << 20 + 1)
  }

  @Test(arguments: [BadServer.Conduct.silence, .endless])
  func anAnswerThatDoesNotEndIsGivenUp(conduct: BadServer.Conduct) async throws {
    let (answer, notices) = try await Self.ask(try await BadServer(conduct), milliseconds: 300)
    #expect(answer == .unreachable(.timedOut))
    #expect(notices.first?.contains("no whole answer in time") == true, "\(notices)")
  }

  @Test func aRedirectIsAnAnswerAndIsNotFollowed() async throws {
    let server = try await BadServer(
      .bytes("HTTP/1.1 302 Found\r\nLocation: https://www.zohoapis.com/elsewhere\r\nContent-Length: 0\r\n\r\n"))
    guard case .response(let response, _) = try await Self.ask(server).answer else {
      Issue.record("no response")
      return
    }
    #expect(response.status.code == 302)
  }

  @Test(arguments: [
    "this is not HTTP\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive!", "HTTP/1.1 200 OK\r\nContent-Len",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "",
  ])
  func whatIsNoWholeAnswerIsNone(bytes: String) async throws {
    let (answer, _) = try await Self.ask(try await BadServer(.bytesThenClose(bytes)))
    #expect(answer == .unreachable(.brokenOff))
  }

  @Test func nothingListensThere() async throws {
    var options = HTTPSOptions()
    options.detour = try HTTPSOptions.Detour(url: "https://127.0.0.1:1")
    let (answer, notices) = try await Self.ask(options)
    #expect(answer == .unreachable(.connectionRefused))
    #expect(notices.first?.contains("nothing listens there") == true)
  }

  @Test func noNoticeHoldsASecret() async throws {
    for conduct in [BadServer.Conduct.silence, .bytesThenClose("nonsense \(Self.secret)\r\n\r\n")] {
      let notices = try await Self.ask(try await BadServer(conduct), milliseconds: 200).notices
      #expect(!notices.isEmpty && !notices.contains { $0.contains("secret") }, "\(notices)")
    }
  }

  @Test(arguments: [1, 4])
  func answersMayBeTakenInAnyOrder(inFlight: Int) async throws {
    let server = try await BadServer(.bytes("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))
    var options = try Self.options(server)
    options.inFlight = inFlight
    let told = options
    let answers = try await waiting {
      let backend = try HTTPSBackend(told)
      defer { _ = backend.finish() }
      let pending = (1...10).map { backend.begin(Self.request(number: $0), at: .epoch) }
      return pending.reversed().map { $0.answer() }
    }
    #expect(
      answers.allSatisfy {
        $0 == .response(HTTPResponse(status: .noContent, headerFields: [.connection: "close"]), body: [])
      })
  }

  @Test(arguments: [
    "http://127.0.0.1:8443", "127.0.0.1:8443", "https://", "https://:1", "https://a:0", "https://a:65536",
    "https://a:b",
    "https://a/path", "https://user@a", "https://[::1", "https://a b",
  ])
  func whatIsNoAddressIsRefused(url: String) {
    #expect(throws: HTTPSOptionsError.self) { try HTTPSOptions.Detour(url: url) }
  }

  @Test(arguments: [
    ("https://127.0.0.1:8443", "127.0.0.1", 8443), ("HTTPS://crm.example/", "crm.example", 443),
    ("https://[::1]:9", "::1", 9),
  ])
  func anAddressIsRead(url: String, host: String, port: Int) async throws {
    let detour = try HTTPSOptions.Detour(url: url)
    #expect(detour.host == host && detour.port == port)
  }

  @Test func aFileWithoutCertificatesIsRefused() async throws {
    let server = try await BadServer(.silence)
    try server.folder.write(Array("no certificate".utf8), to: "no.pem")
    for file in [server.folder.path("no.pem"), "/nowhere.pem"] {
      var options = try Self.options(server)
      options.trustedCertificates = file
      #expect(throws: HTTPSOptionsError.certificates(path: file)) { try HTTPSBackend(options) }
    }
  }
}
