import Primitives

extension ConnectorEngine {
  /// What one request is for.
  enum Work: Sendable {
    /// The first step of the inquiry.
    case search(Inquiry)
    case create(Creation)
    /// A look whether the creation was carried out.
    case confirm(Creation)
    case logCall(CallLogEntry)
    /// A look whether the call has its record.
    case findCall(CallLogEntry, page: Int)
    /// What ties the record with this id to its caller.
    case linkCall(CallLogEntry, id: String)
  }

  struct Job: Sendable {
    var work: Work
    /// Whether its request has been repeated with another session.
    var isRepetition = false
  }

  struct Flight: Sendable {
    let job: Job
    let session: CRMSession
  }

  /// Sends the job's request, or has it wait for a session.
  mutating func start(_ job: Job, at now: Instant) -> [ConnectorOutput] {
    if let refusal = silenceRefusal(at: now) { return fail(job.work, refusal, at: now) }
    switch sessions.lease(at: now) {
    case .use(let session): return [.send(request(for: job, session))]
    case .wait:
      waiting.append(job)
      return []
    case .logIn:
      waiting.append(job)
      return [.send(loginRequest())]
    }
  }

  /// The job's request, noted as in flight.
  mutating func request(for job: Job, _ session: CRMSession) -> CRMRequest {
    let id = nextRequestID()
    inFlight[id] = Flight(job: job, session: session)
    switch job.work {
    case .search(let inquiry):
      let step = inquiry.steps.first
      let search = dialect.search(
        step?.spelling ?? inquiry.number.text, in: step?.tables ?? inquiry.question.tables, session)
      return search.request(id, about: .question(inquiry.question.id))
    case .create(let creation):
      return dialect.create(creation.caller, session).request(id, about: .question(creation.question.id))
    case .confirm(let creation):
      return dialect.find(creation.caller, session).request(id, about: .question(creation.question.id))
    case .logCall(let call):
      return dialect.record(CallRecordTexts(call, settings: settings), session).request(id, about: .entry(call.id))
    case .findCall(let call, let page):
      return dialect.findCall(CallRecordTexts(call, settings: settings), page: page, session)
        .request(id, about: .entry(call.id))
    case .linkCall(let call, let record):
      let texts = CallRecordTexts(call, settings: settings)
      let link = dialect.link(texts, id: record, session) ?? dialect.findCall(texts, page: 1, session)
      return link.request(id, about: .entry(call.id))
    }
  }

  mutating func receive(
    _ answer: CRMAnswer, for flight: Flight, at now: Instant
  ) throws(CRMRefusal) -> [ConnectorOutput] {
    switch flight.job.work {
    case .search(let inquiry):
      guard let step = inquiry.steps.first else { return missedEverywhere(inquiry, at: now) }
      return verified(try dialect.readRecords(answer, in: step.tables), inquiry, in: step.tables, at: now)
    case .create(let creation):
      return created(creation, id: try dialect.readCreation(answer, in: creation.caller.table), at: now)
    case .confirm(let creation):
      return confirmed(creation, try dialect.readFind(answer, in: creation.caller.table), at: now)
    case .logCall(let call): return recorded(call, id: try dialect.readInsertion(answer), flight.session, at: now)
    case .linkCall(let call, let id):
      try dialect.readLink(answer)
      return finish(call, .logged(id: id))
    case .findCall(let call, let page):
      return found(call, try dialect.readCalls(answer), page: page, flight.session, at: now)
    }
  }

  mutating func refused(_ refusal: CRMRefusal, _ flight: Flight, at now: Instant) -> [ConnectorOutput] {
    var refusal = refusal
    switch refusal.kind {
    case .sessionRefused where dialect.renewsSessions && !flight.job.isRepetition:
      sessions.refused(flight.session)
      return start(Job(work: flight.job.work, isRepetition: true), at: now)
    case .sessionRefused:
      refusal = refusal.because(dialect.reasonOfRefusedSession(at: now))
      sessions.refused(flight.session)
      silence = Silence(until: now + (refusal.silence ?? settings.refusedLoginBackOff), refusal: refusal)
    case .throttled: silence = Silence(until: now + (refusal.silence ?? settings.apiBackOff), refusal: refusal)
    case .unavailable, .refused: break
    }
    let status = refusal.reason.map { report(.loggedOut($0, refusal.failure)) } ?? []
    return status + fail(flight.job.work, refusal, at: now)
  }

  /// The last word on the work, unless a lost answer makes a look worth while.
  mutating func fail(_ work: Work, _ refusal: CRMRefusal, at now: Instant) -> [ConnectorOutput] {
    switch work {
    case .search(let inquiry): return finish(inquiry.question, .failed(refusal.failure))
    case .create(let creation):
      return refusal.leavesDoubt ? doubt(creation, refusal, at: now) : giveUp(creation, refusal.failure, at: now)
    case .confirm(let creation):
      return giveUp(creation, creation.failure ?? refusal.failure, leavesDoubt: true, at: now)
    case .logCall(let call): return finish(call, outcome(of: refusal, mayExist: refusal.leavesDoubt))
    case .findCall(let call, _): return finish(call, outcome(of: refusal, mayExist: true))
    case .linkCall(let call, let id): return finish(call, unlinked(refusal, id: id))
    }
  }

  private func outcome(of refusal: CRMRefusal, mayExist: Bool) -> CallLogOutcome {
    switch refusal.kind {
    case .throttled, .unavailable: .postponed(refusal.failure, mayExist: mayExist)
    case .sessionRefused where dialect.renewsSessions: .postponed(refusal.failure, mayExist: mayExist)
    case .refused, .sessionRefused: .failed(refusal.failure)
    }
  }

  /// The record is there and only its tie to the caller is missing: worth another try as long as one may help.
  private func unlinked(_ refusal: CRMRefusal, id: String) -> CallLogOutcome {
    switch outcome(of: refusal, mayExist: true) {
    case .postponed(let failure, _): .postponed(failure, mayExist: true)
    case .failed, .logged: .logged(id: id)
    }
  }

  /// Ties the call's record to its caller where that takes a request of its own.
  private mutating func recorded(
    _ call: CallLogEntry, id: String, _ session: CRMSession, at now: Instant
  ) -> [ConnectorOutput] {
    guard dialect.link(CallRecordTexts(call, settings: settings), id: id, session) != nil else {
      return finish(call, .logged(id: id))
    }
    return start(Job(work: .linkCall(call, id: id)), at: now)
  }

  /// Looks on, makes the record where it is not, or ends.
  private mutating func found(
    _ call: CallLogEntry, _ calls: CRMCallPage, page: Int, _ session: CRMSession, at now: Instant
  ) -> [ConnectorOutput] {
    guard let mark = CallRecordTexts.mark(of: call) else {
      return finish(call, .failed(CRMFailure(.recordUnconfirmed)))
    }
    if let match = calls.calls.first(where: { $0.texts.contains { $0.contains(mark) } }) {
      return recorded(call, id: match.id, session, at: now)
    }
    guard !calls.isLast, page < settings.maximumCallPages else { return start(Job(work: .logCall(call)), at: now) }
    return start(Job(work: .findCall(call, page: page + 1)), at: now)
  }

  mutating func finish(_ question: LookupQuestion, _ outcome: LookupOutcome) -> [ConnectorOutput] {
    openQuestions -= 1
    return [.lookedUp(question.id, outcome)]
  }

  private mutating func finish(_ call: CallLogEntry, _ outcome: CallLogOutcome) -> [ConnectorOutput] {
    openQuestions -= 1
    return [.logged(call.id, outcome)]
  }
}
