import HTTPTypes
import JSON
import Primitives

/// One run of a script: its variables, what it wrote, what it returned.
struct DelugeRun {
  /// Statements and values worked out (assumed; Zoho bounds the lines a function runs).
  static let maximumSteps = 5000
  static let maximumVariables = 100
  static let maximumInfos = 100
  static let maximumInfoBytes = 4000

  /// Where it runs: connections and connectors of this organisation are at hand.
  let centre: Int
  let organisation: Int
  let startedAt: Instant
  private(set) var infos: [String] = []
  private(set) var output = JSONValue.null
  var variables: [String: JSONValue]
  private var steps = 0
  private var hasReturned = false

  init(centre: Int, organisation: Int, arguments: [String: JSONValue], at now: Instant) {
    self.centre = centre
    self.organisation = organisation
    startedAt = now
    variables = arguments
  }

  mutating func run(_ script: DelugeScript, in cloud: inout ZohoCloud) throws(DelugeError) {
    try run(script.statements, in: &cloud)
  }

  private mutating func run(_ statements: [DelugeScript.Statement], in cloud: inout ZohoCloud) throws(DelugeError) {
    for statement in statements where !hasReturned {
      try step(statement.line)
      switch statement.kind {
      case .assign(let name, let expression):
        try assign(name, value(expression, in: &cloud), line: statement.line)
      case .info(let expression):
        let text = DelugeText.text(of: try value(expression, in: &cloud))
        if infos.count < Self.maximumInfos { infos.append(String(text.prefix(Self.maximumInfoBytes))) }
      case .returning(let expression):
        if let expression { output = try value(expression, in: &cloud) }
        hasReturned = true
      case .forEach(let name, let list, let body):
        guard let elements = try value(list, in: &cloud).array else {
          throw DelugeError(line: statement.line, message: "for each goes through a list only.")
        }
        for element in elements where !hasReturned {
          try assign(name, element, line: statement.line)
          try run(body, in: &cloud)
        }
      case .call(let expression): _ = try value(expression, in: &cloud)
      }
    }
  }

  mutating func step(_ line: Int) throws(DelugeError) {
    steps += 1
    guard steps <= Self.maximumSteps else {
      throw DelugeError(line: line, message: "The function runs for too long.")
    }
  }

  mutating func assign(_ name: String, _ value: JSONValue, line: Int) throws(DelugeError) {
    guard DelugeText.isBounded(value) else { throw DelugeError(line: line, message: "The value is too large.") }
    guard variables[name] != nil || variables.count < Self.maximumVariables else {
      throw DelugeError(line: line, message: "There are too many variables.")
    }
    variables[name] = value
  }
}
