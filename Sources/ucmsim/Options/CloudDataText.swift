import CRMConnectors
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

  /// One that holds the CRM of a site.
  static func read(_ path: String, for system: CRMSystem) throws -> CloudDataFile {
    let file = try read(path)
    if let section = file.missingSection(for: system) {
      throw Complaint(
        "\(path): holds no \(system.rawValue), the system of the site file's CRM page; write a section `\(section)` "
          + "in it", .unusableInput)
    }
    return file
  }
}
