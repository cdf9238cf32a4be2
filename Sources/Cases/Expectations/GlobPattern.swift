/// A pattern of `*` (any text, none too) and `?` (one character); everything else stands for itself.
///
/// Matching takes at most pattern times text steps, whatever either holds.
public struct GlobPattern: Hashable, Sendable {
  /// As it was written.
  public let text: String
  private let scalars: [Unicode.Scalar]

  /// Any text is a pattern.
  public init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// Whether the whole of `candidate` is of the pattern.
  public func matches(_ candidate: String) -> Bool {
    let candidate = Array(candidate.unicodeScalars)
    var (place, wanted) = (0, 0)
    // Where the last `*` stands, and how far the text was taken for it.
    var star: (pattern: Int, text: Int)?
    while place < candidate.count {
      if wanted < scalars.count, scalars[wanted] == "*" {
        star = (wanted, place)
        wanted += 1
      } else if wanted < scalars.count, scalars[wanted] == "?" || scalars[wanted] == candidate[place] {
        place += 1
        wanted += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        place = last.text + 1
        wanted = last.pattern + 1
      } else {
        return false
      }
    }
    return scalars[wanted...].allSatisfy { $0 == "*" }
  }
}
