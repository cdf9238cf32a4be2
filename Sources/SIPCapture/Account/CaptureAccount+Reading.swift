extension CaptureAccount {
  /// Fates and their tallies as a reader wants them: SIP messages first, then the most frames first.
  public var rankedFates: [(fate: Fate, tally: Tally)] {
    fates.sorted { one, other in
      let (left, right) = (one.fate.isOfMessages, other.fate.isOfMessages)
      guard left == right else { return left }
      return (other.tally.frames, one.fate.name) < (one.tally.frames, other.fate.name)
    }
  }

  /// The remarks, by name.
  public var rankedDiagnostics: [(diagnostic: Diagnostic, entry: Entry)] {
    diagnostics.map { ($0.key, $0.value) }.sorted { $0.diagnostic.name < $1.diagnostic.name }
  }

  /// Frames in which messages may have been lost.
  public var framesThatMayHideMessages: Int {
    fates.reduce(0) { $1.fate.mayHideMessages ? $0 + $1.tally.frames : $0 }
  }

  /// Nothing where the frame had no such fate.
  public subscript(fate: Fate) -> Tally? {
    fates.first { $0.fate == fate }?.tally
  }
}

extension CaptureAccount.Fate {
  private static let ofMessages: Set<CaptureAccount.Fate> = [.message, .cutMessage]
  fileprivate var isOfMessages: Bool { Self.ofMessages.contains(self) }
}
