public import CRMCloud
public import CRMConnectors
public import Primitives

/// A cloud in this process with a fault script before it: what `ucmsim cloud --faults` does to its clients, on the
/// trace's clock and without a network, so that two runs fail alike.
public struct FaultyCloud: CRMBackend {
  /// What whoever carries requests out puts up with; the defaults are those of the HTTPS client.
  public struct Patience: Hashable, Sendable {
    /// From a request to its answer where no rule delays it.
    public var latency = Instant.Span.milliseconds(120)
    /// An answer is there whole within this, or not at all.
    public var answerTime = Instant.Span.seconds(30)
    /// A longer body is cut off, one byte after this.
    public var bodyBytesMax = 1 << 20

    /// The defaults.
    public init() {}
  }

  private var cloud: any Cloud & CloudAdministration
  private var faults: CloudFaults
  private let patience: Patience

  /// - Parameter seed: decides what rules of chance meet.
  public init(
    _ cloud: any Cloud & CloudAdministration, rules: [CloudFaultRule], seed: UInt64, patience: Patience = Patience()
  ) {
    self.cloud = cloud
    faults = CloudFaults(rules: rules, seed: seed)
    self.patience = patience
  }

  /// The cloud's answer at `now`, or what the script makes of it.
  ///
  /// A connection that ends without a whole answer is `.brokenOff`, as over HTTPS: nobody knows what the server did.
  public mutating func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    let exchange = faults.exchange(request.request, body: request.body, at: now, with: &cloud)
    let broken = CRMAnswer.unreachable(.brokenOff)
    guard let answer = exchange.answer else { return pending(broken, after: exchange.latency) }
    switch exchange.delivery {
    case .whole: return pending(.response(answer.response, body: answer.body), after: exchange.latency)
    case .lost, .truncated: return pending(broken, after: exchange.latency)
    case .endless:
      let missing = max(0, patience.bodyBytesMax + 1 - answer.body.count)
      let body = answer.body + Array(repeating: UInt8(ascii: " "), count: missing)
      return pending(.response(answer.response, body: body), after: exchange.latency)
    case .drip(let bytesPerSecond):
      let milliseconds = Int64(clamping: answer.body.count).multipliedReportingOverflow(by: 1000)
      let time = Instant.Span.milliseconds(
        milliseconds.overflow ? .max : milliseconds.partialValue / Int64(max(1, bytesPerSecond)))
      return pending(.response(answer.response, body: answer.body), after: exchange.latency, time)
    }
  }

  /// The answer so much later than others; none where that is too late.
  private func pending(_ answer: CRMAnswer, after spans: Instant.Span...) -> PendingAnswer {
    let begin = Instant.epoch
    let delay = spans.reduce(begin + patience.latency) { $0 + max(.zero, $1) } - begin
    guard delay < patience.answerTime else {
      return PendingAnswer(.unreachable(.timedOut), delay: patience.answerTime)
    }
    return PendingAnswer(answer, delay: delay)
  }
}
