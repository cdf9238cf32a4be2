import CRMCloud
import CRMConnectors
import CRMTransport
import CertificateAuthority
import ConnectorCompatTest
import Dispatch
import Foundation
import JSON
import Primitives
import SimulationRuntime
import Synchronization
import TestSupport
import Testing

@testable import CloudServer

/// The table of expectations once more, with TLS and HTTP between every client and its cloud.
@Suite(.serialized) struct EveryConnectorOverHTTPSTests {
  @Test(arguments: CompatSubjects.all.map(\.system))
  func meetsEveryExpectation(system: CRMSystem) async throws {
    let subject = try #require(CompatSubjects.all.first { $0.system == system })
    let findings = try await waiting {
      CompatExpectation.all.flatMap { expectation in
        expectation.run(subject) { contents in try HTTPSServer(contents) }
      }
    }
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }
}

/// A cloud on a port of its own, asked as the appliance asks it. Its calls block, so they come from no task.
private final class HTTPSServer: CompatServer {
  private let cloud: ServedCloud<CRMClouds>
  private let folder: TemporaryDirectory
  private let backend: HTTPSBackend
  private let running: Task<Void, any Error>

  init(_ contents: CloudContents) throws {
    let served = try ServedCloud(
      try CRMClouds(contents, seed: 1), clock: .followingRequests, seed: 1, wall: { .epoch })
    let folder = try TemporaryDirectory()
    let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
    let authority = try CertificateAuthority(named: "Test", at: now)
    try folder.write(Array(authority.identity.certificatePEM.utf8), to: "ca.pem")
    let hosts = try blocking { await served.hosts.map(\.name) }
    let options = CloudService<CRMClouds>.Options(
      addresses: [ListenAddress(host: "127.0.0.1", port: 0, isSecure: true)],
      identity: try authority.issue(for: ["127.0.0.1"] + hosts, at: now),
      reading: AdminReading(
        data: { (_) throws(AdminReading.Failure) in throw AdminReading.Failure("no data") },
        faults: { (_) throws(AdminReading.Failure) in throw AdminReading.Failure("no faults") }))
    let service = CloudService(served, options) { _ in }
    let (stream, continuation) = AsyncStream.makeStream(of: [CloudService<CRMClouds>.Place].self)
    running = Task {
      try await service.run(
        stopsAtSignals: false,
        isReady: {
          continuation.yield($0)
          continuation.finish()
        })
    }
    let port = try blocking {
      var port = 0
      for await places in stream { port = places.first?.address.port ?? 0 }
      return port
    }
    var way = HTTPSOptions()
    way.detour = try HTTPSOptions.Detour(url: "https://127.0.0.1:\(port)")
    way.trustedCertificates = folder.path("ca.pem")
    way.answerTimeMilliseconds = 10_000
    way.tellsTime = true
    (cloud, self.folder, backend) = (served, folder, try HTTPSBackend(way))
  }

  deinit { running.cancel() }

  func carryOut(_ request: CRMRequest, at now: Instant) -> CRMAnswer { backend.begin(request, at: now).answer() }

  func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    let cloud = cloud
    return (try? blocking { try await cloud.carryOut(action) }) ?? .unsupported
  }

  func dump(_ kind: String) -> [JSONValue]? {
    let cloud = cloud
    return (try? blocking { await cloud.dump(kind) }) ?? nil
  }
}

/// What comes of `work`, waited for by a thread that is no task's.
private func blocking<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) throws -> Result {
  let slot = Slot<Result>()
  Task.detached {
    do { slot.fill(.success(try await work())) } catch { slot.fill(.failure(error)) }
  }
  return try slot.wait()
}

private final class Slot<Value: Sendable>: Sendable {
  private let value = Mutex<Swift.Result<Value, any Error>?>(nil)
  private let filled = DispatchSemaphore(value: 0)

  func fill(_ result: Swift.Result<Value, any Error>) {
    value.withLock { $0 = result }
    filled.signal()
  }

  func wait() throws -> Value {
    filled.wait()
    guard let result = value.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }
}
