import Primitives

/// The connections alive, in order of activity. Streams 2n and 2n + 1 are the two directions of connection n.
///
/// The streams lie in one flat array so that a segment changes its stream in place.
struct TCPConnectionTable: Sendable {
  /// Both directions of a connection have the same key.
  struct Key: Hashable {
    let lower: IPEndpoint
    let upper: IPEndpoint

    init(_ first: IPEndpoint, _ second: IPEndpoint) {
      let isOrdered = Key.rank(first) <= Key.rank(second)
      lower = isOrdered ? first : second
      upper = isOrdered ? second : first
    }

    private static func rank(_ endpoint: IPEndpoint) -> (UInt8, UInt64, UInt64, UInt16) {
      (endpoint.address.family.rawValue, endpoint.address.high, endpoint.address.low, endpoint.port)
    }
  }

  private struct Connection {
    var key: Key
    var number: Int
    var lastActive: Instant
    var isClosed = false
    var older: Int?
    var newer: Int?
  }

  var streams: [TCPStream] = []
  private var connections: [Connection] = []
  private var indices: [Key: Int] = [:]
  private var free: [Int] = []
  private(set) var oldest: Int?
  private var newest: Int?

  var count: Int { indices.count }

  func find(_ key: Key) -> Int? { indices[key] }

  func lastActive(_ index: Int) -> Instant { connections[index].lastActive }

  func isClosed(_ index: Int) -> Bool { connections[index].isClosed }

  mutating func close(_ index: Int) { connections[index].isClosed = true }

  func direction(ofStream stream: Int) -> TCPReassembler.Direction {
    let connection = connections[stream / 2]
    let isUpward = stream % 2 == 0
    return TCPReassembler.Direction(
      source: isUpward ? connection.key.lower : connection.key.upper,
      destination: isUpward ? connection.key.upper : connection.key.lower, connection: connection.number,
      stream: stream)
  }

  mutating func insert(_ key: Key, number: Int, at now: Instant) -> Int {
    let connection = Connection(key: key, number: number, lastActive: now)
    let index: Int
    if let reused = free.popLast() {
      index = reused
      connections[index] = connection
    } else {
      index = connections.count
      connections.append(connection)
      streams.append(TCPStream())
      streams.append(TCPStream())
    }
    indices[key] = index
    link(index)
    return index
  }

  mutating func touch(_ index: Int, at now: Instant) {
    connections[index].lastActive = now
    guard newest != index else { return }
    unlink(index)
    link(index)
  }

  mutating func restart(_ index: Int, number: Int) {
    connections[index].number = number
    connections[index].isClosed = false
    clearStreams(index)
  }

  mutating func remove(_ index: Int) {
    unlink(index)
    indices[connections[index].key] = nil
    clearStreams(index)
    free.append(index)
  }

  private mutating func clearStreams(_ index: Int) {
    streams[index * 2] = TCPStream()
    streams[index * 2 + 1] = TCPStream()
  }

  private mutating func link(_ index: Int) {
    connections[index].older = newest
    connections[index].newer = nil
    if let newest { connections[newest].newer = index } else { oldest = index }
    newest = index
  }

  private mutating func unlink(_ index: Int) {
    let older = connections[index].older
    let newer = connections[index].newer
    if let older { connections[older].newer = newer } else { oldest = newer }
    if let newer { connections[newer].older = older } else { newest = older }
  }
}
