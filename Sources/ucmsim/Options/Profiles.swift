import BuiltInProfiles
import ConfigurationFiles
import Foundation
import HardwareProfiles

/// The models the program knows.
enum Profiles {
  /// - Parameter directory: a folder like `hardware-profiles/` that takes the place of the built-in one.
  static func catalog(directory: String?) throws -> ProfileCatalog {
    let files = try directory.map(read) ?? BuiltInProfiles.files
    do throws(ConfigurationErrors) {
      return try ProfileFiles.catalog(files: files)
    } catch {
      throw Complaint(error.description, directory == nil ? .internalError : .unusableInput)
    }
  }

  /// The model of that name.
  static func model(_ name: String, in catalog: ProfileCatalog) throws -> Profile {
    if let profile = catalog[name] { return profile }
    let hint = catalog.nearest(to: name).map { "; did you mean \($0.model)?" } ?? ""
    throw Complaint("unknown model '\(name)'\(hint) (see `ucmsim models`)", .usage)
  }

  /// The firmware of that name.
  static func firmware(_ name: String, in catalog: ProfileCatalog) throws -> Firmware {
    if let firmware = catalog.firmware(named: name) { return firmware }
    let known = catalog.firmware.map(\.name).joined(separator: ", ")
    throw Complaint("unknown firmware '\(name)'; there are: \(known) (see `ucmsim models firmware`)", .usage)
  }

  /// The model of that name, of a folder of profiles or of the built-in ones.
  ///
  /// Of the built-in ones only the model's own file and the families are read: all of them take as long as the replay
  /// of ten thousand messages. That they can all be read is for the tests of the profiles to say.
  static func model(_ name: String, directory: String?) throws -> Profile {
    if directory == nil, let profile = builtInModel(name) { return profile }
    return try model(name, in: try catalog(directory: directory))
  }

  private static func builtInModel(_ name: String) -> Profile? {
    let own = "models/" + name.lowercased() + ".yaml"
    let files = BuiltInProfiles.files.filter { $0.path == own || $0.path.hasPrefix("families/") }
    return try? ProfileFiles.catalog(files: files)[name]
  }

  private static func read(_ directory: String) throws -> [(path: String, text: String)] {
    guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: directory) else {
      throw Complaint("\(directory): cannot be read as a folder of profiles", .unusableInput)
    }
    return try paths.filter { $0.hasSuffix(".yaml") }.sorted().map { path in
      (path, try ConfigurationText.read(directory + "/" + path))
    }
  }
}
