public import JSON
import PBXModel
import Primitives
public import Simulation

/// What nobody has documented, as rows: what is taken for true, and which settings change it.
public enum AssumptionReport {
  /// One assumption, or one of its settings.
  public struct Row: Hashable, Sendable {
    let assumption: Assumption
    let setting: ApplianceSetting?
  }

  /// Titles of `texts(_:)`.
  public static let columns = [
    (title: "assumption", width: 31), (title: "certainty", width: 9), (title: "setting", width: 25),
    (title: "default", width: 8), (title: "statement", width: 40),
  ]

  /// One for each setting, and one for an assumption without any.
  public static func rows(_ assumption: Assumption) -> [Row] {
    assumption.settings.isEmpty
      ? [Row(assumption: assumption, setting: nil)]
      : assumption.settings.map { Row(assumption: assumption, setting: $0) }
  }

  /// One text for each of `columns`.
  public static func texts(_ row: Row) -> [String] {
    [
      row.assumption.rawValue, row.assumption.certainty.rawValue, row.setting?.rawValue ?? "",
      row.setting.map { ApplianceSettings()[$0].text } ?? "", row.assumption.statement,
    ]
  }

  /// An object with the names of `columns`; null where there is no setting.
  public static func json(_ row: Row) -> JSONValue {
    [
      "assumption": .string(row.assumption.rawValue), "certainty": .string(row.assumption.certainty.rawValue),
      "setting": row.setting.map { .string($0.rawValue) } ?? .null,
      "default": row.setting.map { .string(ApplianceSettings()[$0].text) } ?? .null,
      "statement": .string(row.assumption.statement),
    ]
  }
}
