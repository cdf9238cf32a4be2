/// A mapping whose keys are known.
struct Mapping {
  let entry: Entry
  private let fields: [String: Entry]

  fileprivate init(entry: Entry, fields: [String: Entry]) {
    self.entry = entry
    self.fields = fields
  }

  /// nil when the key is not written, or nothing stands behind it.
  subscript(key: String) -> Entry? { fields[key] }

  /// The entry of a key that has to be there; reports and answers nil when it is not.
  ///
  /// - Parameter remedy: what to write, where the key alone does not say it.
  func required(_ key: String, remedy: String? = nil) -> Entry? {
    if let field = fields[key] { return field }
    entry.report("the key `\(key)` is missing", remedy: remedy)
    return nil
  }

  /// The elements behind `key`; none when it is not written.
  func list(_ key: String) -> [Entry] { fields[key]?.list() ?? [] }
}

extension Entry {
  /// The value as a mapping with these keys; any other key is reported, with the nearest of them.
  func mapping(keys: [String]) -> Mapping? {
    guard let pairs = pairs(expected: "a mapping with the keys \(keys.joined(separator: ", "))") else { return nil }
    var fields: [String: Entry] = [:]
    for pair in pairs {
      guard keys.contains(pair.key) else {
        let nearest = errors.nearest(to: pair.key, among: keys)
        errors.report(
          "unknown key `\(Self.shown(pair.key))`",
          remedy: nearest.map { "did you mean `\($0)`?" } ?? "known keys: \(keys.joined(separator: ", "))",
          at: pair.keyPlace, keyPath: keyPath)
        continue
      }
      if !pair.value.isNull { fields[pair.key] = child(pair) }
    }
    return Mapping(entry: self, fields: fields)
  }

  /// The value as a mapping whose keys the file chooses, in the file's order.
  func dictionary(of what: String) -> [(key: String, keyEntry: Entry, value: Entry)] {
    (pairs(expected: "a mapping of \(what)") ?? []).map { pair in
      let key = YAMLValue(content: .scalar(pair.key, isPlain: false), place: pair.keyPlace)
      return (pair.key, Entry(value: key, keyPath: child(pair).keyPath, errors: errors), child(pair))
    }
  }

  private func pairs(expected: String) -> [YAMLValue.Pair]? {
    guard case .mapping(let pairs) = value.content else {
      report("expected \(expected); found \(value.kindName)")
      return nil
    }
    return pairs
  }

  private func child(_ pair: YAMLValue.Pair) -> Entry {
    let name = Self.shown(pair.key)
    return Entry(value: pair.value, keyPath: keyPath.isEmpty ? name : "\(keyPath).\(name)", errors: errors)
  }
}
