import Glibc
import SimulationRuntime

/// A result that goes to a file instead of standard output.
enum ResultFile {
  static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Complains of a file that cannot be written, before what goes into it is computed. What it holds stays.
  static func checkWritable(_ path: String) throws {
    let wasThere = isThere(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw cannotCreate(path) }
    close(descriptor)
    if !wasThere { unlink(path) }
  }

  private static func cannotCreate(_ path: String) -> Complaint {
    Complaint("cannot create \(path): \(String(cString: strerror(errno))); choose another file", .usage)
  }

  /// Replaces what the file held.
  static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  /// Replaces what the file held.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw cannotCreate(path) }
    defer { close(descriptor) }
    do throws(OutputDescriptor.WriteError) {
      try OutputDescriptor(rawValue: descriptor).write(bytes)
    } catch {
      throw Complaint("cannot write \(path): \(String(cString: strerror(error.code)))", .internalError)
    }
  }
}
