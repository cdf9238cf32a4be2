import JSON
import Primitives

/// What `queueapi` answers, in the notation asked for.
///
/// JSON is `{"queue_statistics":[{"total":{…}},{"queue":{…}}]}` without a status (observed with a client of a 6202),
/// XML `<root_statistics><total>…</total><queue>…</queue></root_statistics>` (observed with another client for the
/// overview; that other answers are like it is assumed). Values are texts (observed).
struct QueueDocument {
  /// What an entry is about.
  enum Subject: String {
    case total, queue, agent
  }

  /// One entry, its members in their order.
  struct Entry {
    var subject: Subject
    var members: [(name: String, value: String)]

    init(_ subject: Subject, _ members: [(String, String)]) {
      self.subject = subject
      self.members = members
    }
  }

  /// The notations there are; what CSV looks like here was not seen.
  enum Notation: String {
    case json, xml

    var contentType: String {
      switch self {
      case .json: ApplianceDoors.contentType(of: .json)
      case .xml: ApplianceDoors.contentType(of: .xml)
      }
    }
  }

  var entries: [Entry] = []

  func bytes(_ notation: Notation) -> [UInt8] {
    switch notation {
    case .json: json.bytes()
    case .xml: Array(xml.utf8)
    }
  }

  private var json: JSONValue {
    let list = entries.map { entry in
      JSONValue.object([
        .init(entry.subject.rawValue, .object(entry.members.map { .init($0.name, .string($0.value)) }))
      ])
    }
    return ["queue_statistics": .array(list)]
  }

  private var xml: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root_statistics>\n"
    for entry in entries {
      text += "  <\(entry.subject.rawValue)>\n"
      for (name, value) in entry.members { text += "    <\(name)>\(XMLText.escaped(value))</\(name)>\n" }
      text += "  </\(entry.subject.rawValue)>\n"
    }
    return text + "</root_statistics>\n"
  }
}
