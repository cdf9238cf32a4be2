import Foundation

/// The traces in a folder and below it, by their names.
struct TraceFolder {
  /// Levels of folders that are searched.
  static let depthMax = 32
  /// Traces of one archive.
  static let tracesMax = 100_000

  /// How names of captures end, before what says how they are compressed.
  private static let captures = ["pcap", "pcapng", "cap", "dmp"]
  private static let compressions = ["gz", "zst", "xz", "bz2", "lz4"]

  /// Paths of the traces that the arguments mean, each with its name in reports: as given, or below its folder.
  ///
  /// Links to folders are not followed, so that no folder contains itself.
  static func search(_ given: [String]) throws -> [(path: String, name: String)] {
    var found: [(path: String, name: String)] = []
    for path in given {
      guard CasePath.isDirectory(path) else {
        found.append((path, path))
        continue
      }
      let before = found.count
      try search(path, named: "", depth: 0) { path, name in
        found.append((path, given.count == 1 ? name : path))
        guard found.count <= tracesMax else {
          throw Complaint("more than \(tracesMax) traces; give fewer folders", .usage)
        }
      }
      if found.count == before {
        throw Complaint(
          "\(path): holds no trace, neither itself nor below; traces are files that end in "
            + captures.map { "." + $0 }.joined(separator: ", ") + ", compressed or not", .unusableInput)
      }
    }
    return found
  }

  private static func search(
    _ folder: String, named prefix: String, depth: Int, found: (String, String) throws -> Void
  ) throws {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }
    for name in names.sorted() {
      let path = folder + (folder.hasSuffix("/") ? "" : "/") + name
      guard let state = FileState(path, followsLinks: false) else { continue }
      if state.isDirectory {
        if depth < depthMax { try search(path, named: prefix + name + "/", depth: depth + 1, found: found) }
      } else if isTrace(name), FileState(path)?.isRegular == true {
        try found(path, prefix + name)
      }
    }
  }

  /// `monday.pcap`, `monday.pcap3` as tcpdump -C counts them, `monday.pcapng.gz`.
  static func isTrace(_ name: String) -> Bool {
    var parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    if let last = parts.last, compressions.contains(String(last)) { parts.removeLast() }
    guard parts.count > 1, let last = parts.last else { return false }
    let ending = last.reversed().drop { ("0"..."9").contains($0) }.reversed()
    return captures.contains(String(ending))
  }
}
