import ConfigurationFiles

/// A connector's file on disk.
enum ConnectorText {
  static func read(_ path: String) throws -> ConnectorFile {
    let text = try ConfigurationText.read(path)
    do throws(ConfigurationErrors) {
      return try ConnectorFile.read(text: text, path: path)
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }
}
