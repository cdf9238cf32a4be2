extension ZohoModuleName {
  /// Fields that requests write, in the order answers show them, then those of the system.
  ///
  /// Names, mandatory fields and lengths are documented (field pages of the v2 API, standard layouts). Fields that this
  /// list lacks are ignored in insertions, as Zoho ignores names it does not know (assumed).
  var fields: [ZohoField] { ZohoFieldTables.fields[self] ?? [] }

  /// Fields whose values are kept with the record.
  var storedFields: [ZohoField] { ZohoFieldTables.stored[self] ?? [] }

  /// The field of this name in any version of the API.
  func field(_ name: String) -> ZohoField? { ZohoFieldTables.byName[self]?[name] }

  /// The field with this label in the v1 API; upper and lower case alike (assumed).
  func field(label: String) -> ZohoField? {
    ZohoFieldTables.byLabel[self].flatMap { $0[label] ?? $0[label.lowercased()] }
  }
}

/// The fields of every module, made once.
enum ZohoFieldTables {
  static let fields: [ZohoModuleName: [ZohoField]] = table { own($0) + system($0) }
  static let stored: [ZohoModuleName: [ZohoField]] = table { own($0) }
  static let byName: [ZohoModuleName: [String: ZohoField]] = fields.mapValues { fields in
    Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
  static let byLabel: [ZohoModuleName: [String: ZohoField]] = fields.mapValues { fields in
    // As they are written too, which is how nearly everybody asks.
    Dictionary(
      fields.map { ($0.labelKey, $0) } + fields.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Names of the fields that hold phone and fax numbers.
  static let numbers: [ZohoModuleName: [String]] = stored.mapValues { fields in
    fields.filter { $0.kind == .phone || $0.kind == .fax }.map(\.name)
  }
  /// Names of the fields that hold e-mail addresses.
  static let addresses: [ZohoModuleName: [String]] = stored.mapValues { fields in
    fields.filter { $0.kind == .email }.map(\.name)
  }

  private static func table(_ fields: (ZohoModuleName) -> [ZohoField]) -> [ZohoModuleName: [ZohoField]] {
    Dictionary(uniqueKeysWithValues: ZohoModuleName.allCases.map { ($0, fields($0)) })
  }

  /// What every record has (documented).
  private static func system(_ module: ZohoModuleName) -> [ZohoField] {
    let fullName = module.hasFullName ? [ZohoField("Full_Name", .text(121), isReadOnly: true)] : []
    return fullName + [
      ZohoField("Owner", .user, label: module.singularLabel + " Owner"),
      ZohoField("Created_Time", .dateTime, isReadOnly: true), ZohoField("Modified_Time", .dateTime, isReadOnly: true),
      ZohoField("Created_By", .user, isReadOnly: true), ZohoField("Modified_By", .user, isReadOnly: true),
      ZohoField("Tag", .tags, isReadOnly: true), ZohoField("id", .identifier, label: "Id", isReadOnly: true),
    ]
  }

  private static func own(_ module: ZohoModuleName) -> [ZohoField] {
    switch module {
    case .contacts: contacts
    case .leads: leads
    case .accounts: accounts
    case .deals: deals
    case .calls: calls
    case .tasks: tasks
    case .events: events
    case .campaigns: campaigns
    case .notes: notes
    }
  }
}
