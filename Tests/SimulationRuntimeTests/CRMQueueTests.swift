import CRMConnectors
import Primitives
import Testing

/// What a replay does with call logs that the CRM does not take at once: timers between messages, and the time after
/// the trace's end.
@Suite struct CRMQueueTests {
  private static func logs(_ requests: [OfficeMorning.Request]) -> [OfficeMorning.Request] {
    requests.filter { $0.purpose == .logCall }
  }

  /// The CRM takes no calls before `end`.
  private static func outage(until end: Instant) -> String {
    "  - {name: outage, match: {path: /crm/v2/Calls, method: POST, until: \(OfficeMorning.moment(end))}, "
      + "action: status, status: 503}\n"
  }

  private static let taken = Result { try logs(OfficeMorning.requests()).filter(\.isDone).count }

  @Test func withoutFaultsEveryCallIsTakenAtOnceAndTheQueueIsEmptyAtTheEnd() throws {
    let requests = try OfficeMorning.requests()
    let logs = Self.logs(requests)
    let end = try #require(OfficeMorning.end)
    #expect(!logs.isEmpty && logs.allSatisfy(\.isDone))
    // Only what the last messages brought about is still on its way then.
    #expect(requests.allSatisfy { $0.sent <= end + .seconds(5) })
  }

  @Test func requestsGoOutInTheOrderOfTimeWhateverWaits() throws {
    let end = try #require(OfficeMorning.end)
    let requests = try OfficeMorning.requests(faults: Self.outage(until: end + .seconds(600)))
    #expect(zip(requests, requests.dropFirst()).allSatisfy { $0.sent <= $1.sent })
  }

  @Test func whatTheCRMDidNotTakeInTheTraceIsTakenAfterItsEnd() throws {
    let end = try #require(OfficeMorning.end)
    let logs = Self.logs(try OfficeMorning.requests(faults: Self.outage(until: end + .seconds(600))))
    let done = logs.filter(\.isDone)
    #expect(done.count == (try Self.taken.get()))
    #expect(done.allSatisfy { $0.sent >= end + .seconds(600) && $0.sent <= end + .seconds(3600) })
  }

  @Test(arguments: [0, 300]) func afterTheDrainNothingIsSent(seconds: Int64) throws {
    let end = try #require(OfficeMorning.end)
    let drain = Instant.Span.seconds(seconds)
    let logs = Self.logs(try OfficeMorning.requests(faults: Self.outage(until: end + .seconds(600)), drain: drain))
    #expect(!logs.isEmpty && !logs.contains { $0.isDone })
    #expect(logs.allSatisfy { $0.sent <= end + drain })
    // The last answers are waited for, however short the drain.
    #expect(logs.allSatisfy { $0.answer != nil })
  }

  @Test func anOutageInTheMiddleIsMadeUpForByTimersBeforeTheEnd() throws {
    let end = try #require(OfficeMorning.end)
    let first = try #require(Self.logs(try OfficeMorning.requests()).first?.sent)
    let middle = first + .seconds((end - first).wholeSeconds / 2)
    let logs = Self.logs(try OfficeMorning.requests(faults: Self.outage(until: middle)))
    #expect(logs.filter(\.isDone).count == (try Self.taken.get()))
    // Each retry waits at least the first back-off; without timers it would come with whatever message is next.
    let retries = logs.filter { $0.sent < middle && !$0.isDone }
    #expect(retries.count > 1)
  }

  @Test func aCRMThatNeverComesBackEndsTheRunAllTheSame() throws {
    let end = try #require(OfficeMorning.end)
    let logs = Self.logs(try OfficeMorning.requests(faults: Self.outage(until: end + .seconds(1_000_000))))
    #expect(!logs.isEmpty && !logs.contains { $0.isDone })
    #expect(logs.count < 5000)
  }

  @Test func theSameFaultsGiveTheSameRun() throws {
    let script = "  - {name: chance, match: {probability: 0.3}, latencyMilliseconds: 900, action: lose-answer}\n"
    #expect(try OfficeMorning.requests(faults: script) == OfficeMorning.requests(faults: script))
  }
}
