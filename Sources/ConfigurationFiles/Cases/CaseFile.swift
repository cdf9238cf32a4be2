public import Cases

/// A case file: what is replayed, and what must come out of it.
public enum CaseFile {
  /// Reads a case file.
  ///
  /// - Parameters:
  ///   - path: the file's name for errors; nothing is opened.
  ///   - name: what the case is called where the file does not say.
  ///   - vocabulary: names of models, firmware and the like; others are errors.
  /// - Throws: everything that is wrong with the file, with line and column: unknown keys, columns, events, models, and
  ///   a case that expects nothing.
  public static func read(
    text: String, path: String, name: String, vocabulary: CaseVocabulary
  ) throws(ConfigurationErrors) -> TestCase {
    let errors = ErrorCollector(path: path)
    let root = Entry(value: try YAMLDocument.read(text, path: path), keyPath: "", errors: errors)
    let result = CaseReader(vocabulary: vocabulary).read(root, path: path, name: name)
    if let found = errors.summary { throw found }
    return result
  }
}

extension SourcePlace {
  init(_ place: Place) { self.init(line: place.line, column: place.column) }
}
