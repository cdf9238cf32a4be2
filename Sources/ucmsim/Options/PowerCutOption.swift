import ArgumentParser
import PBXModel
import Primitives
import SimulationRuntime

/// When the power fails, as `--power-cut-at` has it: a time, or `event:N`.
enum PowerCutOption: ExpressibleByArgument {
  case time(TimeText)
  case event(Int)

  static let eventsMax = 1_000_000_000

  init?(argument: String) { try? self.init(argument) }

  /// For `transform:`, so that the message says what was expected.
  init(_ text: String) throws {
    guard text.hasPrefix("event:") else {
      self = .time(try TimeText.option(text))
      return
    }
    let digits = text.dropFirst("event:".count)
    guard digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits),
      (1...Self.eventsMax).contains(number)
    else {
      throw ValidationError("'\(text)' names no event: write event: and its number from 1, as event:120.")
    }
    self = .event(number)
  }

  func powerCut(in zone: SiteTimeZone) -> PowerCut {
    switch self {
    case .time(let text): .at(text.first(in: zone))
    case .event(let number): .afterEvent(number)
    }
  }
}
