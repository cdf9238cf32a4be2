import Cases

/// Files that the program wrote to read them again.
enum StoredFiles {
  /// No plan and no results are longer.
  static let bytesMax = 1 << 30

  static func read<Document: StoredDocument>(
    _ document: Document.Type, _ path: String, atMost bytesMax: Int = bytesMax
  ) throws -> Document {
    let bytes = try ConfigurationText.bytes(path, atMost: bytesMax, taking: "a file of `\(Document.kind)`")
    do throws(StoredDocumentError) { return try Document(fileBytes: bytes) } catch {
      throw Complaint("\(path): \(error.description)", .unusableInput)
    }
  }
}

/// What tells this program from every other build of it.
enum BuildIdentity {
  static func text() throws -> String {
    let text = FileDigests.read("/proc/self/exe")
    guard text.utf8.count == 64 else {
      throw Complaint("cannot read /proc/self/exe, so results cannot be told from another build's", .internalError)
    }
    return text
  }
}
