public import Foundation

/// A directory of one test's own, gone with the value.
public final class TemporaryDirectory {
  /// Where it is; gone with this value.
  public let url: URL

  /// Makes an empty directory of its own.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "ucmsim-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Where a file of that name is or would be.
  public func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file and gives its path.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: url.appending(path: name))
    return path(name)
  }

  /// The bytes of a file in it.
  public func data(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }
  /// The text of a file in it, bytes that are not UTF-8 replaced.
  public func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

  /// What is in it, sorted.
  public func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}
