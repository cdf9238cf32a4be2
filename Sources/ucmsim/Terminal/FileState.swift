import Foundation

/// What the system says of a file without reading it.
///
/// Not by `stat`: in a module that imports Foundation and Dispatch, too, the compiler of 6.3 cannot always say whose
/// member `st_size` is.
struct FileState: Hashable {
  private let kind: FileAttributeType?
  /// Device and file there.
  private let identity: [String]
  private let bytes: String
  private let changed: TimeInterval
  /// Who may do what, as `chmod` has it; nil where nobody says.
  let permissions: Int?

  /// nil where there is none. Of a link itself only where it is not to be followed.
  init?(_ path: String, followsLinks: Bool = true) {
    let place = followsLinks ? CasePath.real(path) ?? path : path
    guard let facts = try? FileManager.default.attributesOfItem(atPath: place) else { return nil }
    func text(_ key: FileAttributeKey) -> String { facts[key].map { "\($0)" } ?? "" }
    kind = facts[.type] as? FileAttributeType
    identity = [text(.systemNumber), text(.systemFileNumber)]
    bytes = text(.size)
    permissions = facts[.posixPermissions] as? Int
    changed = (facts[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
  }

  var isDirectory: Bool { kind == .typeDirectory }
  var isRegular: Bool { kind == .typeRegular }

  /// Whether the two are one file under two names.
  func isSame(as other: FileState) -> Bool { identity == other.identity }
}
