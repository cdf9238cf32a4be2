import ApplianceAPI
import Glibc
import HTTPTypes
import JSON
import Primitives
import Synchronization

/// Every request to the doors and the web interface as a line of JSON, without its parameters: neither secrets nor
/// people's numbers.
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
    var client: IPAddress?
    var request: AnsweredRequest
    var took: Instant.Span

    var json: JSONValue {
      [
        "time": .string(time.iso8601), "door": .string(request.door), "client": .optional(client?.description),
        "action": .string(request.action), "user": .optional(request.user),
        "status": .optional(request.status.map { Int64($0.rawValue) }), "http": .integer(Int64(request.http)),
        "bytes": .integer(Int64(request.bytes)), "microseconds": .integer(took.nanoseconds / 1000),
      ]
    }
  }
}

/// A request and its answer as logs and counters may know them: without parameters, secrets and people's numbers.
struct AnsweredRequest {
  /// An API's name, or `web`.
  var door: String
  /// A known action's name, or where in the web interface.
  var action: String
  var user: String?
  var status: APIStatus?
  var http: Int
  var bytes: Int

  /// As `POST /crm`: no query, and of the path the first part alone, because others may name somebody.
  ///
  /// To be asked for addresses that the interface has: others could be anything.
  static func place(of request: HTTPRequest) -> String {
    let path = (request.path ?? "").prefix { $0 != "?" }.dropFirst()
    // Anybody can invent a method.
    let method = [.get, .head, .post].contains(request.method) ? request.method.rawValue : "other"
    return "\(method) /" + path.prefix { $0 != "/" }
  }
}
