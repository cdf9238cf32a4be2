/// Why there is no certificate.
public struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong, for callers that decide by it.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// A certificate or key is not PEM of a kind we know.
    case unreadable
    /// The key is not the certificate's.
    case keyOfAnother
    /// A certificate was asked for nobody.
    case noName
    /// The library refused; see `detail`.
    case cannotIssue
    /// A file or folder could not be read or written; see `detail`.
    case file
  }

  /// What went wrong.
  public let reason: Reason
  /// The file it is about; empty for none.
  public let path: String
  /// The operating system's or the library's words; never a key.
  public let detail: String

  init(_ reason: Reason, path: String = "", detail: String = "") {
    self.reason = reason
    self.path = path
    self.detail = detail
  }

  init(_ reason: Reason, _ error: any Error) {
    self.init(reason, detail: String(describing: type(of: error)))
  }

  func at(_ path: String) -> CertificateError { CertificateError(reason, path: path, detail: detail) }

  /// One line: the file, what went wrong and the remedy.
  public var description: String {
    let more = detail.isEmpty ? "" : " (\(detail))"
    let text =
      switch reason {
      case .unreadable: "is not a certificate with its key in PEM\(more); remove both files to have new ones made"
      case .keyOfAnother: "the key is not the certificate's; remove both files to have new ones made"
      case .noName: "a certificate needs a name"
      case .cannotIssue: "no certificate could be made\(more)"
      case .file: "\(detail); choose another folder or change the permissions"
      }
    return path.isEmpty ? text : "\(path): \(text)"
  }
}
