import Primitives

extension ConnectorEngine {
  /// A number being added for a question.
  struct Creation: Sendable {
    let question: LookupQuestion
    let number: DialledNumber
    let caller: NewCaller
    /// Whether another request for it may be sent if this one's answer is lost and no record is there.
    var mayRepeat = true
    /// Why its answer is missing, once it is.
    var failure: CRMFailure?
  }

  mutating func missedEverywhere(_ inquiry: Inquiry, at now: Instant) -> [ConnectorOutput] {
    let question = inquiry.question
    let knowledge = added.knowledge(of: inquiry.number.identity, at: now)
    switch knowledge {
    case .added(let record): return finish(question, .found(record))
    case .beingAdded:
      added.follow(inquiry.number.identity, question.id)
      return []
    case .unconfirmed, .unknown:
      guard !question.tables.isEmpty, let table = question.addUnknownTo else { return finish(question, .missed) }
      added.begin(inquiry.number.identity)
      let caller = NewCaller(table: table, number: inquiry.number.text, settings: settings)
      let creation = Creation(question: question, number: inquiry.number, caller: caller)
      return start(Job(work: knowledge == .unconfirmed ? .confirm(creation) : .create(creation)), at: now)
    }
  }

  mutating func created(_ creation: Creation, id: String, at now: Instant) -> [ConnectorOutput] {
    let record = CRMRecordReference(table: creation.caller.table, id: id, name: creation.caller.name)
    let followers = added.end(creation.number.identity, record: record, leavesDoubt: false, at: now)
    openQuestions -= followers.count
    return finish(creation.question, .added(record)) + followers.map { .lookedUp($0, .found(record)) }
  }

  /// The answer was lost: the record is looked for among the newest, which no index delays (documented for COQL and
  /// reading by id; that lists are as quick is assumed).
  mutating func doubt(_ creation: Creation, _ refusal: CRMRefusal, at now: Instant) -> [ConnectorOutput] {
    var creation = creation
    creation.failure = refusal.failure
    return start(Job(work: .confirm(creation)), at: now)
  }

  mutating func confirmed(_ creation: Creation, _ records: [CRMHit], at now: Instant) -> [ConnectorOutput] {
    let match = records.first { hit in hit.numbers.contains { settings.numbers.matches($0, creation.number) } }
    if let match { return created(creation, id: match.id, at: now) }
    guard creation.mayRepeat else {
      let failure = creation.failure ?? CRMFailure(.createUnconfirmed)
      return giveUp(creation, failure, leavesDoubt: true, at: now)
    }
    var again = creation
    again.mayRepeat = false
    return start(Job(work: .create(again)), at: now)
  }

  mutating func giveUp(
    _ creation: Creation, _ failure: CRMFailure, leavesDoubt: Bool = false, at now: Instant
  ) -> [ConnectorOutput] {
    let followers = added.end(creation.number.identity, record: nil, leavesDoubt: leavesDoubt, at: now)
    openQuestions -= followers.count
    return finish(creation.question, .failed(failure)) + followers.map { .lookedUp($0, .failed(failure)) }
  }
}
