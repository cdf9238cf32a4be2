import CRMConnectors
import Primitives

/// Numbers that are being added, or were just now, over all clients: they are of one organisation, and its search finds
/// nobody who was added a moment ago. Without this, two users whose phones ring for one unknown caller add him twice.
struct AddedCallers: Sendable {
  /// What a question about a number may do.
  enum Permission: Hashable {
    case ask(mayAdd: Bool)
    /// Another client is adding it; ask when that is over.
    case wait
  }

  private struct Memory {
    /// nil where nobody knows whether it was added; only the client that asked may look and try again.
    let record: CRMRecordReference?
    let client: Int
    let until: Instant
  }

  private var asking: [String: (client: Int, questions: Int)] = [:]
  private var memories: [String: Memory] = [:]
  private var order: [String] = []
  private let span: Instant.Span
  private let limit: Int

  init(span: Instant.Span = .seconds(600), limit: Int = 1024) {
    self.span = span
    self.limit = limit
  }

  /// - Parameter number: its digits.
  mutating func begin(_ number: String, by client: Int, at now: Instant) -> Permission {
    if let other = asking[number] {
      guard other.client == client else { return .wait }
      asking[number] = (client, other.questions + 1)
      return .ask(mayAdd: true)
    }
    if let memory = memories[number], now < memory.until {
      guard memory.record == nil, memory.client == client else { return .ask(mayAdd: false) }
    }
    asking[number] = (client, 1)
    return .ask(mayAdd: true)
  }

  /// What the answer means, given what is known of the number.
  mutating func end(
    _ number: String, by client: Int, _ outcome: LookupOutcome, mayAdd: Bool, at now: Instant
  ) -> LookupOutcome {
    if mayAdd, let asked = asking[number], asked.client == client {
      asking[number] = asked.questions > 1 ? (client, asked.questions - 1) : nil
    }
    switch outcome {
    case .added(let record): remember(number, Memory(record: record, client: client, until: now + span))
    case .failed:
      guard mayAdd else { break }
      if memories[number]?.record == nil { remember(number, Memory(record: nil, client: client, until: now + span)) }
    case .missed:
      if let memory = memories[number], now < memory.until, let record = memory.record { return .found(record) }
    case .found, .ambiguous: break
    }
    return outcome
  }

  /// The same over other clients: whatever was on its way is in doubt, and nobody may try again what is.
  func overOtherClients(at now: Instant) -> AddedCallers {
    var result = AddedCallers(span: span, limit: limit)
    for number in order {
      guard let memory = memories[number] else { continue }
      result.remember(number, Memory(record: memory.record, client: Self.nobody, until: memory.until))
    }
    for number in asking.keys.sorted() where memories[number]?.record == nil {
      result.remember(number, Memory(record: nil, client: Self.nobody, until: now + span))
    }
    return result
  }

  /// No client.
  private static let nobody = -1

  private mutating func remember(_ number: String, _ memory: Memory) {
    if memories.updateValue(memory, forKey: number) == nil { order.append(number) }
    while order.count > limit { memories.removeValue(forKey: order.removeFirst()) }
  }
}
