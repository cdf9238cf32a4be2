import CRMCloud
import Hummingbird
import HTTPTypes
import JSON
import NIOCore

extension Response {
  static func json(_ value: JSONValue, _ status: HTTPResponse.Status = .ok) -> Response {
    var bytes = value.bytes(.indented)
    bytes.append(UInt8(ascii: "\n"))
    return Response(
      status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func text(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
  }

  /// `{"error": …}`.
  static func adminError(_ status: HTTPResponse.Status, _ message: String) -> Response {
    json(["error": .string(message)], status)
  }

  static func outcome(_ outcome: CloudActionOutcome) -> Response {
    switch outcome {
    case .done(let count): json(["changed": .integer(Int64(count))])
    case .notFound: adminError(.notFound, "there is no such thing in this cloud")
    case .refused(let reason): adminError(.badRequest, reason)
    case .unsupported: adminError(.notImplemented, "this cloud cannot do that")
    }
  }
}
