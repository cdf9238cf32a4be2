import Dispatch
import Synchronization

/// Runs cells on several threads; what comes out does not depend on how many.
enum CellWorkers {
  /// Calls `work` for 0, 1, … and gives the results in that order.
  ///
  /// - Parameters:
  ///   - jobs: threads at most.
  ///   - isLast: whether nothing after this result is wanted. Later ones may have been worked on and are dropped.
  static func run<Result: Sendable>(
    count: Int, jobs: Int, isLast: @Sendable (Result) -> Bool, work: @Sendable (Int) -> Result
  ) -> [Result] {
    let next = Atomic<Int>(0)
    let end = Atomic<Int>(count)
    let results = Mutex<[Int: Result]>([:])
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < end.load(ordering: .relaxed), !Interrupt.wasRequested else { return }
        let result = work(index)
        if isLast(result) { _ = end.min(index + 1, ordering: .relaxed) }
        results.withLock { $0[index] = result }
      }
    }
    let wanted = end.load(ordering: .relaxed)
    return results.withLock { results in (0..<wanted).compactMap { results[$0] } }
  }
}
