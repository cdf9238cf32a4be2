public import CRMCloud

/// A cloud data file: what a CRM's cloud holds before the run, and which clients it lets in.
public enum CloudDataFile {
  /// Entries read of one list of records; a cloud keeps no more of one module.
  static let recordsMax = 100_000

  /// Reads the data of a Zoho cloud.
  ///
  /// - Parameter path: the file's name for errors; nothing is opened.
  /// - Throws: everything that is wrong with the file, with line and column; secrets and tokens are never repeated.
  public static func read(text: String, path: String) throws(ConfigurationErrors) -> ZohoCloudData {
    let errors = ErrorCollector(path: path)
    let root = Entry(value: try YAMLDocument.read(text, path: path), keyPath: "", errors: errors)
    let data = ZohoDataReader().read(root)
    if let found = errors.summary { throw found }
    return data
  }
}
