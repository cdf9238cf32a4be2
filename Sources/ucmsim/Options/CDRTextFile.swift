import CDRComparison
import Glibc
import Primitives

/// A CSV of CDRs in a file, or `-` for standard input.
struct CDRTextFile {
  let path: String

  private static let pieceBytes = 1 << 18

  /// Reads it piece by piece, so that one that is no such file is given up before it is in memory.
  func table(siteZone: SiteTimeZone, clock: CDRTable.Clock?) throws -> CDRTable {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(errno) }
    defer { if path != "-" { close(descriptor) } }
    var reader = CDRTableReader()
    var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
    do {
      while true {
        let count = Glibc.read(descriptor, &piece, piece.count)
        if count < 0, errno == EINTR, !Interrupt.wasRequested { continue }
        guard count >= 0 else { throw unreadable(errno) }
        if count == 0 { break }
        // The compiler of 6.3 dies on a closure with a typed error here.
        let result = piece.withUnsafeBytes { bytes -> Result<Void, CDRTableError> in
          do throws(CDRTableError) {
            return .success(try reader.read(UnsafeRawBufferPointer(rebasing: bytes[..<count])))
          } catch { return .failure(error) }
        }
        if case .failure(let error) = result { throw error }
      }
      return try reader.finish(siteZone: siteZone, clock: clock)
    } catch let error as CDRTableError {
      throw Complaint("\(path):\(error.place.line):\(error.place.column): \(error.message)", .unusableInput)
    }
  }

  private func unreadable(_ code: Int32) -> Complaint {
    Complaint("cannot read \(path): \(String(cString: strerror(code)))", .unusableInput)
  }
}
