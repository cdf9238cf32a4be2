import JSON

/// A page of `GET /crm/v2/Calls`.
struct ZohoV2CallPage {
  private var calls: [Call]?
  private var hasMore: Bool?

  private struct Call {
    private(set) var id: String?
    private var description: String?
    private var subject: String?
    private var callerID: String?

    /// What a mark may stand in.
    var texts: [String] { [description, subject, callerID].compactMap(\.self) }

    /// nil for a value that is no object.
    init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
      let isRecord = try cursor.members { cursor, name throws(JSONReader.Failure) in
        switch name {
        case "id": if id == nil { id = try cursor.text() }
        case "Description": if description == nil { description = try cursor.text() }
        case "Subject": if subject == nil { subject = try cursor.text() }
        case "Caller_ID": if callerID == nil { callerID = try cursor.text() }
        case _: break
        }
      }
      guard isRecord else { return nil }
    }
  }

  /// Without an `info` there are no more pages.
  private init(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
    try cursor.members { cursor, name throws(JSONReader.Failure) in
      switch name {
      case "data":
        if calls == nil {
          calls = try ZohoV2Answer.elements(&cursor) { cursor throws(JSONReader.Failure) in try Call(&cursor) }
        }
      case "info":
        try cursor.members { cursor, name throws(JSONReader.Failure) in
          if name == "more_records", hasMore == nil { hasMore = try cursor.flag() }
        }
      case _: break
      }
    }
  }

  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> CRMCallPage {
    switch try ZohoV2Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: return CRMCallPage(calls: [], isLast: true)
    case .bytes(let body, let status):
      let page = try ZohoV2Answer.decode(body, status: status) { cursor throws(JSONReader.Failure) in
        let page = try ZohoV2CallPage(&cursor)
        return page.calls == nil ? nil : page
      }
      let calls = (page.calls ?? []).compactMap { call in
        call.id.flatMap { ZohoV2Answer.isRecordID($0) ? (id: $0, texts: call.texts) : nil }
      }
      return CRMCallPage(calls: calls, isLast: !(page.hasMore ?? false))
    }
  }
}
