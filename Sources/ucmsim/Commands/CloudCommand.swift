import ArgumentParser
import CRMCloud
import CertificateAuthority
import CloudServer
import CloudStorage
import Dispatch
import Foundation
import Primitives
import Synchronization

/// `ucmsim cloud`: the CRM clouds behind HTTPS, for the appliance and for other people's clients.
struct CloudCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cloud",
    abstract: "Serve the CRM's cloud over HTTPS.",
    discussion: """
      One listener answers for every host of the CRM, told apart by the Host header; with --port-per-host each host \
      has a port of its own besides. The certificate is of an authority of the cloud's own: --ca-out writes what \
      clients have to trust. Runs until SIGINT or SIGTERM; then the exit code is 0.

      Examples:
        ucmsim cloud --data crm.yaml --ca-out ca.pem --admin-port 8444
        ucmsim cloud --state ./cloud --ca-out ca.pem --clock 2019-06-02T09:00:00Z
        ucmsim cloud --data crm.yaml --clock requests --ca-out ca.pem &
        ucmsim replay morning.pcap --model ucm6304 --site office.yaml --crm-url https://127.0.0.1:8443 --crm-ca ca.pem
      """)

  @OptionGroup var listening: CloudListeningOptions
  @OptionGroup var content: CloudContentOptions

  @Option(
    help: ArgumentHelp("Folder for cloud.jsonl, every request and answer without its secrets.", valueName: "folder"))
  var out: String?

  func run() throws {
    let start = WallTime.now
    let cloud = try content.cloud(journal: try journal())
    let hosts = HeldHosts(of: cloud).wait()
    let identity = try listening.identity(state: content.state, hosts: hosts, at: start)
    var options = CloudService<CRMClouds>.Options(
      addresses: listening.addresses(hosts: hosts), identity: identity, reading: content.reading)
    options.adminPort = listening.adminPort
    try serve(cloud, options)
  }

  private func journal() throws -> CloudJournal? {
    guard let out else { return nil }
    mkdir(out, 0o755)
    do throws(CloudServerError) { return try CloudJournal(path: out + "/cloud.jsonl") } catch {
      throw Complaint(error.description, .usage)
    }
  }

  private func serve(_ cloud: ServedCloud<CRMClouds>, _ options: CloudService<CRMClouds>.Options) throws {
    let service = CloudService(cloud, options) { StandardError.note($0) }
    let ending = CloudEnding(cloud)
    Task.detached {
      do {
        try await service.run(
          isReady: { CloudPlaces.tell($0) },
          isStopping: { ending.hurry() })
        await ending.end(nil)
      } catch { await ending.end(error) }
    }
    if let error = ending.wait() { throw Self.complaint(of: error) }
  }

  private static func complaint(of error: any Error) -> Complaint {
    switch error {
    case let error as CloudServerError: Complaint(error.description, .usage)
    case let error as CloudStoreError: error.complaint
    default: Complaint("the server stopped: \(type(of: error))", .internalError)
    }
  }
}

extension CloudStoreError {
  var complaint: Complaint { Complaint(description, isUnusableInput ? .unusableInput : .internalError) }
}

/// The hosts that a cloud answers for: where a CRM on a server of its own is, its data and its state say.
private final class HeldHosts: Sendable {
  private let found = DispatchSemaphore(value: 0)
  private let hosts = Mutex<[VirtualHost]>([])

  init(of cloud: ServedCloud<CRMClouds>) {
    Task.detached {
      let held = await cloud.hosts
      self.hosts.withLock { $0 = held }
      self.found.signal()
    }
  }

  func wait() -> [VirtualHost] {
    found.wait()
    return hosts.withLock { $0 }
  }
}

/// The one end of a server: what is kept is written out, whatever else still goes on.
private final class CloudEnding: Sendable {
  private let cloud: ServedCloud<CRMClouds>
  private let ended = DispatchSemaphore(value: 0)
  private let state = Mutex<(isOver: Bool, error: (any Error)?)>((false, nil))

  init(_ cloud: ServedCloud<CRMClouds>) { self.cloud = cloud }

  /// Ends in less than two seconds from now, even if a connection does not.
  func hurry() {
    Task.detached {
      try? await Task.sleep(for: .milliseconds(1800))
      await self.end(nil)
    }
  }

  func end(_ error: (any Error)?) async {
    let isFirst = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver
    }
    guard isFirst else { return }
    var error = error
    do { try await cloud.close() } catch let failure { error = error ?? failure }
    state.withLock { [error] state in state.error = error }
    ended.signal()
  }

  func wait() -> (any Error)? {
    ended.wait()
    return state.withLock { $0.error }
  }
}

/// The machine's clocks, at the edge.
enum WallTime {
  private static let start = ContinuousClock.now

  // Neither by `clock_gettime`, for the reason that `FileState` gives.
  static var now: Instant {
    let seconds = Date().timeIntervalSince1970
    let whole = seconds.rounded(.down)
    return Instant(seconds: Int64(whole), nanoseconds: Int64((seconds - whole) * 1e9))
  }

  /// Never goes back, and tells no time of day.
  static var monotonic: Instant {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Instant(seconds: seconds, nanoseconds: attoseconds / 1_000_000_000)
  }
}
