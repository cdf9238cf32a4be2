import CRMConnectors

/// A connector's file, section by section.
struct ConnectorReader {
  private static let keys = [
    "name", "parameters", "server", "authentication", "numbers", "errorCode", "outcomes", "lookup", "create", "find",
    "reportCall", "findCall", "link", "texts", "examples",
  ]

  func read(_ root: Entry) -> ConnectorFile? {
    guard let mapping = root.mapping(keys: Self.keys) else { return nil }
    let name = mapping.required("name")?.text()
    let parameters = mapping["parameters"].map { DescribedParameterReader().read($0) } ?? []
    let authenticationEntry = mapping.required("authentication")
    let words = DescribedWords(
      parameters: parameters,
      hasLogin: authenticationEntry.map(DescribedAuthenticationReader.hasLogin) ?? true)
    let server = mapping["server"].flatMap { serverAddress($0, words) }
    let authentication = authenticationEntry.flatMap { DescribedAuthenticationReader(words: words).read($0) }
    let operations = DescribedOperationReader(words: words)
    let lookup = mapping.required("lookup").map { operations.lookups($0) }
    guard let name, let authentication, let lookup else { return nil }
    var description = ConnectorDescription(name: name, authentication: authentication, lookup: lookup)
    description.parameters = parameters
    description.server = server
    description.numbers = mapping["numbers"].map { DescribedNumberReader().read($0) } ?? []
    description.errorCodes = mapping["errorCode"]?.paths(plural: false) ?? []
    description.outcomes =
      mapping["outcomes"].map { DescribedOutcomeReader(hasCodes: mapping["errorCode"] != nil).read($0) } ?? []
    description.texts = mapping["texts"].map { DescribedTextReader().read($0) } ?? DescribedTexts()
    operations.readWriting(mapping, into: &description)
    report(unused: parameters, of: description, words, mapping["parameters"])
    let file = ConnectorFile(
      description: description, exampleParameters: DescribedCredentials(parameters: [:]), examples: [],
      defaults: Self.defaults(of: mapping, description))
    // Examples can only be held against a description that stands.
    guard root.errors.summary == nil else { return file }
    return mapping["examples"].map { ConnectorExampleReader(description: description).read($0, into: file) } ?? file
  }

  private func serverAddress(_ entry: Entry, _ words: DescribedWords) -> DescribedTemplate? {
    guard let template = words.template(entry, in: .server) else { return nil }
    guard case .literal(let start)? = template.pieces.first, start.hasPrefix("https://") || start.hasPrefix("http://")
    else {
      entry.report("the server's address does not start with https:// or http://", remedy: "write it out")
      return nil
    }
    return template
  }

  private func report(
    unused parameters: [DescribedParameter], of description: ConnectorDescription, _ words: DescribedWords,
    _ entry: Entry?
  ) {
    for parameter in parameters where !words.used.contains(.parameter(parameter.name)) {
      entry?.report(
        "the parameter `\(parameter.name)` is used nowhere",
        remedy: "write {{\(parameter.name)}} where it goes, or leave it out")
    }
  }

  private static func defaults(of mapping: Mapping, _ description: ConnectorDescription) -> [String] {
    var lines: [String] = []
    if mapping["numbers"] == nil { lines.append("numbers: the forms of the site's number plan, the dialled one first") }
    if mapping["server"] == nil { lines.append("server: the site's server address") }
    if mapping["outcomes"] == nil {
      lines.append("outcomes: statuses mean what HTTP says (401 session, 429 throttled, 5xx unavailable)")
    }
    if mapping["errorCode"] == nil { lines.append("errorCode: none; an answer with status 200 is never an error") }
    if mapping["create"] == nil { lines.append("create: unknown callers cannot be added") }
    if mapping["reportCall"] == nil { lines.append("reportCall: calls are not recorded") }
    if case .login(let login) = description.authentication.way, login.expiresIn == nil, login.lifetimeSeconds == nil {
      lines.append("authentication: a token lives 3600 s")
    }
    if description.findCall.map({ $0.more == nil }) ?? false { lines.append("findCall: one page is all there is") }
    if mapping["texts"] == nil, description.reportCall != nil { lines.append("texts: the firmware's own") }
    return lines
  }
}
