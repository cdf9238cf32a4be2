import Primitives

/// Numbers being added or added just now, so that none is added twice: not by a second question while the first is on
/// its way, and not by a search that misses because the index lags behind.
struct AddedNumbers {
  enum Knowledge: Hashable {
    case unknown
    case beingAdded
    case added(CRMRecordReference)
    /// Asked for, but the answer never came or could not be read.
    case unconfirmed
  }

  private struct Memory {
    let record: CRMRecordReference?
    let until: Instant
  }

  private var followers: [String: [LookupQuestion.ID]] = [:]
  private var memories: [String: Memory] = [:]
  /// Numbers in `memories`, oldest first.
  private var order: [String] = []
  private let span: Instant.Span
  private let limit: Int

  init(span: Instant.Span, limit: Int) {
    self.span = span
    self.limit = max(0, limit)
  }

  /// - Parameter number: its digits, so that two spellings are one number.
  func knowledge(of number: String, at now: Instant) -> Knowledge {
    if followers[number] != nil { return .beingAdded }
    guard let memory = memories[number], now < memory.until else { return .unknown }
    return memory.record.map(Knowledge.added) ?? .unconfirmed
  }

  mutating func begin(_ number: String) {
    followers[number] = []
  }

  /// `question` is answered when the number being added is.
  mutating func follow(_ number: String, _ question: LookupQuestion.ID) {
    followers[number]?.append(question)
  }

  /// Ends the adding of `number` and returns who else waited for it.
  /// - Parameter record: nil with `leavesDoubt` for an answer that never came.
  mutating func end(
    _ number: String, record: CRMRecordReference?, leavesDoubt: Bool, at now: Instant
  ) -> [LookupQuestion.ID] {
    if record != nil || leavesDoubt { remember(number, Memory(record: record, until: now + span)) }
    return followers.removeValue(forKey: number) ?? []
  }

  private mutating func remember(_ number: String, _ memory: Memory) {
    if memories.updateValue(memory, forKey: number) != nil { order.removeAll { $0 == number } }
    order.append(number)
    while order.count > limit { memories.removeValue(forKey: order.removeFirst()) }
  }
}
