import CRMConnectors
import HTTPTypes
import Primitives

/// A vTiger connector with its clock, so that a test reads as a conversation.
struct VtigerDialogue {
  static let key = "Wq3vT8sLk2Zp9XcR"
  static let address = "https://crm.example.com/vtigercrm"
  static let calendar = #"{"success":true,"result":{"types":["Contacts","Events","Leads"],"information":{}}}"#

  var connector: any CRMConnector
  var now = Instant(seconds: 1_800_000_000)
  private var lastQuestion = 0

  init(
    _ settings: ConnectorSettings = ConnectorSettings(), address: String = VtigerDialogue.address,
    numbers: NumberPlan = NumberPlan()
  ) throws {
    var page = CRMSettings(
      system: .vtiger, serverAddress: address, addUnknownNumber: nil, contactLookups: [.contacts])
    page.numbers = numbers
    let credentials = PasswordCredentials(userName: "admin", password: Secret(Self.key))
    connector = try page.connector(
      for: CRMUserSettings(isEnabled: true, credentials: .vtiger(credentials)), settings: settings)
  }

  /// A connector whose session is open.
  static func loggedIn(
    _ settings: ConnectorSettings = ConnectorSettings(), types: String = VtigerDialogue.calendar,
    numbers: NumberPlan = NumberPlan()
  ) throws -> VtigerDialogue {
    var dialogue = try VtigerDialogue(settings, numbers: numbers)
    var outputs = dialogue.connector.logIn(at: dialogue.now)
    for answer in [CRMAnswer.challenge, .session, .json(200, types)] where !outputs.requests.isEmpty {
      outputs = dialogue.answer(outputs, answer)
    }
    return dialogue
  }

  mutating func ask(
    _ number: String, in tables: [CRMTable] = [.contacts], addingTo table: CRMTable? = nil
  ) -> [ConnectorOutput] {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    return connector.lookUp(question, at: now)
  }

  mutating func log(_ call: CallLogEntry) -> [ConnectorOutput] { connector.log(call, at: now) }

  /// Answers the only request of `outputs`.
  mutating func answer(_ outputs: [ConnectorOutput], _ answer: CRMAnswer) -> [ConnectorOutput] {
    guard let request = outputs.requests.first, outputs.requests.count == 1 else { return [] }
    return connector.receive(answer, for: request.id, at: now)
  }
}

extension CRMAnswer {
  /// As vTiger 8.0.0 answered (measured).
  static let challenge = CRMAnswer.json(
    200, #"{"success":true,"result":{"token":"6b00b78ad00d4","serverTime":1800000000,"expireTime":1800000300}}"#)
  static let session = CRMAnswer.json(
    200,
    #"{"success":true,"result":{"username":"admin","first_name":"","last_name":"Administrator","time_zone":"UTC","#
      + #""sessionName":"b4d1bf66b00b78ad07ea","userId":"19x1","version":"0.22","vtigerVersion":"8.0.0"}}"#)

  static func failure(_ code: String, _ message: String = "no") -> CRMAnswer {
    .json(200, #"{"success":false,"error":{"code":"\#(code)","message":"\#(message)"}}"#)
  }

  static func rows(_ rows: String...) -> CRMAnswer {
    .json(200, #"{"success":true,"result":[\#(rows.joined(separator: ","))]}"#)
  }

  static func made(_ id: String) -> CRMAnswer {
    .json(200, #"{"success":true,"result":{"lastname":"x","id":"\#(id)"}}"#)
  }
}

extension [ConnectorOutput] {
  var logged: [CallLogOutcome] {
    compactMap { output in
      switch output {
      case .logged(_, let outcome): outcome
      case .send, .lookedUp, .loginStatus: nil
      }
    }
  }

  var statuses: [LoginStatus] {
    compactMap { output in
      switch output {
      case .loginStatus(let status): status
      case .send, .lookedUp, .logged: nil
      }
    }
  }

  /// The query that a request asks, decoded.
  var queries: [String] {
    requests.compactMap { request in
      let pairs = (request.request.path ?? "").split(separator: "?").last?.split(separator: "&") ?? []
      return pairs.first { $0.hasPrefix("query=") }.map { PercentEncoding.decode([UInt8]($0.dropFirst(6).utf8)) }
    }
  }

  /// The record that a request makes, decoded.
  var elements: [String] {
    bodies.compactMap { body in
      body.split(separator: "&").first { $0.hasPrefix("element=") }
        .map { PercentEncoding.decode([UInt8]($0.dropFirst(8).utf8)) }
    }
  }
}
