import Glibc

/// An open file descriptor that takes output.
public struct OutputDescriptor: Hashable, Sendable {
  /// The file descriptor's number; whoever opened it closes it.
  public let rawValue: Int32

  /// Writes to a descriptor that is open already.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Writes all of `bytes`, however many pieces the system takes them in and whatever signals come between.
  /// - Throws: what the system said; an unknown part of `bytes` was written before.
  public func write(_ bytes: [UInt8]) throws(WriteError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        Glibc.write(rawValue, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw WriteError(code: errno) }
      done += written
    }
  }

  /// The system refused to write.
  public struct WriteError: Error, Hashable, Sendable {
    /// `errno` after the refused write.
    public let code: Int32
  }
}
