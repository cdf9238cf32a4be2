import Foundation
import HTTPTypes

/// A request's head as it is kept.
struct StoredHead: Codable {
  private let method: String
  private let scheme: String?
  private let authority: String?
  private let path: String?
  /// Names and values in turn.
  private let fields: [String]

  init(_ request: HTTPRequest) {
    method = request.method.rawValue
    scheme = request.scheme
    authority = request.authority
    path = request.path
    fields = request.headerFields.flatMap { [$0.name.rawName, $0.value] }
  }

  /// nil for anything else than what `data()` gives.
  init?(_ data: Data) {
    guard let head = try? JSONDecoder().decode(StoredHead.self, from: data) else { return nil }
    self = head
  }

  func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(self)
  }

  /// nil for a method or field that is none.
  var request: HTTPRequest? {
    guard let method = HTTPRequest.Method(rawValue: method), fields.count.isMultiple(of: 2) else { return nil }
    var request = HTTPRequest(method: method, scheme: scheme, authority: authority, path: path)
    for index in stride(from: 0, to: fields.count, by: 2) {
      guard let name = HTTPField.Name(fields[index]) else { return nil }
      request.headerFields.append(HTTPField(name: name, value: fields[index + 1]))
    }
    return request
  }
}
