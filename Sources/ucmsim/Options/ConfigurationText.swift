import Glibc

/// A file a person wrote, as text.
enum ConfigurationText {
  /// No file that a person writes is longer.
  static let bytesMax = 4 << 20

  static func read(_ path: String) throws -> String {
    let bytes = try bytes(path, atMost: bytesMax, taking: "a configuration file")
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Complaint("\(path): is not UTF-8 text; save it as UTF-8", .unusableInput)
    }
    return text
  }

  /// - Parameter kind: what the file is taken for, to ask whether it is one when it is too long.
  static func bytes(_ path: String, atMost bytesMax: Int, taking kind: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw complaint(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else { throw complaint(path, errno) }
      bytes += buffer.prefix(count)
      guard bytes.count <= bytesMax else {
        throw Complaint("\(path): is longer than \(bytesMax) bytes; is this \(kind)?", .unusableInput)
      }
    }
    return bytes
  }

  private static func complaint(_ path: String, _ code: Int32) -> Complaint {
    Complaint(
      "\(path): cannot be read: \(String(cString: strerror(code))); check the path and the permissions", .unusableInput)
  }
}
