extension SalesforceCloudData {
  /// The fields that a record of `object` can be given, by the API's names, `Id` first; none for what is no object.
  public static func fields(of object: String) -> [String] {
    guard let object = SalesforceObject(rawValue: object) else { return [] }
    return ["Id"] + object.fields.filter { $0.access != .none }.map(\.name)
  }

  /// Those of them that it must be given.
  public static func requiredFields(of object: String) -> [String] {
    SalesforceObject(rawValue: object)?.fields.filter(\.isRequired).map(\.name) ?? []
  }
}
