public import JSON
import PBXModel
import Primitives
import Simulation

extension Explanation {
  /// `call` as `calls` has it, `chain` with one object for each stage, `rows`, `crm` as `crm.jsonl` has it,
  /// `assumptions`, and `cause`, which is null where nothing is unusual.
  public var json: JSONValue {
    [
      "call": CallReport.json(call), "model": .string(setting.model),
      "chain": .array(steps.map(json)), "rows": .array(rows.map(json)),
      "crm": .array(observations.exchanges.map(\.line)),
      "assumptions": .array(
        assumptions.map {
          [
            "name": .string($0.rawValue), "statement": .string($0.statement(under: settings)),
            "certainty": .string($0.certainty.rawValue),
          ]
        }),
      "cause": cause.map {
        [
          "kind": .string($0.kind.rawValue), "sentence": .string($0.sentence),
          "frame": .optional($0.frame.map(Int64.init)),
        ]
      } ?? .null,
    ]
  }

  private func json(_ step: Step) -> JSONValue {
    [
      "stage": .string(step.stage.rawValue),
      "facts": .array(
        step.facts.map {
          [
            "text": .string($0.text), "frame": .optional($0.frame.map(Int64.init)), "detail": .bool($0.isDetail),
          ]
        }),
      "rules": .array(step.rules.map(json)),
    ]
  }

  private func json(_ rule: ExplanationRule) -> JSONValue {
    ["text": .string(rule.text), "source": .string(rule.source), "certainty": .string(rule.certainty.rawValue)]
  }

  private func json(_ row: Row) -> JSONValue {
    [
      "reason": .string(row.reason),
      "fields": .array(
        setting.schema.fields.map { field in
          let rule = CDRFieldRule(field, in: row.record)
          return [
            "field": .string(field.rawValue), "value": .string(field.text(of: row.record, in: timeZone)),
            "kind": .string(rule.kind.rawValue), "rule": json(rule.rule),
          ]
        }),
    ]
  }
}
