import Foundation
import Glibc

/// Files of a case, as they are written.
enum CaseFiles {
  /// Makes the folders above it, too, and replaces what was there in one step.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw Complaint("cannot write \(path): \(error.localizedDescription)", .internalError)
    }
  }

  static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  /// Copies a file beside the case.
  static func copy(_ source: String, to path: String) throws {
    do {
      let target = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(at: URL(fileURLWithPath: source), to: target)
    } catch {
      throw Complaint("cannot copy \(source) to \(path): \(error.localizedDescription)", .unusableInput)
    }
  }
}
