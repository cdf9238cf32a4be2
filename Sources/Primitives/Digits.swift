extension StringProtocol {
  /// Whether there is nothing here but the ASCII digits 0-9, in a count of `lengths`.
  public func isDigits(_ lengths: ClosedRange<Int>) -> Bool {
    lengths.contains(utf8.count) && utf8.allSatisfy { (48...57).contains($0) }
  }
}
