import Primitives

/// A password in a file, because what stands on a command line everybody on the machine can read.
enum PasswordFile {
  static func read(_ path: String) throws -> Secret {
    let text = try ConfigurationText.read(path)
    guard let line = text.split(separator: "\n").first, (4...256).contains(line.utf8.count) else {
      throw Complaint("\(path): the first line has to be a password of 4 to 256 bytes", .unusableInput)
    }
    return Secret(String(line))
  }
}
