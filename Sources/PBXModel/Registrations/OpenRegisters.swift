import DequeModule
import Primitives

/// REGISTER transactions by what their requests and responses share, the oldest first.
///
/// A table of its own because every REGISTER is looked up twice, and hashing its key from the ground up costs more
/// than all else that is done with it.
struct OpenRegisters<Transaction> {
  /// What a response has in common with its request.
  struct Key: Equatable {
    let callID: UInt64
    let cseq: UInt32
    let branch: UInt64
    let source: IPEndpoint

    fileprivate var hash: UInt64 { (callID ^ branch &* 0x9e37_79b9_7f4a_7c15) &+ UInt64(cseq) ^ source.tableHash }
  }

  private var keys: [Key] = []
  /// nil for a place that is free.
  private var transactions: [Transaction?] = []
  private var free: [Int] = []
  private var byKey = HashChains()
  private var order: Deque<(time: Instant, place: Int)> = []

  init() {}

  var count: Int { order.count }
  /// When the oldest was opened.
  var oldest: Instant? { order.first?.time }

  /// Where the transaction with this key is; nil for none.
  func place(of key: Key) -> Int? {
    var place = byKey.first(key.hash)
    while let index = place, keys[index] != key { place = byKey.next(after: index) }
    return place
  }

  /// The transaction at a place that `place(of:)` gave.
  subscript(place: Int) -> Transaction? {
    get { transactions[place] }
    _modify { yield &transactions[place] }
  }

  /// Takes in a transaction whose key is not here yet.
  mutating func insert(_ transaction: Transaction, _ key: Key, at time: Instant) {
    let place = free.popLast() ?? keys.count
    if place == keys.count {
      keys.append(key)
      transactions.append(transaction)
    } else {
      keys[place] = key
      transactions[place] = transaction
    }
    byKey.insert(place, hash: key.hash)
    order.append((time, place))
  }

  /// Takes the oldest out.
  mutating func removeOldest() -> (time: Instant, transaction: Transaction)? {
    guard let (time, place) = order.popFirst(), let transaction = transactions[place].take() else { return nil }
    byKey.remove(place)
    free.append(place)
    return (time, transaction)
  }
}
