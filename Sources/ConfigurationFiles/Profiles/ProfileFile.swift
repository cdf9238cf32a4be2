/// A file of `hardware-profiles/`, or of a folder like it.
public struct ProfileFile: Hashable, Sendable {
  /// Path inside the folder: `models/box1.yaml`.
  public var path: String
  /// What is in it.
  public var text: String
  /// What errors call it.
  public var shownPath: String

  /// - Parameter shownPath: nil for `path`.
  public init(path: String, text: String, shownPath: String? = nil) {
    self.path = path
    self.text = text
    self.shownPath = shownPath ?? path
  }

  /// Somebody's own files beside those they add to; of two with one path, their own stays.
  public static func files(_ own: [ProfileFile], beside others: [ProfileFile]) -> [ProfileFile] {
    let paths = Set(own.map(\.path))
    return others.filter { !paths.contains($0.path) } + own
  }
}
