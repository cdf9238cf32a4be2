import Foundation

/// Where a server keeps its files: the folder asked for, or one that goes with it.
struct ServeFolder: Sendable {
  let path: String
  private let isTemporary: Bool

  init(_ asked: String?) throws {
    isTemporary = asked == nil
    if let asked {
      path = asked
      guard mkdir(asked, 0o700) == 0 || errno == EEXIST else { throw Self.complaint(asked) }
      return
    }
    var template = Array((NSTemporaryDirectory() + "/ucmsim-serve-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw Self.complaint(NSTemporaryDirectory()) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// - Returns: what `errno` says of it.
  private static func complaint(_ path: String) -> Complaint {
    Complaint("cannot create \(path): \(String(cString: strerror(errno))); choose another folder", .usage)
  }

  func removeIfTemporary() {
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }
}
