import ConfigurationFiles
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

  /// The file that the site's `crm.connector` names, where the copy looks for it.
  static func copyConnector(of site: String, into out: String) throws {
    let text = try ConfigurationText.read(site)
    let folder = site.lastIndex(of: "/").map { site[...$0] } ?? ""
    var copies: [(from: String, to: String)] = []
    _ = try? SiteFile.read(text: text, path: site) { named in
      let source = named.hasPrefix("/") ? named : folder + named
      copies.append((source, named))
      return (try? ConfigurationText.read(source)).map { (source, $0) }
    }
    for copy in copies {
      guard !copy.to.hasPrefix("/"), !copy.to.split(separator: "/").contains("..") else {
        throw Complaint(
          "\(site): names \(copy.to), which is outside of its folder; put the connector beside the site file",
          .unusableInput)
      }
      try Self.copy(copy.from, to: out + "/" + copy.to)
    }
  }
}
