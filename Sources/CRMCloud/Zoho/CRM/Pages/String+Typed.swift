extension String {
  /// Without the blanks around it that typing leaves.
  var trimmed: String {
    var text = Substring(self)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text.drop { $0.isWhitespace })
  }

  /// `1 call`, `2 calls`.
  func counted(_ count: Int) -> String { count == 1 ? "1 \(self)" : "\(count) \(self)s" }

  /// With its first letter large, as labels are.
  var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
