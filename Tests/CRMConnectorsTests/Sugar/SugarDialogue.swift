import CRMConnectors
import Primitives

/// A client of SugarCRM's with its clock, so that a test reads as a conversation.
struct SugarDialogue {
  static let password = "pass word"
  static let session = "de3mh7session0000000000000"

  var connector: any CRMConnector
  var now = Instant(seconds: 1_800_000_000)
  private var lastQuestion = 0

  init(
    _ api: SugarAPI = .v4_1, server: String = "https://crm.example.com/sugarcrm",
    _ settings: ConnectorSettings = ConnectorSettings(), numbers: NumberPlan = NumberPlan()
  ) throws {
    var page = CRMSettings(
      system: .sugarCRM, serverAddress: server, addUnknownNumber: nil, contactLookups: [.contacts])
    page.sugarAPI = api
    page.numbers = numbers
    let user = CRMUserSettings(
      isEnabled: true,
      credentials: .sugarCRM(PasswordCredentials(userName: "ann", password: Secret(Self.password))))
    connector = try page.connector(for: user, settings: settings)
  }

  /// One that holds a session.
  static func loggedIn(
    _ api: SugarAPI = .v4_1, _ settings: ConnectorSettings = ConnectorSettings(), numbers: NumberPlan = NumberPlan()
  ) throws -> SugarDialogue {
    var dialogue = try SugarDialogue(api, settings, numbers: numbers)
    let sent = dialogue.connector.logIn(at: dialogue.now)
    _ = dialogue.answer(sent, api == .v4_1 ? .sugarSession : .sugarToken())
    return dialogue
  }

  mutating func ask(
    _ number: String, in tables: [CRMTable] = [.contacts], addingTo table: CRMTable? = nil
  ) -> [ConnectorOutput] {
    lastQuestion += 1
    return connector.lookUp(
      LookupQuestion(id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table), at: now)
  }

  mutating func log(_ call: CallLogEntry) -> [ConnectorOutput] { connector.log(call, at: now) }

  /// Answers the only request of `outputs`.
  mutating func answer(_ outputs: [ConnectorOutput], _ answer: CRMAnswer) -> [ConnectorOutput] {
    guard let request = outputs.requests.first, outputs.requests.count == 1 else { return [] }
    return connector.receive(answer, for: request.id, at: now)
  }
}

extension CRMAnswer {
  /// As SuiteCRM 7.14.6 answered (measured, shortened).
  static let sugarSession = CRMAnswer.json(
    200,
    #"{"id":"\#(SugarDialogue.session)","module_name":"Users","name_value_list":"#
      + #"{"user_id":{"name":"user_id","value":"7"},"user_name":{"name":"user_name","value":"ann"}}}"#)

  static func sugarToken(_ token: String = "access-1", refresh: String = "refresh-1") -> CRMAnswer {
    .json(
      200,
      #"{"access_token":"\#(token)","expires_in":3600,"token_type":"bearer","scope":null,"#
        + #""refresh_token":"\#(refresh)","refresh_expires_in":1209600,"download_token":"d"}"#)
  }

  /// An error of v4_1.
  static func sugarError(_ number: String, status: Int = 200) -> CRMAnswer {
    .json(status, #"{"name":"Some Error","number":\#(number),"description":"in words"}"#)
  }
}
