public import JSON

/// What the program writes to read it again: JSON that says what it is, and has a digest of all it holds.
public protocol StoredDocument: Decodable {
  /// As `ucmsim plan`.
  static var kind: String { get }
  /// Counted up when the members change.
  static var format: Int { get }
  /// The member that has the digest.
  static var digestName: String { get }
  /// The members, always in the same order; what is decoded gives the same again.
  var json: JSONValue { get }
  /// Why it is of no use though it reads well; nil for nothing.
  var flaw: String? { get }
}

/// Why a file is none of ours, or no longer what was written.
public struct StoredDocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// To stand behind the file's name and a colon.
  public let description: String
}

extension StoredDocument {
  /// The whole file, with a line's end.
  public func fileBytes(_ layout: JSONValue.Layout = .compact) -> [UInt8] {
    let content = json
    let head: [JSONValue.Member] = [
      .init("kind", .string(Self.kind)), .init("format", .integer(Int64(Self.format))),
      .init(Self.digestName, .string(ContentDigest.text(of: content.bytes()))),
    ]
    return JSONValue.object(head + (content.members ?? [])).bytes(layout) + [UInt8(ascii: "\n")]
  }

  /// Reads what `fileBytes` wrote.
  public init(fileBytes: [UInt8]) throws(StoredDocumentError) {
    let file: StoredFile<Self>
    do throws(JSONReader.Failure) { file = try JSONReader.read(from: fileBytes) } catch {
      throw Self.complaint(of: fileBytes, error)
    }
    if let complaint = Self.complaint(of: file.head) { throw complaint }
    let digest = ContentDigest.text(of: file.content.json.bytes())
    guard digest == file.digest else {
      throw StoredDocumentError(
        description:
          "holds something else than was written (its \(Self.digestName) is \(file.digest ?? "missing"), its "
          + "content has \(digest)); write it anew")
    }
    if let flaw = file.content.flaw { throw StoredDocumentError(description: flaw) }
    self = file.content
  }

  private static func complaint(of bytes: [UInt8], _ failure: JSONReader.Failure) -> StoredDocumentError {
    if bytes.isEmpty { return StoredDocumentError(description: "is empty; it should be a file of `\(kind)`") }
    // A member of no use is reported as if the text were no JSON; then the head can still be read.
    if let head = try? JSONReader.read(StoredHead.self, from: bytes) {
      return complaint(of: head)
        ?? StoredDocumentError(
          description: "lacks members that a file of `\(kind)` has, or has them with other values; write it anew")
    }
    let fault = failure == .notJSON ? "is not JSON, or breaks off after \(bytes.count) bytes" : "has no `kind`"
    return StoredDocumentError(description: "\(fault); it should be a file of `\(kind)`")
  }

  private static func complaint(of head: StoredHead) -> StoredDocumentError? {
    guard head.kind == kind else {
      let found = head.kind.map { "of `\($0)`" } ?? "of something else"
      return StoredDocumentError(description: "is a file \(found); it should be one of `\(kind)`")
    }
    guard head.format == format else {
      let found = head.format.map { String($0) } ?? "none"
      return StoredDocumentError(
        description: "has the format \(found), this ucmsim reads \(format); write it anew with this ucmsim")
    }
    return nil
  }
}

/// What every stored file begins with.
private struct StoredHead: Decodable {
  let kind: String?
  let format: Int?
}

/// Head, digest and content, which are members of the same object.
private struct StoredFile<Content: StoredDocument>: Decodable {
  let head: StoredHead
  let digest: String?
  let content: Content

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    head = try StoredHead(from: decoder)
    digest = try decoder.container(keyedBy: Name.self)
      .decodeIfPresent(String.self, forKey: Name(stringValue: Content.digestName))
    content = try Content(from: decoder)
  }
}
