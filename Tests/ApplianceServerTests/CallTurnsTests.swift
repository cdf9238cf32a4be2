import Glibc
import Synchronization
import TestSupport
import Testing

@testable import ApplianceServer

/// A thread that changes something, and those who look at it, by turns.
@Suite(.timeLimit(.minutes(2))) struct CallTurnsTests {
  @Test func whoLooksWhileNothingChangesIsServedAtOnce() async {
    let turns = CallTurns()
    #expect(await turns.look(within: .zero) { 7 } == 7)
    turns.beginChanging()
    turns.endChanging()
    #expect(await turns.look(within: .zero) { 8 } == 8)
  }

  @Test func whoWaitsInVainIsToldSo() async {
    let turns = CallTurns()
    turns.beginChanging()
    #expect(await turns.look(within: .milliseconds(1)) { 7 } == nil)
    turns.endChanging()
    #expect(await turns.look(within: .zero) { 7 } == 7)
  }

  @Test func whoChangesWithoutAPauseLetsEverybodyLook() async throws {
    let turns = CallTurns()
    let isOver = Atomic(false)
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    async let changing: Void = waiting {
      while !isOver.load(ordering: .relaxed) {
        turns.beginChanging()
        beginning.yield()
        turns.endChanging()
      }
    }
    for await _ in begun { break }
    let seen = await withTaskGroup(of: Int?.self) { group in
      for number in 0..<200 { group.addTask { await turns.look(within: .seconds(60)) { number } } }
      return await group.reduce(into: Set()) { seen, number in number.map { _ = seen.insert($0) } }
    }
    isOver.store(true, ordering: .relaxed)
    try await changing
    #expect(seen == Set(0..<200))
  }

  @Test func nothingChangesWhileSomebodyLooks() async throws {
    let turns = CallTurns()
    nonisolated(unsafe) var value = 0
    async let changing: Void = waiting {
      for _ in 0..<1000 {
        turns.beginChanging()
        value += 1
        sched_yield()
        value += 1
        turns.endChanging()
      }
    }
    for _ in 0..<200 {
      let isEven = await turns.look(within: .seconds(60)) { value.isMultiple(of: 2) }
      #expect(isEven == true)
    }
    try await changing
    #expect(value == 2000)
  }
}
