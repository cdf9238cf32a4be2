public import CRMConnectors
public import PBXModel

/// A site file: one customer's configuration, and how it reaches its CRM.
public struct SiteFile: Hashable, Sendable {
  /// The configuration itself.
  public var site: Site
  /// nil when the file has no `crm:`.
  public var crm: CRMSettings?
  /// Each user's own page, by extension number; empty without `crm:`.
  public var crmUsers: [String: CRMUserSettings]
  /// The connector that `crm.connector` names; nil for none.
  public var connector: ConnectorFile?
  /// What the writer wants readers to know and no field holds.
  public var notes: [String]

  /// Finds a file by the path a site file names it with: its path for errors, and its text; nil where it cannot be
  /// read.
  public typealias References = (_ path: String) -> (path: String, text: String)?

  /// Reads a site file.
  ///
  /// - Parameters:
  ///   - path: the file's name for errors; nothing is opened.
  ///   - references: finds the connector's file; without it there is none.
  /// - Throws: everything that is wrong with the file, with line and column: unknown keys, values that are not what
  ///   they should be, numbers used twice, addresses of two owners, references to what is not there.
  public static func read(
    text: String, path: String, references: @escaping References = { _ in nil }
  ) throws(ConfigurationErrors) -> SiteFile {
    let errors = ErrorCollector(path: path)
    let root = Entry(value: try YAMLDocument.read(text, path: path), keyPath: "", errors: errors)
    let reader = SiteReader(references: references)
    let file = reader.read(root)
    reader.names.check()
    if let found = errors.summary { throw found }
    return file
  }
}
