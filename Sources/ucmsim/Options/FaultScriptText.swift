import CRMCloud
import ConfigurationFiles

/// A fault script by its path.
enum FaultScriptText {
  static func read(_ path: String) throws -> [CloudFaultRule] {
    let text = try ConfigurationText.read(path)
    do throws(ConfigurationErrors) { return try FaultScriptFile.read(text: text, path: path) } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }
}
