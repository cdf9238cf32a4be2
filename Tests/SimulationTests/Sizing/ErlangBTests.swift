import Simulation
import Testing

/// Erlang's loss formula against the tables that everybody uses.
@Suite struct ErlangBTests {
  @Test(arguments: [
    (1.0, 1, 0.5), (2.0, 2, 0.4), (10.0, 10, 0.2146), (10.0, 18, 0.0071), (20.0, 30, 0.0085), (100.0, 117, 0.0098),
    (0.0, 0, 1.0), (0.0, 1, 0.0), (5.0, 0, 1.0),
  ])
  func theShareLostIsThatOfTheTables(erlangs: Double, channels: Int, lost: Double) {
    #expect(abs(ErlangB.blocking(erlangs: erlangs, channels: channels) - lost) < 0.00005)
  }

  @Test(arguments: [
    (10.0, 0.01, 18), (1.0, 0.01, 5), (5.0, 0.01, 11), (20.0, 0.01, 30), (50.0, 0.01, 64), (100.0, 0.01, 117),
    (10.0, 0.001, 21), (10.0, 0.05, 15), (0.0, 0.01, 0), (0.001, 0.01, 1),
  ])
  func theChannelsAreThoseOfTheTables(erlangs: Double, blocking: Double, channels: Int) {
    #expect(ErlangB.channels(erlangs: erlangs, blocking: blocking) == channels)
  }

  @Test func oneChannelLessWouldLoseMore() throws {
    for tenths in stride(from: 1, through: 3000, by: 7) {
      let erlangs = Double(tenths) / 10
      let channels = try #require(ErlangB.channels(erlangs: erlangs, blocking: 0.01))
      #expect(ErlangB.blocking(erlangs: erlangs, channels: channels) <= 0.01)
      #expect(ErlangB.blocking(erlangs: erlangs, channels: channels - 1) > 0.01)
    }
  }

  @Test func muchTrafficNeedsLittleMoreChannelsThanErlangs() throws {
    let channels = try #require(ErlangB.channels(erlangs: 1_000_000, blocking: 0.01))
    #expect((990_000...1_000_000).contains(channels))
  }

  @Test(arguments: [
    (10.0, 0.0), (10.0, 1.0), (10.0, -0.1), (10.0, Double.nan), (Double.infinity, 0.01), (Double.nan, 0.01),
    (1e300, 0.01),
  ])
  func whatHasNoAnswerHasNone(erlangs: Double, blocking: Double) {
    #expect(ErlangB.channels(erlangs: erlangs, blocking: blocking) == nil)
  }
}
