public import CRMConnectors
import HTTPTypes
public import Primitives

/// What goes wrong between the appliance and its CRM, by the trace's clock: a script, so that two runs fail alike.
public struct CRMFaults: Hashable, Sendable {
  /// One thing that goes wrong for a while.
  public struct Fault: Hashable, Sendable {
    /// What goes wrong.
    public enum Kind: Hashable, Sendable {
      /// No answer comes, and nothing is carried out.
      case down(CRMAnswer.UnreachableReason)
      /// The request is carried out, and its answer is lost on the way.
      case answerLost
      /// The server answers every request with this status and text, and carries nothing out.
      case status(Int, body: String)
      /// The request is carried out and answered, after this long.
      case slow(Instant.Span)
      /// API requests are answered as if the access token had run out.
      case tokenExpired
    }

    /// What goes wrong.
    public let kind: Kind
    /// The first moment of it.
    public let from: Instant
    /// The first moment after it.
    public let until: Instant
    /// Which requests it meets; nil for all.
    public let purposes: Set<CRMRequest.Purpose>?

    /// A fault as it is to happen; one that ends before it begins never does.
    public init(_ kind: Kind, from: Instant, until: Instant, purposes: Set<CRMRequest.Purpose>? = nil) {
      self.kind = kind
      self.from = from
      self.until = until
      self.purposes = purposes
    }

    func meets(_ request: CRMRequest, at now: Instant) -> Bool {
      from <= now && now < until && (purposes.map { $0.contains(request.purpose) } ?? true)
    }
  }

  /// Of several that meet a request, the first counts.
  public var faults: [Fault]
  /// After how long whoever carries requests out gives up waiting.
  public var timeOut = Instant.Span.seconds(10)

  /// A script of these faults.
  public init(_ faults: [Fault] = []) { self.faults = faults }
}

/// A backend with faults before it.
public struct FaultyCRM: CRMBackend {
  private var backend: any CRMBackend
  private let faults: CRMFaults

  /// Whatever no fault meets goes to `backend`.
  public init(_ backend: any CRMBackend, faults: CRMFaults) {
    self.backend = backend
    self.faults = faults
  }

  /// The answer or what becomes of it, after the time that takes.
  public mutating func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    guard let fault = faults.faults.first(where: { $0.meets(request, at: now) }) else {
      return backend.begin(request, at: now)
    }
    switch fault.kind {
    case .down(.timedOut): return PendingAnswer(.unreachable(.timedOut), delay: faults.timeOut)
    case .down(let reason): return PendingAnswer(.unreachable(reason))
    case .answerLost:
      let lost = backend.begin(request, at: now)
      return PendingAnswer(
        waiting: {
          _ = lost.answer()
          return .unreachable(.timedOut)
        }, delay: faults.timeOut)
    case .status(let status, let body):
      let code = (100...999).contains(status) ? status : 500
      return PendingAnswer(.response(HTTPResponse(status: .init(code: code)), body: Array(body.utf8)))
    case .slow(let delay):
      let answer = backend.begin(request, at: now)
      return PendingAnswer(waiting: { answer.answer() }, delay: delay)
    case .tokenExpired:
      guard request.purpose != .token else { return backend.begin(request, at: now) }
      let body = #"{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}"#
      return PendingAnswer(.response(HTTPResponse(status: 401), body: Array(body.utf8)))
    }
  }

  /// Ends the traffic behind the faults.
  public mutating func finish() -> CRMTrafficReport { backend.finish() }
}
