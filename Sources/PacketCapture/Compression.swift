/// How a trace is compressed, and the program that undoes it.
enum Compression: CaseIterable {
  case gzip, zstd, xz, bzip2, lz4

  init?(_ appearance: FileAppearance) {
    switch appearance {
    case .gzip: self = .gzip
    case .zstd: self = .zstd
    case .xz: self = .xz
    case .bzip2: self = .bzip2
    case .lz4: self = .lz4
    case .tar, .zip, .networkMonitor, .snoop, .netXray, .iptrace, .executable, .pdf, .sqlite, .text, .unknown:
      return nil
    }
  }

  var tool: ToolProcess.Tool {
    switch self {
    // 2: bytes behind the end were left alone.
    case .gzip: ToolProcess.Tool(name: "gzip", package: "gzip", arguments: ["-dc"], warnings: [2])
    case .zstd: ToolProcess.Tool(name: "zstd", package: "zstd", arguments: ["-dcq"])
    case .xz: ToolProcess.Tool(name: "xz", package: "xz-utils", arguments: ["-dc", "--memlimit-decompress=512MiB"])
    case .bzip2: ToolProcess.Tool(name: "bzip2", package: "bzip2", arguments: ["-dc"])
    case .lz4: ToolProcess.Tool(name: "lz4", package: "lz4", arguments: ["-dcq"])
    }
  }

  /// Whether a program's message tells of an end that came too early, rather than of bytes that are wrong.
  static func saysCutShort(_ message: String) -> Bool {
    let text = message.lowercased()
    return ["unexpected end", "premature end", "ends unexpectedly", "unfinished stream", "truncated"]
      .contains { text.contains($0) }
  }
}
