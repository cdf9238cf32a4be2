import Yams

/// YAML text -> values with places. The only file that knows the parser.
enum YAMLDocument {
  /// Levels of lists and mappings; no file of ours needs ten.
  static let depthMax = 32

  /// The one document of a file.
  static func read(_ text: String, path: String) throws(ConfigurationErrors) -> YAMLValue {
    if let finding = YAMLGuard.check(text) {
      throw located(path, finding.place, finding.message, finding.remedy)
    }
    let root: Node?
    do {
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw translated(error, path: path, text: text)
    } catch {
      throw located(path, .start, "the file is not YAML", nil)
    }
    guard let root else { throw located(path, .start, "the file is empty", nil) }
    return try value(of: root, path: path, depth: 0)
  }

  private static func located(
    _ path: String, _ place: Place, _ message: String, _ remedy: String?
  ) -> ConfigurationErrors {
    ConfigurationErrors(
      first: ConfigurationError(
        file: path, line: place.line, column: place.column, keyPath: "", message: message, remedy: remedy))
  }

  private static func value(of node: Node, path: String, depth: Int) throws(ConfigurationErrors) -> YAMLValue {
    let place = Place(node.mark)
    guard depth < depthMax else {
      throw located(path, place, "more than \(depthMax) levels inside each other", "nest less deeply")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return YAMLValue(content: .scalar(scalar.string, isPlain: isPlain), place: place)
    case .sequence(let sequence):
      var values: [YAMLValue] = []
      for element in sequence { values.append(try value(of: element, path: path, depth: depth + 1)) }
      return YAMLValue(content: .sequence(values), place: place)
    case .mapping(let mapping):
      var pairs: [YAMLValue.Pair] = []
      for (key, element) in mapping {
        guard case .scalar(let scalar) = key else {
          throw located(
            path, Place(key.mark), "a key is a list or a mapping",
            "write a word as the key; a text that starts with `{{` goes in quotes")
        }
        let inner = try value(of: element, path: path, depth: depth + 1)
        pairs.append(.init(key: scalar.string, keyPlace: Place(key.mark), value: inner))
      }
      return YAMLValue(content: .mapping(pairs), place: place)
    case .alias(let alias):
      throw located(path, Place(alias.mark), "aliases (`*`) are not read", "write the value out")
    }
  }

  private static func translated(_ error: YamlError, path: String, text: String) -> ConfigurationErrors {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let start = context.map { " (\($0.text), from line \($0.mark.line))" } ?? ""
      let place = Place(mark)
      return located(
        path, place, problem + start,
        place.isTab(in: text) ? "indent with spaces instead of tabs" : "check indentation, quotes and brackets")
    case .composer(_, let problem, let mark, _):
      // An unquoted code such as *97 is an alias to YAML.
      let isAlias = problem.contains("alias")
      return located(
        path, Place(mark), isAlias ? "a value that starts with `*` is not in quotes" : problem,
        isAlias ? "write it in quotes, as \"*97\"" : nil)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "`\(Entry.shown($0))`" }.joined(separator: ", ")
      return located(path, Place(context.mark), "the same key is written more than once: \(names)", "keep one of them")
    case .reader(let problem, let offset, _, _):
      return located(path, Place(offset: offset ?? 0, in: text), problem, "save the file as UTF-8 text")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return located(path, .start, "the file cannot be read as YAML", nil)
    }
  }
}

extension Place {
  fileprivate init(_ mark: Mark?) {
    self = mark.map { Place(line: max(1, $0.line), column: max(1, $0.column)) } ?? .start
  }

  /// Whether a tab stands here.
  fileprivate func isTab(in text: String) -> Bool {
    let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count else { return false }
    return lines[line - 1].unicodeScalars.dropFirst(column - 1).first == "\t"
  }

  /// - Parameter offset: characters before the place.
  fileprivate init(offset: Int, in text: String) {
    let before = text.prefix(offset)
    let lastLine = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    self.init(line: before.count { $0 == "\n" } + 1, column: lastLine.unicodeScalars.count + 1)
  }
}
