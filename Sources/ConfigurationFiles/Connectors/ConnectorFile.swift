public import CRMConnectors

/// A connector's file: the description of a CRM's API, and examples of its requests and answers.
public struct ConnectorFile: Hashable, Sendable {
  /// What the appliance's engine speaks by.
  public var description: ConnectorDescription
  /// The parameters the examples were made with.
  public var exampleParameters: DescribedCredentials
  /// Requests and answers, each held against the description when the file is read.
  public var examples: [ConnectorExample]
  /// What the description leaves to defaults, one line each.
  public var defaults: [String]

  /// Reads a connector's file.
  ///
  /// - Parameter path: the file's name for errors; nothing is opened.
  /// - Throws: everything that is wrong, with line and column: unknown keys and variables, values of the wrong kind,
  ///   what is missing, and examples that the description does not bear out.
  public static func read(text: String, path: String) throws(ConfigurationErrors) -> ConnectorFile {
    let errors = ErrorCollector(path: path)
    let root = Entry(value: try YAMLDocument.read(text, path: path), keyPath: "", errors: errors)
    let file = ConnectorReader().read(root)
    if let found = errors.summary { throw found }
    guard let file else {
      throw ConfigurationErrors(
        first: ConfigurationError(
          file: path, line: 1, column: 1, keyPath: "", message: "the file describes no connector", remedy: nil))
    }
    return file
  }
}

/// One request of a description and its answer.
public struct ConnectorExample: Hashable, Sendable {
  /// In the words of whoever wrote it.
  public var name: String
  /// What is asked.
  public var operation: ConnectorTrial.Operation
  /// Of an operation that has one.
  public var table: CRMTable
  /// The server's answer.
  public var answer: ExampleAnswer
  /// What the description makes of it.
  public var outcome: ConnectorTrial.Outcome
}
