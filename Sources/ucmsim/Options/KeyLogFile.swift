import PacketFormats

/// A TLS key log a program wrote.
enum KeyLogFile {
  /// Room for the secrets of as many connections as are kept.
  private static let bytesMax = 256 << 20

  /// Tells lines that say nothing by their numbers; a file of nothing else is no key log.
  static func read(_ path: String) throws -> TLSKeyLog {
    var log = TLSKeyLog()
    let problems = log.add(try ConfigurationText.bytes(path, atMost: bytesMax, taking: "a TLS key log"))
    if log.connectionCount == 0, let first = problems.first {
      throw Complaint(
        "\(path):\(first.line): \(first.reason.rawValue); give a key log as SSLKEYLOGFILE makes programs write it",
        .unusableInput)
    }
    for problem in problems { StandardError.note("\(path):\(problem.line): \(problem.reason.rawValue); left out") }
    return log
  }
}
