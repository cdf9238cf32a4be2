/// What a range of internal numbers is meant for. The raw values are those of `use:` in a profile file.
public enum NumberUse: String, Hashable, Sendable, CaseIterable {
  /// Users' phones; the ranges of two other uses may lie inside (`isPartOfUserExtensions`).
  case userExtensions
  /// Numbers that a new phone's user may choose from.
  case pickExtensions
  /// Numbers that new phones get by themselves.
  case autoProvisionExtensions
  /// Conference rooms.
  case conferences
  /// Ring groups.
  case ringGroups
  /// Call queues.
  case callQueues
  /// Voicemail groups.
  case voicemailGroups
  /// Menus for callers.
  case ivrs
  /// Directories to dial a name in.
  case dialByName
  /// Fax machines.
  case faxExtensions

  /// Whether its range lies inside that of the users instead of beside it.
  public var isPartOfUserExtensions: Bool {
    switch self {
    case .pickExtensions, .autoProvisionExtensions: true
    case .userExtensions, .conferences, .ringGroups, .callQueues, .voicemailGroups, .ivrs, .dialByName,
      .faxExtensions:
      false
    }
  }
}

/// Internal numbers that the appliance keeps for one use unless its ranges are switched off.
public struct NumberRange: Hashable, Sendable, CustomStringConvertible {
  /// The largest number there can be: the web GUI takes no more than 18 digits.
  public static let numberMax = 999_999_999_999_999_999

  /// What the numbers are for.
  public var use: NumberUse
  /// The first and the last number.
  public var numbers: ClosedRange<Int>

  /// Takes both parts as they are.
  public init(use: NumberUse, numbers: ClosedRange<Int>) {
    self.use = use
    self.numbers = numbers
  }

  /// `conferences 6300-6399`.
  public var description: String { "\(use.rawValue) \(numbersText)" }

  /// `6300-6399`.
  var numbersText: String { "\(numbers.lowerBound)-\(numbers.upperBound)" }
}
