import AsyncHTTPClient
public import CRMConnectors
import Dispatch
import HTTPTypes
import NIOCore
import NIOSSL
public import Primitives
public import SimulationRuntime
import Synchronization

/// The CRM over HTTPS: the real one, or a cloud that stands in for it. A site's own server is asked over plain HTTP
/// where its address says so, as the appliance would; a detour is always HTTPS.
///
/// Certificates are always verified, by the name the request is for. Redirects are answers like any other: a token goes
/// nowhere but to the host it was meant for. For one owner at a time.
public final class HTTPSBackend: CRMBackend {
  private let options: HTTPSOptions
  private let clients: HTTPSClients
  private let diary = TransportDiary()
  /// The latest requests under way, oldest first; never more than `options.inFlight`.
  private var underway: [Task<Void, Never>] = []

  /// - Throws: for a file of trusted certificates that is none.
  public init(_ options: HTTPSOptions) throws(HTTPSOptionsError) {
    self.options = options
    clients = try HTTPSClients(options)
  }

  /// Sends a request, after as many others as may be under way; the answer is there at the latest when the options'
  /// time for it has passed, or else it is `.unreachable(.timedOut)`.
  public func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    let slot = AnswerSlot()
    let before = underway.count >= options.inFlight ? underway.removeFirst() : nil
    let exchange = HTTPSExchange(request: request, now: now, options: options, diary: diary)
    underway.append(
      Task.detached { [clients] in
        await before?.value
        slot.fill(await exchange.answer(clients))
      })
    return PendingAnswer(waiting: slot.wait, isThere: slot.isFilled)
  }

  /// Ends every connection; requests under way end as timed out. Says why answers did not come, each reason once.
  public func finish() -> CRMTrafficReport {
    close()
    var report = CRMTrafficReport()
    report.notices = diary.notices
    return report
  }

  deinit { close() }

  private func close() {
    let done = DispatchSemaphore(value: 0)
    Task.detached { [clients] in
      await clients.close()
      done.signal()
    }
    done.wait()
  }
}

/// Where one answer is left by whoever gets it and found by whoever waits for it.
private final class AnswerSlot: Sendable {
  private let answer = Mutex<CRMAnswer?>(nil)
  private let filled = DispatchSemaphore(value: 0)

  func fill(_ value: CRMAnswer) {
    answer.withLock { $0 = value }
    filled.signal()
  }

  func isFilled(within milliseconds: Int) -> Bool {
    guard filled.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return false }
    // For who waits next.
    filled.signal()
    return true
  }

  func wait() -> CRMAnswer {
    filled.wait()
    return answer.withLock { $0 } ?? .unreachable(.timedOut)
  }
}
