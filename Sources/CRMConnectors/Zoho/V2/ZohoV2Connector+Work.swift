import Primitives

extension ZohoV2Connector {
  /// What one request is for.
  enum Work {
    case search(LookupQuestion, in: CRMTable, then: ArraySlice<CRMTable>)
    case create(LookupQuestion, in: CRMTable)
    case logCall(CallLogEntry)
  }

  struct Job {
    var work: Work
    /// Whether its request has been repeated with another token.
    var isRepetition = false
  }

  struct Flight {
    let job: Job
    let token: ZohoAccessToken
  }

  /// A time without requests, and what asked for it.
  struct Silence {
    let until: Instant
    let failure: CRMFailure
  }

  /// Sends the job's request, or has it wait for a token.
  mutating func start(_ job: Job, at now: Instant) -> [ConnectorOutput] {
    if let failure = silenceFailure(at: now) { return fail(job.work, failure, at: now) }
    switch tokens.lease(at: now) {
    case .use(let token): return [.send(request(for: job, token: token))]
    case .wait:
      waiting.append(job)
      return []
    case .refresh:
      waiting.append(job)
      return [.send(refreshRequest())]
    }
  }

  mutating func receiveToken(_ answer: CRMAnswer, at now: Instant) -> [ConnectorOutput] {
    let jobs = waiting
    waiting = []
    do throws(ZohoRefusal) {
      let token = try ZohoTokenReply.read(answer, dataCentre: dataCentre, settings: settings, at: now)
      tokens.refreshed(token)
      var outputs = report(.loggedIn)
      for job in jobs {
        // Whoever waited uses this token, however short its life: asking for another would never end.
        if let failure = silenceFailure(at: now) {
          outputs += fail(job.work, failure, at: now)
        } else {
          outputs.append(.send(request(for: job, token: token)))
        }
      }
      return outputs
    } catch {
      tokens.refreshed(nil)
      fallSilent(error, for: settings.tokenBackOff, at: now)
      var outputs = report(.loggedOut(error.failure))
      for job in jobs { outputs += fail(job.work, error.failure, at: now) }
      return outputs
    }
  }

  mutating func receive(
    _ answer: CRMAnswer, for flight: Flight, at now: Instant
  ) throws(ZohoRefusal) -> [ConnectorOutput] {
    switch flight.job.work {
    case .search(let question, let table, let rest):
      if let record = try ZohoSearch.read(answer, question: question, table: table, settings: settings) {
        return finish(question, .found(record))
      }
      return search(question, rest, at: now)
    case .create(let question, let table):
      let id = try ZohoInsertion.read(answer, settings: settings)
      let name = ZohoNewCaller(table: table, number: question.number, settings: settings).name
      return created(question, CRMRecordReference(table: table, id: id, name: name), at: now)
    case .logCall(let call):
      return finish(call, .logged(id: try ZohoInsertion.read(answer, settings: settings)))
    }
  }

  mutating func refused(_ refusal: ZohoRefusal, _ flight: Flight, at now: Instant) -> [ConnectorOutput] {
    switch refusal.kind {
    case .tokenRefused where !flight.job.isRepetition:
      tokens.refused(flight.token)
      return start(Job(work: flight.job.work, isRepetition: true), at: now)
    case .throttled, .tokenRefused, .other:
      fallSilent(refusal, for: settings.apiBackOff, at: now)
      return fail(flight.job.work, refusal.failure, leavesDoubt: refusal.leavesDoubt, at: now)
    }
  }

  /// Asks the first of `tables`, or ends the search when none is left.
  mutating func search(
    _ question: LookupQuestion, _ tables: ArraySlice<CRMTable>, at now: Instant
  ) -> [ConnectorOutput] {
    guard let table = tables.first else { return missedEverywhere(question, at: now) }
    return start(Job(work: .search(question, in: table, then: tables.dropFirst())), at: now)
  }

  private mutating func missedEverywhere(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    switch added.knowledge(of: question.number, at: now) {
    case .added(let record): return finish(question, .found(record))
    case .beingAdded:
      added.follow(question.number, question.id)
      return []
    case .unconfirmed where question.addUnknownTo != nil:
      return finish(question, .failed(CRMFailure(.createUnconfirmed)))
    case .unconfirmed, .unknown:
      guard let table = question.addUnknownTo else { return finish(question, .missed) }
      added.begin(question.number)
      return start(Job(work: .create(question, in: table)), at: now)
    }
  }

  private mutating func created(
    _ question: LookupQuestion, _ record: CRMRecordReference, at now: Instant
  ) -> [ConnectorOutput] {
    let followers = added.end(question.number, record: record, leavesDoubt: false, at: now)
    openQuestions -= followers.count
    return finish(question, .added(record)) + followers.map { .lookedUp($0, .found(record)) }
  }

  private mutating func fail(
    _ work: Work, _ failure: CRMFailure, leavesDoubt: Bool = false, at now: Instant
  ) -> [ConnectorOutput] {
    switch work {
    case .search(let question, _, _): return finish(question, .failed(failure))
    case .create(let question, _):
      let followers = added.end(question.number, record: nil, leavesDoubt: leavesDoubt, at: now)
      openQuestions -= followers.count
      return finish(question, .failed(failure)) + followers.map { .lookedUp($0, .failed(failure)) }
    case .logCall(let call): return finish(call, .failed(failure))
    }
  }

  private mutating func finish(_ question: LookupQuestion, _ outcome: LookupOutcome) -> [ConnectorOutput] {
    openQuestions -= 1
    return [.lookedUp(question.id, outcome)]
  }

  private mutating func finish(_ call: CallLogEntry, _ outcome: CallLogOutcome) -> [ConnectorOutput] {
    openQuestions -= 1
    return [.logged(call.id, outcome)]
  }

  private mutating func fallSilent(_ refusal: ZohoRefusal, for span: Instant.Span, at now: Instant) {
    switch refusal.kind {
    case .throttled: silence = Silence(until: now + span, failure: refusal.failure)
    case .tokenRefused, .other: break
    }
  }

  func silenceFailure(at now: Instant) -> CRMFailure? {
    silence.flatMap { now < $0.until ? $0.failure : nil }
  }
}
