/// One key of a section `settings`, and what it sets. A value that cannot be read has been reported and sets nothing.
struct SettingsSwitch<Settings> {
  let key: String
  private let read: (Entry, inout Settings) -> Void

  init<Value>(
    _ key: String, _ property: WritableKeyPath<Settings, Value>, _ parse: @escaping (Entry) -> Value?
  ) {
    self.key = key
    read = { entry, settings in
      if let value = parse(entry) { settings[keyPath: property] = value }
    }
  }

  /// The settings with every switch that `entry` writes; others stay as they are.
  static func read(_ switches: [SettingsSwitch], of entry: Entry, into settings: Settings) -> Settings {
    var settings = settings
    guard let mapping = entry.mapping(keys: switches.map(\.key)) else { return settings }
    for each in switches {
      if let value = mapping[each.key] { each.read(value, &settings) }
    }
    return settings
  }
}
