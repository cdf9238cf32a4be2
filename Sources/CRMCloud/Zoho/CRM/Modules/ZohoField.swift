/// One field of a module: its names and what it takes.
struct ZohoField: Hashable {
  enum Kind: Hashable {
    /// Text of so many characters at most.
    case text(Int)
    /// The same over several lines.
    case textArea(Int)
    case email
    case website
    /// A phone number; searched by `search?phone=`.
    case phone
    /// A number of the same form, searched only where a switch says so.
    case fax
    case integer
    case double
    case currency
    case boolean
    /// `2026-11-28`.
    case date
    /// ISO 8601 with offset.
    case dateTime
    /// Minutes and seconds.
    case duration
    /// One of these and nothing else.
    case choice([String])
    /// These are offered, any text is taken (observed: the API adds values that the list lacks).
    case picklist([String])
    /// A record of one module.
    case reference(ZohoModuleName)
    /// A record of the module that `$se_module` names.
    case relatedReference
    case moduleName
    /// A user of the organisation.
    case user
    /// The record's own id.
    case identifier
    /// Labels put on records; kept by nobody here.
    case tags
  }

  let name: String
  /// As the pages and the v1 API write it.
  let label: String
  /// The label in lower case, as lists of columns are compared.
  let labelKey: String
  let kind: Kind
  let isMandatory: Bool
  /// Written by the system alone; what a request says of it is ignored (documented).
  let isReadOnly: Bool

  init(
    _ name: String, _ kind: Kind, label: String? = nil, isMandatory: Bool = false, isReadOnly: Bool = false
  ) {
    self.name = name
    self.label = label ?? String(name.map { $0 == "_" ? " " : $0 })
    labelKey = self.label.lowercased()
    self.kind = kind
    self.isMandatory = isMandatory
    self.isReadOnly = isReadOnly
  }

  /// Whether words are looked for in it.
  var isText: Bool {
    switch kind {
    case .text, .textArea, .email, .website, .phone, .fax, .choice, .picklist, .duration: true
    case .integer, .double, .currency, .boolean, .date, .dateTime, .reference, .relatedReference, .moduleName, .user,
      .identifier, .tags:
      false
    }
  }

  /// Whether its value is kept with the record; the others are made when it is shown.
  var isStored: Bool { !isReadOnly && name != "Owner" }
}
