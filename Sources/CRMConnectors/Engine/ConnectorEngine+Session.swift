import Primitives

extension ConnectorEngine {
  /// A time without requests, and what asked for it.
  struct Silence: Sendable {
    let until: Instant
    let refusal: CRMRefusal
  }

  mutating func loginRequest() -> CRMRequest {
    let id = nextRequestID()
    sessions.opening(by: id)
    return dialect.loginRequest().request(id, about: nil)
  }

  mutating func receiveLogin(_ answer: CRMAnswer, at now: Instant) -> [ConnectorOutput] {
    let jobs = waiting
    waiting = []
    do throws(CRMRefusal) {
      let session = try dialect.readLogin(answer, at: now)
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
      sessions.opened(nil)
      switch error.kind {
      case .throttled: silence = Silence(until: now + settings.tokenBackOff, refusal: error)
      case .refused, .sessionRefused: silence = Silence(until: now + settings.refusedLoginBackOff, refusal: error)
      case .unavailable: break
      }
      var outputs = report(.loggedOut(error.reason ?? .loginRefused, error.failure))
      // Whatever became of the login, nothing of theirs was sent.
      for job in jobs { outputs += fail(job.work, error.withoutDoubt, at: now) }
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
