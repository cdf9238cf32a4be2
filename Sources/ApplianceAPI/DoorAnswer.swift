public import HTTPTypes
import JSON

/// What a door answers, and what whoever keeps a log may know of it.
public struct DoorAnswer: Sendable {
  /// What was asked, without parameters: they may hold people's data.
  public struct Note: Hashable, Sendable {
    /// A known action's name, or a word for what was no such request.
    public var action: String
    /// Who asked; nil while nobody is logged in.
    public var user: String?
    /// nil where the answer has none.
    public var status: APIStatus?

    init(_ action: String, user: String? = nil, status: APIStatus? = nil) {
      self.action = action
      self.user = user
      self.status = status
    }
  }

  /// Status and header fields.
  public var response: HTTPResponse
  /// May be empty.
  public var body: [UInt8]
  /// What follows as the body; nil for nothing.
  public var rest: (any CDRPieces)?
  /// For logs and counters.
  public var note: Note

  init(_ status: Int, _ contentType: String?, _ body: [UInt8], _ note: Note) {
    response = HTTPResponse(status: HTTPResponse.Status(code: max(100, min(599, status))))
    if let contentType { response.headerFields[.contentType] = contentType }
    // What is answered belongs to who is logged in.
    response.headerFields[.cacheControl] = "no-store"
    self.body = body
    self.note = note
  }

  init(_ status: Int, _ contentType: String, _ document: CDRDocument, _ note: Note) {
    self.init(status, contentType, document.beginning, note)
    rest = document.rest
  }

  static func json(_ value: JSONValue, _ note: Note) -> DoorAnswer {
    DoorAnswer(200, jsonType, value.bytes(), note)
  }

  static func text(_ status: Int, _ text: String, _ note: Note) -> DoorAnswer {
    DoorAnswer(status, "text/plain;charset=UTF-8", Array(text.utf8), note)
  }

  static let jsonType = "application/json;charset=UTF-8"
}
