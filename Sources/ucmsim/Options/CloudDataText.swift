import ConfigurationFiles

/// A cloud data file, by its path.
enum CloudDataText {
  static func read(_ path: String) throws -> CloudDataFile {
    let text = try ConfigurationText.read(path)
    do throws(ConfigurationErrors) {
      return try CloudDataFile.read(text: text, path: path)
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }
}
