import CRMConnectors

/// `request:` of a description.
struct DescribedRequestReader {
  let words: DescribedWords
  let scope: DescribedWords.Scope

  func read(_ entry: Entry) -> DescribedRequest? {
    let keys = ["method", "path", "query", "headers", "json", "form"] + (scope == .login ? ["address"] : [])
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let method = mapping.required("method")?.choice(of: DescribedRequest.Method.self)
    let path = mapping.required("path").flatMap(self.path)
    guard let method, let path else { return nil }
    var request = DescribedRequest(method: method, path: path)
    request.address = mapping["address"].flatMap { words.template($0, in: scope) }
    let values = DescribedValueReader(words: words, scope: scope)
    request.query = mapping["query"].map(values.members) ?? []
    request.headers = mapping["headers"].map { headers($0, values) } ?? []
    if let json = mapping["json"], let value = values.value(json) {
      if !scope.isHidden { words.refuseSecrets(value.variables, in: "a JSON body", at: json) }
      request.body = .json(value)
    }
    if let form = mapping["form"] {
      if mapping["json"] != nil { form.report("stands beside `json`", remedy: "a request has one body") }
      request.body = .form(values.members(form))
    }
    if method == .get, let body = mapping["json"] ?? mapping["form"] {
      body.report("a GET has no body", remedy: "write POST, or put it under `query`")
    }
    return request
  }

  private func path(_ entry: Entry) -> DescribedTemplate? {
    guard let path = words.template(entry, in: scope) else { return nil }
    guard case .literal(let start)? = path.pieces.first, start.hasPrefix("/") else {
      entry.report(
        "the path does not start with `/`", remedy: "write it from the server's address on, as /crm/v3/objects")
      return nil
    }
    for case .literal(let text) in path.pieces {
      guard !text.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace || !$0.isASCII }) else {
        entry.report(
          "the path holds `?`, `#`, spaces or letters outside of ASCII", remedy: "what follows a `?` goes under `query`"
        )
        return nil
      }
    }
    words.refuseSecrets(path.variables, in: "a path", at: entry)
    return path
  }

  func headers(_ entry: Entry, _ values: DescribedValueReader) -> [DescribedValue.Member] {
    for item in entry.dictionary(of: "header fields") where !DescribedRequest.isHeaderName(item.key) {
      item.keyEntry.report("`\(Entry.shown(item.key))` is no name of a header field")
    }
    return values.members(entry)
  }
}
