import ApplianceAPI
import Primitives

/// A password in a file, because what stands on a command line everybody on the machine can read.
enum PasswordFile {
  static let bytes = 4...256

  /// A password that is needed itself.
  static func read(_ path: String) throws -> Secret {
    let line = try line(path)
    guard !isHash(line) else {
      throw Complaint(
        "\(path): is a hash, and here the password itself is needed: its user proves it with a digest", .unusableInput)
    }
    return Secret(line)
  }

  /// The hash of a password that is only compared: the file holds the password, or its hash as `ucmsim password hash`
  /// writes it.
  static func hash(_ path: String) throws -> PasswordHash {
    let line = try line(path)
    guard isHash(line) else { return try hash(of: Secret(line)) }
    guard let hash = PasswordHash(line) else {
      throw Complaint(
        "\(path): begins as a hash of scrypt and is none that can be used; make one with `ucmsim password hash`",
        .unusableInput)
    }
    return hash
  }

  static func hash(of password: Secret, cost: PasswordHash.Cost = .standard) throws -> PasswordHash {
    let salt = (0..<PasswordHash.saltBytes).map { _ in UInt8.random(in: 0...255) }
    guard let hash = PasswordHash(of: password, salt: salt, cost: cost) else {
      throw Complaint("there is not enough memory to hash a password", .internalError)
    }
    return hash
  }

  private static func isHash(_ line: String) -> Bool { line.hasPrefix("$scrypt$") }

  private static func line(_ path: String) throws -> String {
    let text = try ConfigurationText.read(path)
    guard let line = text.split(separator: "\n").first, bytes.contains(line.utf8.count) else {
      throw Complaint("\(path): the first line has to be a password of 4 to 256 bytes, or its hash", .unusableInput)
    }
    return String(line)
  }
}
