import CRMConnectors
import HTTPTypes
import Primitives

/// A connector with its clock, so that a test reads as a conversation.
struct Dialogue {
  static let clientSecret = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567ab"
  static let refreshToken = "1000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  static let credentials = ZohoV2Credentials(
    clientID: "1000.EXAMPLEEXAMPLEEXAMPLEEXAMPLE0", clientSecret: Secret(clientSecret),
    refreshToken: Secret(refreshToken))

  var connector: ZohoV2Connector
  var now = Instant(seconds: 1_800_000_000)
  private var lastQuestion = 0

  init(
    _ settings: ConnectorSettings = ConnectorSettings(), server: String = "https://www.zohoapis.com",
    credentials: ZohoV2Credentials = Dialogue.credentials, isEnabled: Bool = true
  ) throws {
    connector = try ZohoV2Connector(
      serverAddress: server, credentials: credentials, isEnabled: isEnabled, settings: settings)
  }

  /// A connector that holds the token `token`.
  static func loggedIn(
    _ settings: ConnectorSettings = ConnectorSettings(), token: String = "1000.first.token",
    server: String = "https://www.zohoapis.com"
  ) throws -> Dialogue {
    var dialogue = try Dialogue(settings, server: server)
    let sent = dialogue.connector.logIn(at: dialogue.now).requests
    if let request = sent.first { _ = dialogue.answer(request, .token(token)) }
    return dialogue
  }

  mutating func wait(seconds: Int64) { now = now + .seconds(seconds) }

  mutating func ask(
    _ number: String, in tables: [CRMTable] = [.contacts], addingTo table: CRMTable? = nil
  ) -> [ConnectorOutput] {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    return connector.lookUp(question, at: now)
  }

  mutating func log(_ call: CallLogEntry) -> [ConnectorOutput] { connector.log(call, at: now) }

  mutating func answer(_ request: CRMRequest, _ answer: CRMAnswer) -> [ConnectorOutput] {
    connector.receive(answer, for: request.id, at: now)
  }

  /// Answers the only request of `outputs`.
  mutating func answer(_ outputs: [ConnectorOutput], _ answer: CRMAnswer) -> [ConnectorOutput] {
    guard let request = outputs.requests.first, outputs.requests.count == 1 else { return [] }
    return self.answer(request, answer)
  }
}

extension [ConnectorOutput] {
  var requests: [CRMRequest] {
    compactMap { output in
      switch output {
      case .send(let request): request
      case .lookedUp, .logged, .loginStatus: nil
      }
    }
  }

  /// `GET https://www.zohoapis.com/crm/v2/…`, one line per request.
  var lines: [String] {
    requests.map {
      "\($0.request.method.rawValue) \($0.request.scheme ?? "")://\($0.request.authority ?? "")\($0.request.path ?? "")"
    }
  }

  var bodies: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }

  var authorizations: [String?] { requests.map { $0.request.headerFields[.authorization] } }

  var outcomes: [LookupOutcome] {
    compactMap { output in
      switch output {
      case .lookedUp(_, let outcome): outcome
      case .send, .logged, .loginStatus: nil
      }
    }
  }
}

extension CRMAnswer {
  static func json(_ status: Int, _ text: String) -> CRMAnswer {
    .response(HTTPResponse(status: .init(code: status)), body: Array(text.utf8))
  }

  static let miss = CRMAnswer.json(204, "")

  static func token(_ token: String = "1000.first.token", rest: String = #","expires_in":3600"#) -> CRMAnswer {
    .json(200, #"{"access_token":"\#(token)","api_domain":"https://www.zohoapis.com","token_type":"Bearer"\#(rest)}"#)
  }

  static func found(_ id: String, _ fields: String, phone: String = "+1 555-0100") -> CRMAnswer {
    .json(200, #"{"data":[{"id":"\#(id)",\#(fields),"Phone":"\#(phone)"}],"info":{"count":1,"more_records":false}}"#)
  }

  static func added(_ id: String) -> CRMAnswer {
    .json(201, #"{"data":[{"code":"SUCCESS","details":{"id":"\#(id)"},"message":"record added","status":"success"}]}"#)
  }

  static func refused(_ status: Int, _ code: String) -> CRMAnswer {
    .json(status, #"{"code":"\#(code)","details":{},"message":"no","status":"error"}"#)
  }
}

extension LookupOutcome {
  static func failed(_ status: Int?, _ code: String) -> LookupOutcome {
    .failed(CRMFailure(status: status, code: code))
  }
}

func reference(_ table: CRMTable, _ id: String, _ name: String) -> CRMRecordReference {
  CRMRecordReference(table: table, id: id, name: name)
}
