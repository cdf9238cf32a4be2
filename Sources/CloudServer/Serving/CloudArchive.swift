public import CRMCloud
public import CloudStorage
import Foundation
import HTTPTypes
import Primitives

/// A cloud's memory beyond its process: the store, in the words of one kind of cloud.
public struct CloudArchive<Kept: Cloud & Codable>: Sendable {
  private struct Snapshot: Codable {
    var cloud: Kept
    var clock: CloudClock
  }

  private let store: CloudStore

  /// Keeps clouds in `store`.
  public init(_ store: CloudStore) { self.store = store }

  /// The cloud as it was when its last request was answered; nil where none has been kept.
  func restored() throws(CloudStoreError) -> (cloud: Kept, clock: CloudClock)? {
    let contents = try store.contents()
    guard let text = contents.snapshot else { return nil }
    var snapshot: Snapshot
    do { snapshot = try JSONDecoder().decode(Snapshot.self, from: Data(text)) } catch {
      throw CloudStoreError(
        .damaged, path: store.path, message: "what is kept is not the state of a cloud of this version")
    }
    for kept in contents.requests {
      _ = snapshot.cloud.respond(to: kept.request, body: kept.body, at: kept.time)
      snapshot.clock.note(kept.time)
    }
    return (snapshot.cloud, snapshot.clock)
  }

  func append(_ request: HTTPRequest, _ body: [UInt8], at now: Instant) throws(CloudStoreError) {
    try store.append(CloudStore.Request(time: now, request: request, body: body))
  }

  func keep(_ cloud: Kept, _ clock: CloudClock) throws(CloudStoreError) {
    let text: Data
    do { text = try JSONEncoder().encode(Snapshot(cloud: cloud, clock: clock)) } catch {
      throw CloudStoreError(.other, path: store.path, message: "the cloud's state cannot be written")
    }
    try store.replace(with: [UInt8](text))
  }

  func close() throws(CloudStoreError) { try store.close() }
}
