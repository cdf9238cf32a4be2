import CRMConnectors

/// What a description asks for: lookups, new records, calls.
struct DescribedOperationReader {
  let words: DescribedWords

  func lookups(_ entry: Entry) -> [CRMTable: DescribedSearch] {
    let tables = tables(entry) { search($0, in: .lookup) }
    if tables.isEmpty, entry.errors.summary == nil {
      entry.report("no table is looked up", remedy: "describe at least one of contacts, leads, accounts")
    }
    return tables
  }

  /// Everything that writes, and how it is looked for when its answer was lost.
  func readWriting(_ mapping: Mapping, into description: inout ConnectorDescription) {
    if let create = mapping["create"] {
      description.create = tables(create) { creation($0) }
      let find = mapping["find"].map { finds($0, description.lookup) } ?? [:]
      description.find = find
      for table in CRMTable.allCases where description.create[table] != nil {
        if description.lookup[table] == nil {
          create.report(
            "`\(table.rawValue)` is not among `lookup`, so a number added there is never found again",
            remedy: "describe lookup.\(table.rawValue)")
        }
        if find[table] == nil, !has(table, in: mapping["find"]) {
          create.report(
            "nothing says how a new record in `\(table.rawValue)` is looked for when its answer was lost",
            remedy: "describe find.\(table.rawValue), or write `\(table.rawValue): lookup` under `find`")
        }
      }
    } else {
      mapping["find"]?.report(
        "`find` is for records that `create` makes", remedy: "describe `create`, or leave `find` out")
    }
    if let report = mapping["reportCall"] {
      description.reportCall = insertion(report, in: .reportCall)
      checkMark(description.reportCall, report)
      if mapping["findCall"] == nil {
        report.report(
          "nothing says how a call's record is looked for when its answer was lost",
          remedy: "describe `findCall`; without it a call could be recorded twice")
      }
      description.findCall = mapping["findCall"].flatMap(callSearch)
      description.link = mapping["link"].flatMap(link)
    } else {
      for key in ["findCall", "link"] {
        mapping[key]?.report("`\(key)` is for calls that `reportCall` records", remedy: "describe `reportCall`")
      }
    }
  }

  private func has(_ table: CRMTable, in entry: Entry?) -> Bool {
    guard case .mapping(let pairs)? = entry?.value.content else { return false }
    return pairs.contains { $0.key == table.rawValue }
  }

  private func tables<Part>(_ entry: Entry, _ read: (Entry) -> Part?) -> [CRMTable: Part] {
    guard let mapping = entry.mapping(keys: CRMTable.allCases.map(\.rawValue)) else { return [:] }
    var parts: [CRMTable: Part] = [:]
    for table in CRMTable.allCases {
      if let part = mapping[table.rawValue].flatMap(read) { parts[table] = part }
    }
    return parts
  }

  private func finds(_ entry: Entry, _ lookup: [CRMTable: DescribedSearch]) -> [CRMTable: DescribedSearch] {
    guard let mapping = entry.mapping(keys: CRMTable.allCases.map(\.rawValue)) else { return [:] }
    var finds: [CRMTable: DescribedSearch] = [:]
    for table in CRMTable.allCases {
      guard let part = mapping[table.rawValue] else { continue }
      if case .scalar = part.value.content {
        guard part.choice(among: ["lookup"]) != nil else { continue }
        finds[table] = lookup[table]
        if lookup[table] == nil { part.report("there is no lookup.\(table.rawValue) to take") }
      } else {
        finds[table] = search(part, in: .find)
      }
    }
    return finds
  }

  private func search(_ entry: Entry, in scope: DescribedWords.Scope) -> DescribedSearch? {
    guard let mapping = entry.mapping(keys: ["request", "found", "record"]) else { return nil }
    let request = mapping.required("request").flatMap(DescribedRequestReader(words: words, scope: scope).read)
    let found = mapping.required("found")?.path(plural: false)
    let record = mapping.required("record")?.mapping(keys: ["id", "name", "numbers"])
    let id = record?.required("id")?.path(plural: false)
    let names = record?.required("name").map(self.names) ?? []
    let numbers = record?.required("numbers")?.paths(plural: true) ?? []
    if let request, scope == .lookup, !request.variables.contains(.builtIn(.number)) {
      mapping["request"]?.report(
        "asks for nobody: `{{Number}}` stands nowhere in it", remedy: "put {{Number}} where the CRM wants the number")
    }
    guard let request, let found, let id else { return nil }
    return DescribedSearch(request: request, found: found, id: id, names: names, numbers: numbers)
  }

  /// A text with the record's fields in `{{ }}`, or several, the first of which counts that is not empty.
  private func names(_ entry: Entry) -> [[DescribedSearch.NamePart]] {
    let entries: [Entry] = if case .sequence = entry.value.content { entry.list(max: 20) } else { [entry] }
    return entries.compactMap { entry in
      guard let text = entry.text(maxLength: 500) else { return nil }
      var parts: [DescribedSearch.NamePart] = []
      var rest = text[...]
      while let open = rest.firstRange(of: "{{") {
        guard let close = rest[open.upperBound...].firstRange(of: "}}") else { break }
        if open.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<open.lowerBound]))) }
        let inside = rest[open.upperBound..<close.lowerBound].filter { $0 != " " }
        guard let path = AnswerPath(inside), !path.isPlural else {
          entry.report(
            "`\(Entry.shown(inside))` is no path to one field of the record", remedy: "write {{properties.lastname}}")
          return nil
        }
        parts.append(.field(path))
        rest = rest[close.upperBound...]
      }
      guard !rest.contains("{{"), !rest.contains("}}") else {
        entry.report("`{{` and `}}` do not pair up", remedy: "write {{properties.lastname}}")
        return nil
      }
      if !rest.isEmpty { parts.append(.literal(String(rest))) }
      let hasField = parts.contains { if case .field = $0 { true } else { false } }
      guard hasField else {
        entry.report("the name holds no field of the record", remedy: "write the field's path in {{ }}")
        return nil
      }
      return parts
    }
  }

  private func creation(_ entry: Entry) -> DescribedInsertion? {
    let insertion = insertion(entry, in: .create)
    if let insertion, !insertion.request.variables.contains(.builtIn(.number)) {
      entry.report(
        "the new record gets no number: `{{Number}}` stands nowhere in it",
        remedy: "put {{Number}} into its telephone field")
    }
    return insertion
  }

  private func insertion(_ entry: Entry, in scope: DescribedWords.Scope) -> DescribedInsertion? {
    guard let mapping = entry.mapping(keys: ["request", "id"]) else { return nil }
    let request = mapping.required("request").flatMap(DescribedRequestReader(words: words, scope: scope).read)
    let id = mapping.required("id")?.path(plural: false)
    guard let request, let id else { return nil }
    if request.method == .get { mapping["request"]?.report("a GET makes nothing", remedy: "write POST, PUT or PATCH") }
    return DescribedInsertion(request: request, id: id)
  }

  /// Without the mark a record whose answer was lost cannot be told from others, and would be made twice.
  private func checkMark(_ insertion: DescribedInsertion?, _ entry: Entry) {
    guard let insertion else { return }
    let variables = insertion.request.variables
    guard !variables.contains(.builtIn(.description)), !variables.contains(.builtIn(.mark)) else { return }
    entry.report(
      "the record does not say which call it is of: neither `{{Description}}` nor `{{Mark}}` stands in it",
      remedy: "put {{Description}} into a field that findCall reads")
  }

  private func callSearch(_ entry: Entry) -> DescribedCallSearch? {
    guard let mapping = entry.mapping(keys: ["request", "found", "call", "more", "pageSize"]) else { return nil }
    let request = mapping.required("request").flatMap(DescribedRequestReader(words: words, scope: .findCall).read)
    let found = mapping.required("found")?.path(plural: false)
    let call = mapping.required("call")?.mapping(keys: ["id", "texts"])
    let id = call?.required("id")?.path(plural: false)
    let texts = call?.required("texts")?.paths(plural: true) ?? []
    let more = mapping["more"]?.path(plural: false)
    let pageSize = mapping["pageSize"]?.integer(in: 1...1000)
    guard let request, let found, let id else { return nil }
    let turns = request.variables.contains(.builtIn(.page)) || request.variables.contains(.builtIn(.offset))
    if more != nil, !turns {
      mapping["more"]?.report("the request asks for the same page again", remedy: "put {{Page}} or {{Offset}} into it")
    }
    if request.variables.contains(.builtIn(.offset)), pageSize == nil {
      mapping["request"]?.report("`{{Offset}}` needs to know how long a page is", remedy: "write `pageSize`")
    }
    return DescribedCallSearch(
      request: request, found: found, id: id, texts: texts, more: more, pageSize: pageSize ?? 0)
  }

  private func link(_ entry: Entry) -> DescribedRequest? {
    guard let mapping = entry.mapping(keys: ["request"]) else { return nil }
    let request = mapping.required("request").flatMap(DescribedRequestReader(words: words, scope: .link).read)
    if let request, !request.variables.contains(.builtIn(.callID)) {
      entry.report("`{{CallId}}` stands nowhere in it", remedy: "say which call is linked")
    }
    return request
  }
}
