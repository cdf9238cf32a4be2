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
    var list = bindings[number] ?? []
    let index = list.firstIndex { $0.contact == contact.uri }
    guard contact.expiresSeconds > 0 else {
      guard let index else { return nil }
      list.remove(at: index)
      bindingsCount -= 1
      bindings[number] = list.isEmpty ? nil : list
      return .removed(contact: contact.uri, .removed)
    }
    let expires = now + .seconds(Int64(contact.expiresSeconds))
    if let index {
      list[index].expires = expires
    } else {
      guard list.count < bindingsMax, bindingsCount < Self.tableMax else { return .refused(contact: contact.uri) }
      bindingsCount += 1
      list.append(Binding(contact: contact.uri, source: source, expires: expires))
    }
    bindings[number] = list
    deadlines.insert(Deadline(due: expires, number: number, contact: contact.uri))
    dropOldDeadlines()
    return index == nil
      ? .added(contact: contact.uri, expiresSeconds: contact.expiresSeconds)
      : .refreshed(contact: contact.uri, expiresSeconds: contact.expiresSeconds)
  }

  /// `Contact: *` with `Expires: 0`.
  public mutating func removeAll(of number: String) -> [Change] {
    let removed = bindings.removeValue(forKey: number) ?? []
    bindingsCount -= removed.count
    return removed.map { .removed(contact: $0.contact, .removed) }
  }

  /// Takes one contact out, to make room for another.
  mutating func drop(_ contact: String, of number: String) {
    guard var list = bindings[number], let index = list.firstIndex(where: { $0.contact == contact }) else { return }
    list.remove(at: index)
    bindingsCount -= 1
    bindings[number] = list.isEmpty ? nil : list
  }

  /// Every refresh leaves a deadline behind; the queue must not grow with the number of REGISTERs.
  private mutating func dropOldDeadlines() {
    guard deadlines.count > 2 * bindingsCount + 1024 else { return }
    deadlines = Heap(
      bindings.flatMap { number, list in
        list.map { Deadline(due: $0.expires, number: number, contact: $0.contact) }
      })
  }

  /// The next binding whose time is up at `now`, taken out.
  public mutating func popExpired(at now: Instant) -> (number: String, contact: String, at: Instant)? {
    while let first = deadlines.min, first.due <= now {
      deadlines.removeMin()
      guard var list = bindings[first.number],
        let index = list.firstIndex(where: { $0.contact == first.contact && $0.expires <= first.due })
      else { continue }
      list.remove(at: index)
      bindingsCount -= 1
      bindings[first.number] = list.isEmpty ? nil : list
      return (first.number, first.contact, first.due)
    }
    return nil
  }
}
