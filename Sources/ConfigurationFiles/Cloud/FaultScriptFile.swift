public import CRMCloud

/// A fault script: what goes wrong between a cloud and its clients.
public enum FaultScriptFile {
  /// Reads the rules in their order.
  ///
  /// - Parameter path: the file's name for errors; nothing is opened.
  /// - Throws: everything that is wrong with the file, with line and column.
  public static func read(text: String, path: String) throws(ConfigurationErrors) -> [CloudFaultRule] {
    let errors = ErrorCollector(path: path)
    let root = Entry(value: try YAMLDocument.read(text, path: path), keyPath: "", errors: errors)
    let rules = root.mapping(keys: ["faults"])?.required("faults")?.list(max: CloudFaults.maximumRules)
      .compactMap(FaultRuleReader.read)
    if let found = errors.summary { throw found }
    return rules ?? []
  }
}
