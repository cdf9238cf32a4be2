/// One set of credentials and the extensions whose pages hold it.
public struct SetUpUser: Hashable, Sendable {
  /// In order, never empty.
  public let extensions: [String]
  /// What stands on their pages.
  public let page: CRMUserSettings

  /// One entry for each page that differs, those of lower extensions first.
  public static func grouped(_ pages: [String: CRMUserSettings]) -> [SetUpUser] {
    var extensions: [CRMUserSettings: [String]] = [:]
    for (number, page) in pages { extensions[page, default: []].append(number) }
    return extensions.map { SetUpUser(extensions: $0.value.sorted(), page: $0.key) }
      .sorted { $0.extensions.lexicographicallyPrecedes($1.extensions) }
  }
}
