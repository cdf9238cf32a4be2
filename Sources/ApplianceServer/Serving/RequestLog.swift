import ApplianceAPI
import Glibc
import JSON
import Primitives
import Synchronization

/// Every request to the doors as a line of JSON, without its parameters: neither secrets nor people's numbers.
public final class RequestLog: Sendable {
  private let descriptor: Mutex<Int32>

  /// Makes the file, or goes on after what is there.
  ///
  /// - Returns: nil where it cannot be made; `errno` says why.
  public init?(path: String) {
    let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard opened >= 0 else { return nil }
    descriptor = Mutex(opened)
  }

  func append(_ entry: Entry) {
    var bytes = entry.json.bytes()
    bytes.append(UInt8(ascii: "\n"))
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        // A full disk must not keep the doors from answering.
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  func close() {
    descriptor.withLock { descriptor in
      if descriptor >= 0 { Glibc.close(descriptor) }
      descriptor = -1
    }
  }

  /// One request.
  struct Entry {
    var time: Instant
    var door: ApplianceDoors.Door
    var client: IPAddress?
    var note: DoorAnswer.Note
    var status: Int
    var bytes: Int
    var took: Instant.Span

    var json: JSONValue {
      [
        "time": .string(time.iso8601), "door": .string(door.rawValue), "client": .optional(client?.description),
        "action": .string(note.action), "user": .optional(note.user),
        "status": .optional(note.status.map { Int64($0.rawValue) }), "http": .integer(Int64(status)),
        "bytes": .integer(Int64(bytes)), "microseconds": .integer(took.nanoseconds / 1000),
      ]
    }
  }
}
