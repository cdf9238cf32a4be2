import Foundation
import GRDB
public import HTTPTypes
public import Primitives

/// A cloud's state on disk: a snapshot, and the requests the cloud has answered since.
///
/// A cloud is a function of its state and its requests, so that the two together are its state now. `append` returns
/// when the request can no longer be lost, by a crash or a power cut: a server answers only then. The file holds tokens
/// and people's data; nobody but its owner can read it. For one owner at a time, which a lock sees to.
public final class CloudStore: @unchecked Sendable {
  // GRDB's queue is safe to share, and nothing else here changes.

  /// The database file.
  public let path: String
  private let queue: DatabaseQueue

  /// What is kept of a cloud.
  public struct Contents: Sendable {
    /// The cloud as it was last written out whole, in the words of whoever wrote it; nil for a new file.
    public var snapshot: [UInt8]?
    /// Answered since, in their order.
    public var requests: [Request]
  }

  /// One request the cloud has answered.
  public struct Request: Sendable {
    /// On the cloud's clock.
    public let time: Instant
    /// As the cloud saw it.
    public let request: HTTPRequest
    /// As the cloud saw it.
    public let body: [UInt8]

    /// Takes all as they are.
    public init(time: Instant, request: HTTPRequest, body: [UInt8]) {
      self.time = time
      self.request = request
      self.body = body
    }
  }

  /// Opens `cloud.sqlite`'s file at `path`, or makes it.
  ///
  /// - Throws: for a file of another program or a later version, a damaged one, and one that is in use. It stays as it
  ///   is.
  public init(path: String) throws(CloudStoreError) {
    self.path = path
    try CloudStoreFile(path: path).prepare()
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(1)
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try CloudStoreSchema.prepare(queue, path: path)
    } catch { throw CloudStoreError(error, path: path) }
  }

  /// Everything that is kept.
  public func contents() throws(CloudStoreError) -> Contents {
    do {
      return try queue.read { db in
        let snapshot = try Data.fetchOne(db, sql: "SELECT state FROM snapshot WHERE id = 1")
        let rows = try Row.fetchCursor(db, sql: "SELECT time_ns, head, body FROM request ORDER BY id")
        var requests: [Request] = []
        while let row = try rows.next() {
          guard let head = StoredHead(row["head"] as Data)?.request else {
            throw CloudStoreError(.damaged, path: path, message: "request \(requests.count + 1) cannot be read")
          }
          requests.append(
            Request(time: Instant(nanoseconds: row["time_ns"]), request: head, body: [UInt8](row["body"] as Data)))
        }
        return Contents(snapshot: snapshot.map { [UInt8]($0) }, requests: requests)
      }
    } catch { throw CloudStoreError(error, path: path) }
  }

  /// Keeps one request more; when this returns it is durable.
  public func append(_ request: Request) throws(CloudStoreError) {
    do {
      let head = try StoredHead(request.request).data()
      try queue.write { db in
        let statement = try db.cachedStatement(sql: "INSERT INTO request (time_ns, head, body) VALUES (?, ?, ?)")
        try statement.execute(arguments: [request.time.nanoseconds, head, Data(request.body)])
      }
    } catch { throw CloudStoreError(error, path: path) }
  }

  /// Keeps the cloud whole, in place of what was kept before.
  public func replace(with snapshot: [UInt8]) throws(CloudStoreError) {
    do {
      try queue.write { db in
        try db.execute(
          sql: "INSERT INTO snapshot (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
          arguments: [Data(snapshot)])
        try db.execute(sql: "DELETE FROM request")
      }
    } catch { throw CloudStoreError(error, path: path) }
  }

  /// Folds the log into the one file and closes it. The store is then of no use.
  public func close() throws(CloudStoreError) {
    do {
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try queue.close()
    } catch { throw CloudStoreError(error, path: path) }
  }
}
