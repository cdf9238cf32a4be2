import JSON

extension ZohoOrganisation {
  /// A field as `GET /settings/fields` tells it: what the SDKs read types and mandatory fields from.
  func json(_ field: ZohoField, id: String, _ version: ZohoAPIVersion) -> JSONValue {
    [
      "id": .string(id), "api_name": .string(version.shownName(of: field.name)), "field_label": .string(field.label),
      "display_label": .string(field.label), "data_type": .string(field.dataType),
      "json_type": .string(field.jsonType), "length": .integer(Int64(field.length)),
      "system_mandatory": .bool(field.isMandatory), "custom_field": false, "read_only": .bool(field.isReadOnly),
      "field_read_only": .bool(field.isReadOnly), "visible": true, "searchable": .bool(field.isText),
      "webhook": true, "businesscard_supported": true, "display_type": -1, "ui_type": 1,
      "created_source": "default", "mass_update": .bool(!field.isReadOnly), "quick_sequence_number": .null,
      "decimal_place": field.kind == .currency || field.kind == .double ? 2 : .null, "default_value": .null,
      "tooltip": .null, "virtual_field": false, "separator": false, "filterable": true, "sortable": true,
      "view_type": [
        "view": true, "edit": .bool(!field.isReadOnly), "create": .bool(!field.isReadOnly), "quick_create": false,
      ],
      "unique": [:], "history_tracking": .null, "formula": [:], "currency": [:], "auto_number": [:], "crypt": .null,
      "multiselectlookup": [:], "external": .null, "pick_list_values": .array(pickList(of: field)),
      "lookup": lookup(of: field, version), "profiles": [], "convert_mapping": .null, "association_details": .null,
    ]
  }

  private func pickList(of field: ZohoField) -> [JSONValue] {
    let values: [String] =
      switch field.kind {
      case .choice(let choices), .picklist(let choices): choices
      case .moduleName: ZohoModuleName.allCases.map(\.rawValue)
      case _: []
      }
    return values.enumerated().map { index, value in
      [
        "display_value": .string(value), "actual_value": .string(value), "reference_value": .string(value),
        "sequence_number": .integer(Int64(index + 1)), "type": "used",
      ]
    }
  }

  /// Later versions give the module as an object, v2 as a name (documented).
  private func lookup(of field: ZohoField, _ version: ZohoAPIVersion) -> JSONValue {
    let name: String
    let id: String
    switch field.kind {
    case .reference(let module): (name, id) = (module.rawValue, ZohoMetadataID.module(module))
    case .relatedReference: (name, id) = ("se_module", ZohoMetadataID.module(.accounts))
    case _: return [:]
    }
    return [
      "api_name": .string(field.name), "display_label": .string(field.label), "id": .string(id),
      "module": version.requiresFields ? ["api_name": .string(name), "id": .string(id)] : .string(name),
    ]
  }
}
