public import Cases

/// The results of a suite as GitHub's workflow commands, which it shows beside the lines of the case files.
public enum SuiteAnnotations {
  /// One line for each failed expectation; empty where everything passed.
  public static func github(_ results: [CellResult]) -> String {
    results.flatMap(SuiteFinding.findings).map { finding in
      "::error file=\(property(finding.file)),line=\(finding.line),col=\(finding.column),"
        + "title=\(property(finding.title))::\(data(finding.message))\n"
    }.joined()
  }

  /// A command ends with its line; GitHub takes these bytes percent-encoded.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
