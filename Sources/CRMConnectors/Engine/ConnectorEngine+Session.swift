import Primitives

extension ConnectorEngine {
  /// A time without requests, and what asked for it.
  struct Silence: Sendable {
    let until: Instant
    let refusal: CRMRefusal
  }

  /// A login of more requests than this is one that the server never ends.
  private static var loginStepsMax: Int { 8 }

  mutating func loginRequest() -> CRMRequest {
    loginStep = 0
    let renewal = sessions.former.flatMap { dialect.renewalRequest(of: $0) }
    isRenewing = renewal != nil
    openingSession = nil
    return goOn(with: renewal ?? dialect.loginRequest())
  }

  private mutating func goOn(with request: DialectRequest) -> CRMRequest {
    let id = nextRequestID()
    loginStep += 1
    sessions.opening(by: id)
    return request.request(id, about: nil)
  }

  mutating func receiveLogin(_ answer: CRMAnswer, at now: Instant) -> [ConnectorOutput] {
    let jobs: [Job]
    do throws(CRMRefusal) {
      let session: CRMSession
      switch try dialect.readLogin(answer, step: loginStep, within: openingSession, at: now) {
      case .opened(let opened): session = opened
      case .next(let request):
        guard loginStep < Self.loginStepsMax else { throw CRMRefusal(.unexpectedShape, status: nil) }
        return [.send(goOn(with: request))]
      case .nextWithin(let opening, let request):
        guard loginStep < Self.loginStepsMax else { throw CRMRefusal(.unexpectedShape, status: nil) }
        openingSession = opening
        return [.send(goOn(with: request))]
      }
      jobs = waiting
      waiting = []
      sessions.opened(session)
      var outputs = report(.loggedIn)
      for job in jobs {
        // Whoever waited uses this session, however short its life: asking for another would never end.
        if let refusal = silenceRefusal(at: now) {
          outputs += fail(job.work, refusal, at: now)
        } else {
          outputs.append(.send(request(for: job, session)))
        }
      }
      return outputs
    } catch {
      if isRenewing, error.isAboutTheUser {
        sessions.forgetFormer()
        return [.send(loginRequest())]
      }
      sessions.opened(nil)
      switch error.kind {
      case .throttled: silence = Silence(until: now + (error.silence ?? settings.tokenBackOff), refusal: error)
      case .refused, .sessionRefused:
        silence = Silence(until: now + (error.silence ?? settings.refusedLoginBackOff), refusal: error)
      case .unavailable: break
      }
      var outputs = report(.loggedOut(error.reason ?? .loginRefused, error.failure))
      let turnedAway = waiting
      waiting = []
      // Whatever became of the login, nothing of theirs was sent.
      for job in turnedAway { outputs += fail(job.work, error.withoutDoubt, at: now) }
      return outputs
    }
  }

  func silenceRefusal(at now: Instant) -> CRMRefusal? {
    silence.flatMap { now < $0.until ? $0.refusal : nil }
  }
}

extension DialectRequest {
  func request(_ id: CRMRequest.ID, about subject: CRMRequest.Subject?) -> CRMRequest {
    CRMRequest(
      id: id, purpose: purpose, subject: subject, request: request, body: body, secretFields: secretFields)
  }
}

extension CRMRefusal {
  /// Whether the CRM understood, and takes no session of this user's that way.
  fileprivate var isAboutTheUser: Bool {
    switch kind {
    case .refused, .sessionRefused: true
    case .throttled, .unavailable: false
    }
  }
}
