import CRMConnectors
import ConfigurationFiles
import Synchronization

/// Files that many cells share, each read once.
final class CaseSources: Sendable {
  private let sites = Mutex<[String: SiteFile]>([:])
  private let clouds = Mutex<[String: CloudDataFile]>([:])

  /// Files kept of each kind.
  private static let filesMax = 64

  func site(_ path: String) throws -> SiteFile {
    try Self.value(path, in: sites) { try SiteOptions.read(path) }
  }

  func data(_ path: String, for system: CRMSystem) throws -> CloudDataFile {
    try Self.value(path + "\u{0}" + system.rawValue, in: clouds) { try CloudDataText.read(path, for: system) }
  }

  private static func value<Value: Sendable>(
    _ key: String, in kept: borrowing Mutex<[String: Value]>, read: () throws -> Value
  ) throws -> Value {
    if let value = kept.withLock({ $0[key] }) { return value }
    let value = try read()
    kept.withLock { values in
      if values.count >= filesMax { values.removeAll() }
      values[key] = value
    }
    return value
  }
}
