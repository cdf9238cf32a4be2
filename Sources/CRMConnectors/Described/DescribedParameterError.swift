import Primitives

/// Why what a user entered does not fit the parameters of a description. Holds no value.
public enum DescribedParameterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// This one has to be entered.
  case missing(String)
  /// The description has none of this name; those it has.
  case unknown(String, known: [String])
  /// The value is none of its kind; what would be.
  case wrongKind(String, wanted: String)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .missing(let name): "the parameter `\(name)` is missing"
    case .unknown(let name, let known):
      "the connector has no parameter `\(name)`"
        + (Spelling.nearest(to: name, among: known).map { "; did you mean `\($0)`?" }
          ?? (known.isEmpty ? "; it has none" : "; it has \(known.joined(separator: ", "))"))
    case .wrongKind(let name, let wanted): "the parameter `\(name)` is not \(wanted)"
    }
  }
}

extension ConnectorDescription {
  /// Everything that is wrong with what a user entered.
  public func faults(of credentials: DescribedCredentials) -> [DescribedParameterError] {
    let names = parameters.map(\.name)
    let unknown = credentials.parameters.keys.filter { !names.contains($0) }.sorted()
    return unknown.map { .unknown($0, known: names) }
      + parameters.compactMap { parameter in
        guard let value = credentials.parameters[parameter.name]?.value ?? parameter.standard else {
          return .missing(parameter.name)
        }
        return parameter.bound(value) == nil ? .wrongKind(parameter.name, wanted: parameter.wanted) : nil
      }
  }

  func bindings(of credentials: DescribedCredentials) throws(ConnectorSettingsError) -> DescribedBindings {
    if let fault = faults(of: credentials).first { throw .parameter(fault) }
    var bindings = DescribedBindings()
    for parameter in parameters {
      let value = credentials.parameters[parameter.name]?.value ?? parameter.standard
      bindings[parameter: parameter.name] = value.flatMap(parameter.bound)
    }
    return bindings
  }
}

extension DescribedParameter {
  /// Whether `value` is one of the parameter's.
  public func takes(_ value: String) -> Bool { bound(value) != nil }

  /// What may be entered, for errors.
  public var wanted: String {
    switch kind {
    case .text, .secret: "a text"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    }
  }

  fileprivate func bound(_ value: String) -> DescribedBindings.Bound? {
    switch kind {
    case .text, .secret: .text(value)
    case .integer: Int64(value).map { .integer($0) }
    case .boolean: value == "true" ? .boolean(true) : value == "false" ? .boolean(false) : nil
    case .choice(let words): words.contains(value) ? .text(value) : nil
    }
  }
}
