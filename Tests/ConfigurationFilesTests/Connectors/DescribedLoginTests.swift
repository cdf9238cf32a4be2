import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Testing

@Suite("A described connector that logs in")
struct DescribedLoginTests {
  private static let text = """
    name: Token CRM
    parameters:
      user: {type: text}
      password: {type: secret}
    server: https://crm.example.com/api
    authentication:
      kind: login
      request: {method: POST, path: /login, json: {user: "{{user}}", password: "{{password}}"}}
      token: session.token
      expiresIn: session.seconds
      user: session.user
      send: {form: {token: "{{Token}}"}}
    errorCode: error
    outcomes:
      - {code: EXPIRED, is: sessionRefused}
    lookup:
      contacts:
        request: {method: POST, path: "/find/{{User}}", form: {"filter[phone]": "{{Number}}"}}
        found: $
        record: {id: id, name: "{{name}}", numbers: "phone"}
    reportCall:
      request:
        method: POST
        path: /call
        form:
          text: "{{Description}}"
          contact: {$case: EntityType, contacts: "{{EntityId}}", leads: , accounts: , none: }
      id: id
    findCall:
      request: {method: POST, path: /calls, form: {text: "{{Mark}}"}}
      found: calls
      call: {id: id, texts: text}
    link:
      request: {method: PUT, path: "/call/{{CallId}}/contact/{{EntityId}}"}
    examples:
      parameters: {user: ann, password: secret-1}
      exchanges:
        - name: let in
          operation: login
          request: {method: POST, target: /api/login, json: {user: ann, password: secret-1}}
          answer: {status: 200, json: {session: {token: t-1, seconds: 600, user: 7}}}
          outcome: loggedIn
        - name: the token has run out
          operation: lookup
          table: contacts
          answer: {status: 200, json: {error: EXPIRED}}
          outcome: sessionRefused
        - name: found
          operation: lookup
          table: contacts
          given: {Number: "0301234567", User: "7"}
          request: {target: /api/find/7, form: "filter%5Bphone%5D=0301234567&token=example-token"}
          answer: {status: 200, json: [{id: 11, name: Bob, phone: 030 1234567}]}
          outcome: {found: [11]}
        - name: recorded
          operation: reportCall
          answer: {status: 200, json: {id: 900}}
          outcome: {made: 900}

    """

  private func talk(_ password: String = "secret-1") throws -> DescribedConversation {
    let file = try ConnectorFile.read(text: Self.text, path: "token.yaml")
    return try DescribedConversation(
      file, credentials: DescribedCredentials(parameters: ["user": Secret("ann"), "password": Secret(password)]))
  }

  private static let bob = CRMRecordReference(table: .contacts, id: "11", name: "Bob")

  @Test("One login serves until its token runs out")
  func expiry() throws {
    var talk = try talk()
    #expect(talk.ask("030 1234567") == .found(Self.bob))
    #expect(talk.ask("030 1234567") == .found(Self.bob))
    #expect(talk.sent.map { String($0.prefix(14)) } == ["POST /api/logi", "POST /api/find", "POST /api/find"])
    talk.now = talk.now + .seconds(601)
    #expect(talk.ask("030 1234567") == .found(Self.bob))
    #expect(talk.sent.count == 5)
  }

  @Test("A session that the server ended is replaced once, and its request repeated once")
  func endedSession() throws {
    var talk = try talk()
    _ = talk.logIn()
    _ = talk.cloud.carryOut(.endSessions, at: talk.now)
    #expect(talk.ask("030 1234567") == .found(Self.bob))
    #expect(
      talk.sent == ["POST /api/login", "POST /api/find/7", "POST /api/login", "POST /api/find/7"])
  }

  @Test("A session that is refused again is not asked for a third time")
  func refusedTwice() throws {
    var talk = try talk()
    talk.interventions = [2: .json(200, #"{"error":"EXPIRED"}"#), 4: .json(200, #"{"error":"EXPIRED"}"#)]
    #expect(talk.ask("030 1234567") == .failed(CRMFailure(status: 200, code: "EXPIRED")))
    #expect(talk.sent.count == 4)
  }

  @Test("A wrong password is no reason to try again")
  func wrongPassword() throws {
    var talk = try talk("secret-2")
    #expect(talk.ask("030 1234567") == .failed(CRMFailure(status: 200, code: "EXPIRED")))
    #expect(talk.ask("030 1234567") == .failed(CRMFailure(status: 200, code: "EXPIRED")))
    #expect(talk.sent == ["POST /api/login"])
  }

  @Test("A call is recorded and tied to its caller; one of nobody's is recorded alone")
  func link() throws {
    var talk = try talk()
    #expect(talk.log(.sample(record: Self.bob)) == .logged(id: "10001"))
    #expect(talk.sent.last == "PUT /api/call/10001/contact/11")
    #expect(talk.bodies[1].contains("contact=11"))
    #expect(talk.log(.sample(mark: "1800000000.18")) == .logged(id: "10002"))
    #expect(talk.sent.last == "POST /api/call")
    #expect(talk.bodies.last?.contains("contact=") == false)
  }

  @Test(
    "An answer without a token lets nobody in",
    arguments: ["{}", #"{"session":{"token":""}}"#, #"{"session":{"token":"a b"}}"#, "<html>", ""])
  func noToken(_ body: String) throws {
    var talk = try talk()
    talk.interventions[1] = .some(.json(200, body))
    guard case .failed? = talk.ask("030 1234567") else {
      Issue.record("was let in")
      return
    }
    #expect(talk.sent.count == 1)
  }

  @Test("Values are escaped for where they stand")
  func escaping() throws {
    let odd = CRMRecordReference(table: .contacts, id: "1/2?x=&#é", name: "A&B=\"\\")
    var talk = try talk()
    _ = talk.log(.sample(record: odd))
    #expect(talk.bodies[1].contains("contact=1%2F2%3Fx%3D%26%23%C3%A9&"))
    #expect(talk.sent.last == "PUT /api/call/10001/contact/1%2F2%3Fx%3D%26%23%C3%A9")
  }

  @Test("A description without a record of calls fails them with its own code")
  func notDescribed() throws {
    var file = try ConnectorFile.read(text: Self.text, path: "token.yaml")
    file.description.reportCall = nil
    var talk = try DescribedConversation(file)
    #expect(talk.log(.sample()) == .failed(CRMFailure(status: nil, code: "notDescribed")))
    #expect(talk.ask("030 1234567", in: [.leads]) == .missed)
    #expect(talk.sent.isEmpty)
  }
}
