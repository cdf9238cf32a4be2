import CRMConnectors
import JSON

/// What is wrong with a cassette's file; never what stands in it.
public struct CassetteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as it was given.
  public let path: String
  /// Counted from 1.
  public let line: Int
  /// What was expected.
  public let message: String

  /// `cassette.jsonl:12: …`.
  public var description: String { "\(path):\(line): \(message)" }
}

extension Cassette {
  /// Reads a file's bytes.
  ///
  /// - Parameter path: the file's name for errors; nothing is opened.
  public init(reading bytes: [UInt8], path: String) throws(CassetteError) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    func failure(_ line: Int, _ message: String) -> CassetteError {
      CassetteError(path: path, line: line, message: message)
    }
    guard let first = lines.first, let head = JSONValue(parsing: Array(first)),
      case .integer(let version)? = head["cassette"]
    else { throw failure(1, "expected the head of a cassette, `{\"cassette\":1,…}`; is this a cassette?") }
    guard version == Int64(Self.version) else {
      throw failure(1, "the cassette is of version \(version), this program reads \(Self.version); record it anew")
    }
    guard let people = head["people"]?.string.flatMap(CassetteRedaction.People.init(rawValue:)) else {
      throw failure(1, "`people` says pseudonyms or keep")
    }
    guard lines.count <= Self.maximumEntries + 1 else {
      throw failure(Self.maximumEntries + 2, "more than \(Self.maximumEntries) exchanges")
    }
    var entries: [Entry] = []
    entries.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated().dropFirst() {
      do throws(LineError) { entries.append(try Self.entry(Array(line), line: index + 1)) } catch {
        throw failure(index + 1, error.message)
      }
    }
    self.people = people
    self.entries = entries
  }

  private struct LineError: Error { let message: String }

  private static func entry(_ bytes: [UInt8], line: Int) throws(LineError) -> Entry {
    guard let value = JSONValue(parsing: bytes), value.members != nil else {
      throw LineError(message: "expected a JSON object; was the file cut off?")
    }
    func text(_ name: String) throws(LineError) -> String {
      guard let text = value[name]?.string else { throw LineError(message: "`\(name)` is missing or no text") }
      return text
    }
    func pairs(_ name: String) throws(LineError) -> [[String]] {
      guard let given = value[name] else { return [] }
      let read = given.array?.compactMap { $0.array?.compactMap(\.string) }
      guard let read, read.count == given.array?.count else {
        throw LineError(message: "`\(name)` is a list of names and values")
      }
      return read
    }
    let request = CassetteRequest(
      purpose: try text("purpose"), method: try text("method"), host: try text("host"), path: try text("path"),
      query: try pairs("query"), body: value["body"]?.string ?? "")
    if let reason = value["unreachable"]?.string {
      guard let reason = CRMAnswer.UnreachableReason(rawValue: reason) else {
        throw LineError(message: "`unreachable` is one of \(CRMAnswer.UnreachableReason.words)")
      }
      return Entry(line: line, request: request, answer: .unreachable(reason))
    }
    guard case .integer(let status)? = value["status"], (100...599).contains(status) else {
      throw LineError(message: "`status` is missing or none of HTTP's, and the exchange is not `unreachable`")
    }
    let answer = CassetteAnswer.response(
      status: Int(status), fields: try pairs("fields"), body: value["answer"]?.string ?? "")
    return Entry(line: line, request: request, answer: answer)
  }
}

extension CRMAnswer.UnreachableReason {
  fileprivate static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
