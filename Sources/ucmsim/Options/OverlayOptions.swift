import ArgumentParser
import Primitives
import Simulation
import SimulationRuntime

/// How often traffic is laid over itself.
struct OverlayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Lay the traffic over itself so many times, with extensions of their own for each copy (1 to "
        + "\(TrafficOverlay.copiesMax)).", valueName: "n"))
  var amplify = 1

  @Option(
    help: ArgumentHelp(
      "From one copy to the next, up to 15m; further copies begin at the front again, so that the busy hour stays.",
      valueName: "time"),
    transform: OverlayOptions.span)
  var amplifyShift: Instant.Span = .seconds(TrafficOverlay.shiftSecondsDefault)

  mutating func validate() throws {
    guard (1...TrafficOverlay.copiesMax).contains(amplify) else {
      throw ValidationError("--amplify takes 1 to \(TrafficOverlay.copiesMax).")
    }
    guard amplifyShift <= .seconds(TrafficOverlay.windowSeconds) else {
      throw ValidationError("--amplify-shift takes 0s to \(TrafficOverlay.windowSeconds)s.")
    }
  }

  var overlay: TrafficOverlay { TrafficOverlay(copies: amplify, shift: amplifyShift) }

  /// Complains of more copies than can be open at once, where each is a reading of its own.
  func checkHandles(traces: Int) throws {
    let most = AmplifiedScan.copiesMax(traces: traces)
    guard amplify <= most else {
      throw Complaint("--amplify \(amplify) would open \(traces) traces too often; at most \(most) times", .usage)
    }
  }

  /// `37s`, `500ms`, `2m`.
  static func span(_ text: String) throws -> Instant.Span {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let milliseconds: [Substring: Int64] = ["ms": 1, "s": 1000, "m": 60_000]
    guard let unit = milliseconds[text[digits.endIndex...]], let count = Int64(digits), count <= 1_000_000 else {
      throw ValidationError("'\(text)' is no time; write 37s, 500ms or 2m.")
    }
    return .milliseconds(count * unit)
  }
}
