import HeapModule
public import PBXModel
public import Primitives

/// The appliance's location table: which contact each extension is bound to, until when (RFC 3261 section 10.3).
public struct ExtensionRegistry: Sendable {
  /// One contact an extension is bound to.
  public struct Binding: Hashable, Sendable {
    /// The URI as in the REGISTER, without its parameters; unique within an extension.
    public let contact: String
    /// Where the REGISTER that added it came from; a refresh from elsewhere does not change it.
    public let source: IPEndpoint
    /// From this instant on it counts no more.
    public var expires: Instant
    /// The time of its place in the queue, which may be earlier: a refresh does not touch the queue.
    fileprivate var queued: Instant
  }

  /// Bindings of all extensions together; one more is refused.
  public static let tableMax = 100_000

  /// What became of one contact.
  public enum Change: Hashable, Sendable {
    /// A contact not bound before.
    case added(contact: String, expiresSeconds: UInt32)
    /// A contact bound already, which now lives this long from here.
    case refreshed(contact: String, expiresSeconds: UInt32)
    /// A contact bound no more.
    case removed(contact: String, UnregisterReason)
    /// Over the extension's own limit, or over `tableMax`.
    case refused(contact: String)
  }

  private struct Deadline: Comparable {
    let due: Instant
    let number: String
    let contact: String
    static func < (left: Deadline, right: Deadline) -> Bool {
      (left.due, left.number, left.contact) < (right.due, right.number, right.contact)
    }
  }

  private var bindings: [String: [Binding]] = [:]
  private var deadlines = Heap<Deadline>()
  private var bindingsCount = 0
  /// No binding's time is up before; the distant future where there is none. May be earlier than the first such time.
  private(set) var soonestExpiry = Instant.distantFuture

  /// A registry without bindings.
  public init() {}

  /// The contacts of an extension in the order added; empty when it is not registered.
  public func bindings(of number: String) -> [Binding] { bindings[number] ?? [] }
  /// Calls `body` with every binding there is, in no order.
  func forEachBinding(_ body: (_ number: String, Binding) -> Void) {
    for (number, list) in bindings {
      for binding in list { body(number, binding) }
    }
  }
  /// Whether at least one contact is bound. A contact counts until `popExpired(at:)` has taken it out.
  public func isRegistered(_ number: String) -> Bool { bindings[number] != nil }
  /// Extensions with at least one contact.
  public var registeredExtensions: Int { bindings.count }

  /// Adds, refreshes or, with 0 seconds, removes one contact.
  public mutating func apply(
    _ contact: RegistrationEvent.ContactChange, to number: String, source: IPEndpoint, bindingsMax: Int,
    at now: Instant
  ) -> Change? {
    guard contact.expiresSeconds > 0 else {
      return drop(contact.uri, of: number) ? .removed(contact: contact.uri, .removed) : nil
    }
    if refresh(contact, of: number, at: now) {
      return .refreshed(contact: contact.uri, expiresSeconds: contact.expiresSeconds)
    }
    guard bindings[number]?.count ?? 0 < bindingsMax, bindingsCount < Self.tableMax else {
      return .refused(contact: contact.uri)
    }
    let expires = now + .seconds(Int64(contact.expiresSeconds))
    bindingsCount += 1
    bindings[number, default: []].append(
      Binding(contact: contact.uri, source: source, expires: expires, queued: expires))
    enqueue(number, contact.uri, expires)
    return .added(contact: contact.uri, expiresSeconds: contact.expiresSeconds)
  }

  /// Gives a contact that is bound already the time asked for.
  ///
  /// - Returns: false where it is not bound or no time is asked for; nothing has changed then.
  mutating func refresh(_ contact: RegistrationEvent.ContactChange, of number: String, at now: Instant) -> Bool {
    guard contact.expiresSeconds > 0, let place = bindings.index(forKey: number),
      let index = bindings.values[place].firstIndex(where: { $0.contact == contact.uri })
    else { return false }
    let expires = now + .seconds(Int64(contact.expiresSeconds))
    bindings.values[place][index].expires = expires
    if expires < bindings.values[place][index].queued {
      bindings.values[place][index].queued = expires
      enqueue(number, contact.uri, expires)
    }
    return true
  }

  /// `Contact: *` with `Expires: 0`.
  public mutating func removeAll(of number: String) -> [Change] {
    let removed = bindings.removeValue(forKey: number) ?? []
    bindingsCount -= removed.count
    return removed.map { .removed(contact: $0.contact, .removed) }
  }

  /// Takes one contact out.
  ///
  /// - Returns: whether it was bound.
  @discardableResult
  mutating func drop(_ contact: String, of number: String) -> Bool {
    guard let index = bindings[number]?.firstIndex(where: { $0.contact == contact }) else { return false }
    remove(index, of: number)
    return true
  }

  private mutating func remove(_ index: Int, of number: String) {
    bindings[number]?.remove(at: index)
    if bindings[number]?.isEmpty == true { bindings[number] = nil }
    bindingsCount -= 1
  }

  private mutating func enqueue(_ number: String, _ contact: String, _ due: Instant) {
    deadlines.insert(Deadline(due: due, number: number, contact: contact))
    soonestExpiry = min(soonestExpiry, due)
    // What is taken back leaves a deadline behind; the queue must not grow with the number of REGISTERs.
    guard deadlines.count > 2 * bindingsCount + 1024 else { return }
    deadlines = Heap(
      bindings.flatMap { number, list in
        list.map { Deadline(due: $0.queued, number: number, contact: $0.contact) }
      })
  }

  /// The next binding whose time is up at `now`, taken out.
  public mutating func popExpired(at now: Instant) -> (number: String, contact: String, at: Instant)? {
    defer { soonestExpiry = deadlines.min?.due ?? .distantFuture }
    while let first = deadlines.min, first.due <= now {
      deadlines.removeMin()
      guard let place = bindings.index(forKey: first.number),
        let index = bindings.values[place].firstIndex(where: { $0.contact == first.contact && $0.queued == first.due })
      else { continue }
      let expires = bindings.values[place][index].expires
      if expires > first.due {
        bindings.values[place][index].queued = expires
        enqueue(first.number, first.contact, expires)
        continue
      }
      remove(index, of: first.number)
      return (first.number, first.contact, expires)
    }
    return nil
  }
}
