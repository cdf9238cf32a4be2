import Cases
import Foundation
import Glibc
import Synchronization

/// A folder of results under the digests of all they depend on, this program among it.
///
/// Several programs may use it at the same time; whoever deletes it loses nothing but time.
final class CellCache: Sendable {
  /// Results kept; past it those that were not used for longest are deleted.
  static let entriesMax = 20_000
  /// No result is longer.
  private static let entryBytesMax = 256 << 20

  private let folder: String
  private let build: String
  private let keys: CellKeys
  private let hits = Atomic<Int>(0)
  private let canWrite = Atomic<Bool>(true)

  /// Complains of a folder that cannot be made or written into.
  init(folder: String, build: String, keys: CellKeys) throws {
    (self.folder, self.build, self.keys) = (folder, build, keys)
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard access(folder, W_OK | X_OK) == 0, CasePath.isDirectory(folder) else {
      throw Complaint("--cache: \(folder) is no folder that can be written into; choose another", .usage)
    }
  }

  /// How many results were there.
  var hitCount: Int { hits.load(ordering: .relaxed) }

  /// The result as it was when the cell ran; nil where the cell has to run.
  func result(of cell: Cell, wantsPictures: Bool) -> CellResult? {
    let key = key(of: cell)
    let path = path(of: key)
    guard ResultFile.isThere(path) else { return nil }
    let stored: StoredCell
    do {
      stored = try StoredFiles.read(StoredCell.self, path, atMost: Self.entryBytesMax)
    } catch {
      StandardError.note("\((error as? Complaint)?.message ?? path); \(cell.id.text) runs again")
      return nil
    }
    guard stored.key == key, stored.result.id == cell.id else {
      StandardError.note("\(path): is the result of another cell; \(cell.id.text) runs again")
      return nil
    }
    guard stored.hasPictures || !wantsPictures else { return nil }
    try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
    hits.wrappingAdd(1, ordering: .relaxed)
    var result = stored.result
    if !wantsPictures { result.ladders = [] }
    return result
  }

  /// Keeps what came of a cell, in one step.
  func keep(_ result: CellResult, of cell: Cell, hasPictures: Bool) {
    // What cannot be used, or makes no sense, is found out faster than it is read.
    guard [.passed, .failed].contains(result.verdict), keys.isUnchanged(cell), !Interrupt.wasRequested else { return }
    let key = key(of: cell)
    let stored = StoredCell(key: key, hasPictures: hasPictures, result: result)
    do { try CaseFiles.write(stored.fileBytes(), to: path(of: key)) } catch {
      guard canWrite.exchange(false, ordering: .relaxed) else { return }
      StandardError.note("--cache: \((error as? Complaint)?.message ?? folder); the result is not kept")
    }
  }

  /// Deletes what is past the limit.
  func trim() {
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let entries = files.filter { $0.hasSuffix(".json") }
    guard entries.count > Self.entriesMax else { return }
    let dated = entries.map { name in
      let facts = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      return (time: facts?[.modificationDate] as? Date ?? .distantPast, name: name)
    }
    for entry in dated.sorted(by: { $0 < $1 }).prefix(entries.count - Self.entriesMax) {
      unlink(folder + "/" + entry.name)
    }
  }

  private func key(of cell: Cell) -> String {
    var digest = ContentDigest()
    digest.add("build", build)
    digest.add("cell", keys.key(of: .cell(cell)))
    return digest.text
  }

  private func path(of key: String) -> String { "\(folder)/\(key.prefix(2))/\(key).json" }
}
