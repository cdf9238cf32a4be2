/// A request as a command line for a POSIX shell; its secrets are stand-ins already, for whoever runs it to fill in.
public enum CurlCommand {
  /// One line, whatever is in the texts.
  ///
  /// - Parameters:
  ///   - options: further words, as the shell reads them.
  ///   - fields: header fields in their order.
  public static func text(
    method: String, url: String, options: [String] = [], fields: [(name: String, value: String)] = [], body: String
  ) -> String {
    var words = ["curl", "--include", "--request", quoted(method)] + options
    for field in fields { words += ["--header", quoted("\(field.name): \(field.value)")] }
    if !body.isEmpty { words += ["--data-raw", quoted(body)] }
    words.append(quoted(url))
    return words.joined(separator: " ")
  }

  /// In single quotes, in which a shell reads nothing but the quote itself.
  public static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
