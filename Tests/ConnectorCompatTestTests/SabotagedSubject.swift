import CRMCloud
import CRMConnectors
import ConnectorCompatTest
import HTTPTypes
import JSON
import Primitives

/// Zoho with something broken in its client or its cloud, so that the suite has something to find.
struct SabotagedSubject: CompatSubject {
  /// What is broken.
  enum Sabotage: String, CaseIterable {
    // The client.
    case takesAnybodyForTheCaller, findsNobody, forgetsWhoIsShown, takesTheLastTable
    case logsWithoutAsking, logsUnderNobody, logsTwice, logsEverythingAsMissed, forgetsThatACallMayExist
    case callsFailuresMisses, callsFailuresSuccess, asksAboutEverything, neverSaysItIsLoggedIn, sharesWhatItKnows
    case addsKnownCallers, asksWithoutEnd, answersTwice, showsItsTokenInAddresses
    // The cloud.
    case doesEverythingTwice, forgetsWhatItTook, endsNoSessions, hasNoLimits, addsUnderAnotherNumber, isNotThere

    /// Whether whatever is played fails, so that it shows nothing about a single expectation.
    var breaksAll: Bool {
      switch self {
      case .isNotThere, .asksWithoutEnd, .answersTwice, .forgetsWhatItTook: true
      default: false
      }
    }
  }

  let original: any CompatSubject
  let sabotage: Sabotage

  var system: CRMSystem { original.system }
  var traits: CompatTraits { original.traits }
  func contents(of people: [CompatPerson]) -> CloudContents { original.contents(of: people) }
  func settings(at place: CompatPlace) -> CRMSettings { original.settings(at: place) }
  func user(_ user: CompatUser) -> CRMUserSettings { original.user(user) }
  func kind(of table: CRMTable) -> String { original.kind(of: table) }
  var kindOfCalls: String { original.kindOfCalls }
  func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? { original.record(value, in: table) }
  func call(_ value: JSONValue) -> CompatCall? { original.call(value) }

  func connector(
    for user: CompatUser, at place: CompatPlace, settings: ConnectorSettings
  ) throws(ConnectorSettingsError) -> any CRMConnector {
    SabotagedConnector(
      connector: try original.connector(for: user, at: place, settings: settings), sabotage: sabotage,
      token: original.user(user).refreshToken)
  }

  func server(_ contents: CloudContents) throws -> any CompatServer {
    SabotagedServer(server: try InProcessServer(contents), sabotage: sabotage)
  }
}

/// A client that does one thing wrong and the rest as the real one.
struct SabotagedConnector: CRMConnector {
  var connector: any CRMConnector
  let sabotage: SabotagedSubject.Sabotage
  let token: String
  private var endless: CRMRequest?

  init(connector: any CRMConnector, sabotage: SabotagedSubject.Sabotage, token: String) {
    self.connector = connector
    self.sabotage = sabotage
    self.token = token
  }

  mutating func logIn(at now: Instant) -> [ConnectorOutput] { spoilt(connector.logIn(at: now)) }

  mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    var question = question
    switch sabotage {
    case .takesTheLastTable:
      question = LookupQuestion(
        id: question.id, number: question.number, tables: question.tables.reversed(),
        addUnknownTo: question.addUnknownTo)
    case .addsKnownCallers where question.addUnknownTo != nil:
      question = LookupQuestion(
        id: question.id, number: question.number + "0", tables: question.tables, addUnknownTo: question.addUnknownTo)
    case .sharesWhatItKnows:
      question = LookupQuestion(
        id: question.id, number: question.number, tables: CRMTable.allCases, addUnknownTo: question.addUnknownTo)
    case .asksAboutEverything where (try? DialledNumber(question.number)) == nil:
      question = LookupQuestion(
        id: question.id, number: "6175550142", tables: question.tables, addUnknownTo: question.addUnknownTo)
    default: break
    }
    return spoilt(connector.lookUp(question, at: now))
  }

  mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] {
    switch sabotage {
    case .logsWithoutAsking: return [.logged(call.id, .logged(id: "1"))]
    case .logsTwice:
      return spoilt(connector.log(call, at: now))
        + connector.log(call.changed(id: call.id.rawValue + 5000), at: now)
    case .logsUnderNobody: return spoilt(connector.log(call.changed(isUnderNobody: true), at: now))
    case .logsEverythingAsMissed: return spoilt(connector.log(call.changed(direction: .missed), at: now))
    case .forgetsThatACallMayExist: return spoilt(connector.log(call.changed(mayExist: false), at: now))
    default: return spoilt(connector.log(call, at: now))
    }
  }

  mutating func receive(
    _ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant
  ) -> [ConnectorOutput] {
    if sabotage == .asksWithoutEnd, let endless { return [.send(endless)] }
    return spoilt(connector.receive(answer, for: request, at: now))
  }

  private mutating func spoilt(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    outputs.flatMap { spoilt($0) }
  }

  private mutating func spoilt(_ output: ConnectorOutput) -> [ConnectorOutput] {
    let anybody = CRMRecordReference(table: .contacts, id: "1", name: "Anybody")
    switch (sabotage, output) {
    case (.takesAnybodyForTheCaller, .lookedUp(let id, _)): return [.lookedUp(id, .found(anybody))]
    case (.findsNobody, .lookedUp(let id, _)): return [.lookedUp(id, .missed)]
    case (.forgetsWhoIsShown, .lookedUp(let id, .found(let record))):
      return [.lookedUp(id, .found(CRMRecordReference(table: record.table, id: record.id, name: "?")))]
    case (.callsFailuresMisses, .lookedUp(let id, .failed)): return [.lookedUp(id, .missed)]
    case (.callsFailuresSuccess, .logged(let id, .failed)), (.callsFailuresSuccess, .logged(let id, .postponed)):
      return [.logged(id, .logged(id: "1"))]
    case (.neverSaysItIsLoggedIn, .loginStatus): return []
    case (.answersTwice, .lookedUp), (.answersTwice, .logged): return [output, output]
    case (.asksWithoutEnd, .send(let request)):
      endless = request
      return [output]
    case (.showsItsTokenInAddresses, .send(let request)):
      var shown = request.request
      shown.path = (shown.path ?? "/") + "?token=" + token
      return [.send(request.changed(shown))]
    default: return [output]
    }
  }
}

/// A cloud that does one thing wrong.
struct SabotagedServer: CompatServer {
  var server: InProcessServer
  let sabotage: SabotagedSubject.Sabotage

  mutating func carryOut(_ request: CRMRequest, at now: Instant) -> CRMAnswer {
    switch sabotage {
    case .isNotThere: return .unreachable(.connectionRefused)
    case .doesEverythingTwice:
      _ = server.carryOut(request, at: now)
      return server.carryOut(request, at: now)
    case .addsUnderAnotherNumber where request.purpose == .create:
      let text = String(decoding: request.body, as: UTF8.self)
      let other = text.split(separator: "66", omittingEmptySubsequences: false).joined(separator: "77")
      return server.carryOut(request.changed(request.request, body: Array(other.utf8)), at: now)
    default: return server.carryOut(request, at: now)
    }
  }

  mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    switch (sabotage, action) {
    case (.endsNoSessions, .endSessions), (.hasNoLimits, .exhaustLimits): .unsupported
    default: server.carryOut(action, at: now)
    }
  }

  func dump(_ kind: String) -> [JSONValue]? { sabotage == .forgetsWhatItTook ? [] : server.dump(kind) }
}

extension CRMRequest {
  fileprivate func changed(_ head: HTTPRequest, body: [UInt8]? = nil) -> CRMRequest {
    CRMRequest(id: id, purpose: purpose, subject: subject, request: head, body: body ?? self.body)
  }
}

extension CRMUserSettings {
  fileprivate var refreshToken: String {
    if case .zohoV2(let entered) = credentials { entered.refreshToken.value } else { "" }
  }
}

extension CallLogEntry {
  fileprivate func changed(
    id: Int? = nil, direction: Direction? = nil, isUnderNobody: Bool = false, mayExist: Bool? = nil
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: id ?? self.id.rawValue), direction: direction ?? self.direction, number: number,
      record: isUnderNobody ? nil : record, agentExtension: agentExtension, start: start,
      utcOffsetSeconds: utcOffsetSeconds, talkSeconds: talkSeconds, mark: mark, mayExist: mayExist ?? self.mayExist)
  }
}
