/// Which of several copies of one trace is read, so that an appliance can carry all of them at once.
///
/// A copy has extensions, calls and legs of its own; who is outside, and the trunks, are the same for all.
public struct TraceCopy: Hashable, Sendable {
  /// Copies there can be.
  public static let countMax = 1 << 20
  /// The trace as it is.
  public static let original = TraceCopy(0)
  /// From 0, which is the original.
  public let index: Int

  /// The copy with this number; one out of bounds is the nearest within.
  public init(_ index: Int) { self.index = min(max(0, index), Self.countMax - 1) }

  /// The extension that a number is in this copy; no number that can be dialled, so that it is no other extension.
  public func number(_ number: String) -> String { index == 0 ? number : "\(number)+\(index)" }

  /// Serial numbers of calls and legs begin after this: no trace has so many that it comes to the next copy's.
  var serialsBefore: Int { index << 40 }

  func party(_ party: Party) -> Party {
    switch party {
    case .account(let number): .account(self.number(number))
    case .trunk: party
    }
  }

  func event(_ event: RegistrationEvent) -> RegistrationEvent {
    guard index > 0 else { return event }
    return RegistrationEvent(
      number: number(event.number), source: event.source, frame: event.frame, time: event.time,
      hasCredentials: event.hasCredentials, userAgent: event.userAgent, outcome: event.outcome)
  }
}

extension Site {
  /// The site with the extensions of so many copies; all else is shared.
  public func amplified(by copies: Int) -> Site {
    guard copies > 1 else { return self }
    var site = self
    for index in 1..<min(copies, TraceCopy.countMax) {
      let copy = TraceCopy(index)
      site.extensions += extensions.map { original in
        var account = original
        account.number = copy.number(original.number)
        return account
      }
    }
    return site
  }
}
