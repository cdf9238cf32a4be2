import ArgumentParser

/// What a run's invented identifiers follow from.
struct SeedOption: ParsableArguments {
  @Option(name: .customLong("seed"), help: "Number from which every invented identifier follows.")
  var number: UInt64 = 1
}
