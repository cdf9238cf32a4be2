import PBXModel
import CRMCloud
import CRMConnectors
import ConnectorCompatTest
import HTTPTypes
import Primitives
import Testing

@testable import Simulation

/// Whatever goes wrong and whenever: each call has one record with its own caller, or is told to have none.
@Suite struct FaultScheduleTests {
  @Test(arguments: CompatSubjects.all.map(\.system), 1...40 as ClosedRange<UInt64>)
  func everyCallIsRecordedOnceOrToldNotToBe(system: CRMSystem, seed: UInt64) throws {
    let subject = try #require(CompatSubjects.all.first { $0.system == system })
    var office = try FaultyOffice(subject, seed: seed)
    office.play(calls: 12)
    let records = office.records
    for call in office.made {
      let found = records.filter { $0.texts.contains { $0.contains("call \(call.mark)]") } }
      #expect(found.count <= 1, "\(found.count) records of one call")
      #expect(found.allSatisfy { $0.record == call.record?.id }, "a record with somebody else")
      switch office.outcomes[call.id] {
      case .logged(let id): #expect(found.map(\.id) == [id], "told to be recorded")
      // It may be there: the appliance gave up before it could see.
      case .failed: break
      case .postponed, nil: Issue.record("no last word on a call")
      }
    }
    #expect(records.count <= office.made.count)
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func withoutFaultsEveryCallIsRecorded(system: CRMSystem) throws {
    let subject = try #require(CompatSubjects.all.first { $0.system == system })
    var office = try FaultyOffice(subject, seed: 7, faultsOfHundred: 0)
    office.play(calls: 12)
    #expect(office.records.count == 12)
    #expect(office.outcomes.values.allSatisfy { if case .logged = $0 { true } else { false } })
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func theSchedulesDoGoWrongAndDoComeRight(system: CRMSystem) throws {
    let subject = try #require(CompatSubjects.all.first { $0.system == system })
    var (faults, restarts, recorded) = (0, 0, 0)
    for seed in 1...40 as ClosedRange<UInt64> {
      var office = try FaultyOffice(subject, seed: seed)
      office.play(calls: 12)
      faults += office.faults
      restarts += office.restarts
      recorded += office.records.count
    }
    let told = "\(faults) faults, \(restarts) restarts, \(recorded) of 480 calls recorded"
    #expect(faults > 200 && restarts > 10 && recorded == 480, "\(told)")
  }
}

/// One user's client, the appliance's store of his calls, and a cloud behind a line on which anything goes wrong.
private struct FaultyOffice {
  private static let people = [
    CompatPerson(.contacts, "Anna", "+493055501"), CompatPerson(.leads, "Lea", "+493055502"),
    CompatPerson(.accounts, "Acme", "+493055503"),
  ]

  private let subject: any CompatSubject
  private let faultsOfHundred: UInt64
  private var server: InProcessServer
  private var chance: SeededGenerator
  private var connector: any CRMConnector
  private var store = CallLogStore(settings: ApplianceSettings())
  private var now: Instant
  private(set) var made: [CallLogEntry] = []
  private(set) var outcomes: [CallLogEntry.ID: CallLogOutcome] = [:]
  private(set) var faults = 0
  private(set) var restarts = 0

  init(_ subject: any CompatSubject, seed: UInt64, faultsOfHundred: UInt64 = 55) throws {
    self.subject = subject
    self.faultsOfHundred = faultsOfHundred
    server = try InProcessServer(subject.contents(of: Self.people))
    chance = SeededGenerator(seed: seed)
    connector = try subject.connector(for: .first, at: .right, settings: ConnectorSettings())
    now = subject.traits.start
  }

  var records: [CompatCall] { (server.dump(subject.kindOfCalls) ?? []).compactMap(subject.call) }

  /// Calls come in while things go wrong; then the line is mended and the store has four days.
  mutating func play(calls: Int) {
    for number in 1...calls {
      keep(number)
      pass(seconds: Int64(chance.next() % 200))
    }
    for _ in 1...400 where !store.unsent.isEmpty { pass(seconds: 900, isWhole: true) }
  }

  private mutating func keep(_ number: Int) {
    let person = Self.people[Int(chance.next() % UInt64(Self.people.count))]
    let record = (server.dump(subject.kind(of: person.table)) ?? []).compactMap { subject.record($0, in: person.table) }
      .first { $0.name == person.name }
    let entry = CallLogEntry(
      id: .init(rawValue: number), direction: CallLogEntry.Direction.allCases[number % 3], number: person.numbers[0],
      record: record.map { CRMRecordReference(table: person.table, id: $0.id, name: person.name) },
      agentExtension: "1001", start: now, utcOffsetSeconds: 0, talkSeconds: number % 3 == 2 ? 0 : 30,
      mark: "\(now.seconds).\(number)")
    made.append(entry)
    _ = store.keep(entry)
  }

  private mutating func pass(seconds: Int64, isWhole: Bool = false) {
    now = now + .seconds(seconds)
    if isWhole { _ = server.carryOut(.exhaustLimits(false), at: now) }
    while let entry = store.next(at: now) {
      if !isWhole, chance.next() % 100 < faultsOfHundred / 4 { trouble() }
      // What is on its way when the power fails may have been carried out.
      if settle(connector.log(entry, at: now), isWhole: isWhole) == .lostPower { restart() }
    }
  }

  /// Something that lasts longer than one request.
  private mutating func trouble() {
    switch chance.next() % 3 {
    case 0: _ = server.carryOut(.endSessions, at: now)
    case 1: _ = server.carryOut(.exhaustLimits(true), at: now)
    default: _ = server.carryOut(.exhaustLimits(false), at: now)
    }
  }

  private enum End { case done, lostPower }

  private mutating func settle(_ outputs: [ConnectorOutput], isWhole: Bool) -> End {
    var pending = outputs
    while !pending.isEmpty {
      switch pending.removeFirst() {
      case .logged(let id, let outcome):
        if let news = store.settle(id, outcome, at: now) { outcomes[id] = news }
      case .send(let request):
        let goesWrong = !isWhole && chance.next() % 100 < faultsOfHundred
        if goesWrong, chance.next() % 10 == 0 {
          if chance.next() % 2 == 0 { _ = server.carryOut(request, at: now) }
          return .lostPower
        }
        pending += connector.receive(answer(request, goesWrong: goesWrong), for: request.id, at: now)
      case .lookedUp, .loginStatus: break
      }
    }
    return .done
  }

  private mutating func answer(_ request: CRMRequest, goesWrong: Bool) -> CRMAnswer {
    guard goesWrong else { return server.carryOut(request, at: now) }
    faults += 1
    let kinds = CompatFault.allCases
    let fault = kinds[Int(chance.next() % UInt64(kinds.count))]
    return fault.answer(after: fault.reachesCloud ? server.carryOut(request, at: now) : nil)
  }

  /// The client is another, without session or memory; the calls are kept, and what was being sent may be recorded.
  private mutating func restart() {
    restarts += 1
    if let fresh = try? subject.connector(for: .first, at: .right, settings: ConnectorSettings()) { connector = fresh }
    let kept = store.unsent
    store = CallLogStore(settings: ApplianceSettings())
    for var entry in kept {
      entry.mayExist = true
      _ = store.keep(entry)
    }
  }
}
