import Foundation
import Glibc

/// Which files are read, and which are made of them.
struct ScrubFiles {
  /// Traces and what is made of each.
  let traces: [(given: String, new: String)]
  let site: (given: String, new: String)?
  let crmData: (given: String, new: String)?

  init(_ command: ScrubCommand) throws {
    let folder = command.out ?? Self.folder(of: command.files.last ?? "")
    if let out = command.out {
      traces = command.files.map { ($0, out + "/" + Self.pcapName($0)) }
    } else {
      traces = [(command.files[0], command.files[1])]
    }
    site = command.site.map { ($0, folder + "/" + Self.name($0)) }
    // Both are often called after the office, in folders of their own.
    let prefix = command.site.map(Self.name) == command.crmData.map(Self.name) ? "crm-" : ""
    crmData = command.crmData.map { ($0, folder + "/" + prefix + Self.name($0)) }
    try check(command)
  }

  /// Everything that is made.
  var new: [String] { (traces + [site, crmData].compactMap { $0 }).map(\.new) }

  private var given: [String] { (traces + [site, crmData].compactMap { $0 }).map(\.given) }

  private func check(_ command: ScrubCommand) throws {
    guard !given.contains("-"), !new.contains("-") else {
      throw Complaint("scrub reads its traces twice and writes whole files: name files instead of -", .usage)
    }
    for path in given {
      guard let same = new.first(where: { Self.isSame($0, path) }) else { continue }
      throw Complaint("\(same) would replace what it is made of; name another file or folder", .usage)
    }
    guard Set(new).count == new.count else {
      throw Complaint("two of the new files would have the same name; rename one or write them apart", .usage)
    }
    if !command.force, let there = new.first(where: ResultFile.isThere) {
      throw Complaint("\(there) is there already; --force replaces it", .usage)
    }
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    if let first = FileState(one), let second = FileState(other) { return first.isSame(as: second) }
    return one == other
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  static func name(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// What is written is pcap, whatever was read.
  private static func pcapName(_ path: String) -> String {
    let name = name(path)
    guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return name + ".pcap" }
    return name[..<dot] + ".pcap"
  }
}

/// Folders that are there while something is made, and gone afterwards.
struct ScratchFolder: ~Copyable {
  let path: String

  /// - Parameter parent: made when missing.
  init(in parent: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw Complaint("\(parent): cannot be made: \(String(cString: strerror(errno))); choose another folder", .usage)
    }
    // Nobody else reads it: it may hold what is not scrubbed yet.
    var template = Array((parent + "/.ucmsim-scrub-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Complaint(
        "\(parent): cannot be written: \(String(cString: strerror(errno))); choose another folder", .usage)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
