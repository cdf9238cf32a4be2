extension CloudActionOutcome {
  /// What became of an action that several clouds were asked for: refused where one refuses, done where one has done it.
  init(joining outcomes: [CloudActionOutcome]) {
    self = outcomes.dropFirst().reduce(outcomes.first ?? .unsupported) { left, right in
      switch (left, right) {
      case (.refused, _): left
      case (_, .refused): right
      case (.done(let count), .done(let more)): .done(count + more)
      case (.done, .notFound), (.done, .unsupported), (.notFound, .unsupported): left
      case (.notFound, .done), (.unsupported, .done), (.unsupported, .notFound): right
      case (.notFound, .notFound), (.unsupported, .unsupported): left
      }
    }
  }
}
