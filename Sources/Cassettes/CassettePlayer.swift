public import CRMConnectors
import HTTPTypes

/// Answers requests from a cassette: each recorded exchange once, those that ask the same in their order.
public struct CassettePlayer: Sendable {
  private let cassette: Cassette
  private var redaction: CassetteRedaction
  /// Places of entries not played yet, by what they ask.
  private var left: [[String]: [Int]] = [:]
  private var played: Set<Int> = []
  private var asked = 0

  /// At the cassette's beginning.
  public init(_ cassette: Cassette) {
    self.cassette = cassette
    redaction = CassetteRedaction(people: cassette.people)
    for (index, entry) in cassette.entries.enumerated().reversed() {
      left[entry.request.key, default: []].append(index)
    }
  }

  /// The recorded answer to a request, or how the closest recorded request differs from it.
  public mutating func answer(_ request: CRMRequest) -> Result<CRMAnswer, CassetteMismatch> {
    asked += 1
    let wanted = redaction.request(request)
    guard let entry = entry(for: wanted) else {
      let candidates = cassette.entries.indices.filter { !played.contains($0) }.map { cassette.entries[$0] }
      return .failure(
        CassetteMismatch(
          number: asked, wanted: wanted, closest: CassetteMismatch.closest(to: wanted, among: candidates)))
    }
    return .success(CRMAnswer(entry.answer) { redaction.played($0) })
  }

  /// The recorded exchange that a request would be answered with, and the request as a cassette knows it.
  ///
  /// The exchange counts as played.
  mutating func entry(for request: CRMRequest) -> (request: CassetteRequest, entry: Cassette.Entry?) {
    let wanted = redaction.request(request)
    return (wanted, entry(for: wanted))
  }

  /// The recorded exchange that asks the same; it counts as played.
  public mutating func entry(for wanted: CassetteRequest) -> Cassette.Entry? {
    guard let index = left[wanted.key]?.popLast() else { return nil }
    played.insert(index)
    return cassette.entries[index]
  }

  mutating func redacted(_ answer: CRMAnswer) -> CassetteAnswer { redaction.answer(answer) }

  /// What was recorded and never asked for; nil when everything was.
  public var leftover: String? {
    guard let first = cassette.entries.indices.first(where: { !played.contains($0) }) else { return nil }
    let entry = cassette.entries[first]
    let count = cassette.entries.count - played.count
    return "\(count) recorded \(count == 1 ? "request was" : "requests were") never made, the first in line "
      + "\(entry.line): \(entry.request.text)"
  }
}

extension CRMAnswer {
  init(_ recorded: CassetteAnswer, played: (String) -> [UInt8]) {
    switch recorded {
    case .unreachable(let reason): self = .unreachable(reason)
    case .response(let status, let fields, let body):
      var response = HTTPResponse(status: .init(code: status))
      for field in fields where field.count == 2 {
        guard let name = HTTPField.Name(field[0]) else { continue }
        response.headerFields.append(HTTPField(name: name, value: field[1]))
      }
      self = .response(response, body: played(body))
    }
  }
}
