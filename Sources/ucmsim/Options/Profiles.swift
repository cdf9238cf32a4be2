import BuiltInProfiles
import ConfigurationFiles
import Foundation
import HardwareProfiles

/// The models the program knows.
enum Profiles {
  /// - Parameter directory: a folder like `hardware-profiles/` whose files stand beside the built-in ones; a file of
  ///   the same path takes the built-in one's place.
  static func catalog(directory: String?) throws -> ProfileCatalog {
    let own = try directory.map(read) ?? []
    let builtIn = BuiltInProfiles.files.map { ProfileFile(path: $0.path, text: $0.text) }
    do throws(ConfigurationErrors) {
      return try ProfileFiles.catalog(of: ProfileFile.files(own, beside: builtIn))
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

  /// The model of that name with that firmware in it; without a name, with whatever firmware its family was seen with.
  static func model(_ name: String, firmware: String?, in catalog: ProfileCatalog) throws -> Profile {
    let profile = try model(name, in: catalog)
    guard let firmware else { return profile }
    let found = try Profiles.firmware(firmware, in: catalog)
    if let running = profile.running(found) { return running }
    let families = (found.families ?? []).joined(separator: ", ")
    throw Complaint(
      "there never was firmware \(found.name) for the \(profile.model), which is of the family \(profile.family); "
        + "there was for: \(families)", .usage)
  }

  /// The firmware of that name.
  static func firmware(_ name: String, in catalog: ProfileCatalog) throws -> Firmware {
    if let firmware = catalog.firmware(named: name) { return firmware }
    let known = catalog.firmware.map(\.name).joined(separator: ", ")
    throw Complaint("unknown firmware '\(name)'; there are: \(known) (see `ucmsim models firmware`)", .usage)
  }

  /// The model of that name with that firmware in it, with a folder of profiles or of the built-in ones.
  ///
  /// Of the built-in ones only the model's own file and its families are read: all of them take as long as the replay
  /// of ten thousand messages. That they can all be read is for the tests of the profiles to say.
  static func model(_ name: String, firmware: String? = nil, directory: String?) throws -> Profile {
    if directory == nil, firmware == nil, let profile = builtInModel(name) { return profile }
    return try model(name, firmware: firmware, in: try catalog(directory: directory))
  }

  private static func builtInModel(_ name: String) -> Profile? {
    let path = "models/" + name.lowercased() + ".yaml"
    var files = BuiltInProfiles.files.filter { $0.path == path }
    var families = BuiltInProfiles.files.filter { $0.path.hasPrefix("families/") }
    // A name found elsewhere in a text brings in one family too many, which changes nothing.
    while let needed = families.firstIndex(where: { family in
      let name = family.path.dropFirst("families/".count).dropLast(".yaml".count)
      return files.contains { $0.text.contains(": \(name)\n") }
    }) {
      files.append(families.remove(at: needed))
    }
    return try? ProfileFiles.catalog(files: files)[name]
  }

  private static func read(_ directory: String) throws -> [ProfileFile] {
    // Of a link to a folder no subpaths are found.
    let folder = URL(filePath: directory, directoryHint: .isDirectory).resolvingSymlinksInPath().path
    guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw Complaint("\(directory): cannot be read as a folder of profiles", .unusableInput)
    }
    let files = paths.filter { $0.hasSuffix(".yaml") }.sorted()
    guard !files.isEmpty else {
      throw Complaint(
        "\(directory): has no profiles; put files that end in .yaml into its folders families, models, firmware "
          + "and plans", .unusableInput)
    }
    return try files.map { path in
      let shownPath = directory + (directory.hasSuffix("/") ? "" : "/") + path
      return ProfileFile(path: path, text: try ConfigurationText.read(shownPath), shownPath: shownPath)
    }
  }
}
