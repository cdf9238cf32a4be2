import PBXModel
import Primitives
import Simulation

/// An explanation for people: a heading for each stage, its facts, its rules, and at the end the first cause.
public struct ExplanationText {
  private let explanation: Explanation
  private let width: Int
  private var lines: [String] = []

  /// Columns of a line, unless a word is longer.
  public static let defaultWidth = 112

  /// - Parameter width: columns a line may have; 40 at least.
  public init(_ explanation: Explanation, width: Int = defaultWidth) {
    self.explanation = explanation
    self.width = max(40, width)
    write()
  }

  /// Every line ended.
  public var text: String { lines.map { $0 + "\n" }.joined() }

  private mutating func write() {
    lines = CallHeading(call: explanation.call, timeZone: explanation.timeZone).lines.map { DisplayWidth.printable($0) }
    for (index, step) in explanation.steps.enumerated() {
      lines.append("")
      lines.append("\(index + 1). \(step.stage.title)")
      for fact in step.facts { add(fact.text, indent: fact.isDetail ? 6 : 3, hanging: 2) }
      if step.stage == .rows { for index in explanation.rows.indices { addFields(of: index) } }
      for rule in step.rules { add(Self.words(rule), indent: 3, hanging: 6, mark: "rule: ") }
    }
    if !explanation.assumptions.isEmpty {
      lines += ["", "Leaned on, because nobody knows better"]
      for line in explanation.assumptionLines { add(line, indent: 3, hanging: 2) }
    }
    lines += ["", "First cause of anything unusual"]
    add(explanation.cause.map(Self.words) ?? "nothing unusual", indent: 3, hanging: 2)
  }

  private mutating func addFields(of index: Int) {
    let row = explanation.rows[index].record
    let fields = explanation.setting.schema.fields.map { (field: $0, rule: CDRFieldRule($0, in: row)) }
      .filter { $0.rule.kind == .derived }
    add("columns of row \(index + 1) that follow from a rule", indent: 3, hanging: 2)
    for (field, rule) in fields {
      let value = DisplayWidth.truncated(DisplayWidth.printable(field.text(of: row, in: explanation.timeZone)), to: 64)
      let shown = value.isEmpty ? "empty" : value
      add("\(field.rawValue) = \(shown): \(Self.words(rule.rule))", indent: 6, hanging: 2)
    }
  }

  fileprivate static func words(_ rule: ExplanationRule) -> String {
    "\(rule.text) [\(rule.certainty.rawValue), \(rule.source)]"
  }

  fileprivate static func words(_ cause: UnusualCause) -> String {
    guard let frame = cause.frame else { return cause.sentence }
    return "\(cause.sentence.dropLast()) (frame \(frame))."
  }

  private mutating func add(_ text: String, indent: Int, hanging: Int, mark: String = "") {
    lines += WrappedText.lines(text, indent: indent, hanging: hanging, width: width, mark: mark)
  }
}

extension Explanation.Step {
  /// Facts and rules, a line each, made printable.
  public var lines: [String] {
    facts.map { DisplayWidth.printable($0.text) } + rules.map { "rule: \(ExplanationText.words($0))" }
  }
}

extension Explanation {
  /// What it leans on because nobody knows better, a line each, made printable.
  public var assumptionLines: [String] {
    assumptions.map { DisplayWidth.printable("\($0.statement(under: settings)) [\($0.certainty.rawValue)]") }
  }

  /// The first cause of anything unusual, in a sentence; nil for a call like any other.
  public var causeText: String? { cause.map { DisplayWidth.printable(ExplanationText.words($0)) } }
}

extension Explanation.Stage {
  /// As the text says it.
  public var title: String {
    switch self {
    case .messages: "Frames and messages"
    case .dialogs: "Dialogs"
    case .legs: "Legs joined to a call"
    case .routing: "Routing"
    case .admission: "Admission"
    case .lookup: "CRM lookup"
    case .display: "Display"
    case .rows: "CDR rows"
    case .callLog: "CRM call log"
    }
  }
}
