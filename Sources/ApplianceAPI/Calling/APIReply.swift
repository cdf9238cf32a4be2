import JSON

/// What an action comes to.
enum APIReply {
  /// `{"response":…,"status":0}`.
  case response(JSONValue)
  /// `{"response":{…},"status":n}`.
  case failed(APIStatus)
  /// A whole body without the wrapper, as `cdrapi` answers (observed).
  case document([UInt8], contentType: String)
  /// The same with rows that may come in pieces.
  case rows(CDRDocument, contentType: String)

  static var done: APIReply { .response([:]) }

  func answer(_ note: (APIStatus?) -> DoorAnswer.Note) -> DoorAnswer {
    switch self {
    case .response(let value): return .json(["response": value, "status": 0], note(.success))
    case .failed(let status): return .json(Self.failure(status), note(status))
    case .document(let body, let contentType): return DoorAnswer(200, contentType, body, note(nil))
    case .rows(let document, let contentType): return DoorAnswer(200, contentType, document, note(nil))
    }
  }

  /// The text beside -1 was seen; that other failures have an empty response is assumed.
  static func failure(_ status: APIStatus) -> JSONValue {
    let response: JSONValue = status == .invalidParameters ? ["error_msg": "Invalid parameters!"] : [:]
    return ["response": response, "status": .integer(Int64(status.rawValue))]
  }
}
