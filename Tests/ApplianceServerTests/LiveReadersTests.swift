import CDRStorage
import Dispatch
import PBXModel
import Primitives
import TestSupport
import Testing

@testable import ApplianceServer

/// Several readers of one database.
@Suite(.timeLimit(.minutes(2))) struct LiveReadersTests {
  private static func readers(_ folder: TemporaryDirectory) throws -> LiveReaders {
    let store = try CDRStore(path: folder.path("cdr.sqlite"), existing: .replace, timeZone: .utc)
    for number in 1...50 { try store.append(CDRSession(first: .outboundCall(number, row: 0), others: [])) }
    try store.close()
    return LiveReaders(path: folder.path("cdr.sqlite"))
  }

  @Test func aQuestionThatTakesLongKeepsNobodyWaiting() async throws {
    let folder = try TemporaryDirectory()
    let readers = try Self.readers(folder)
    let (begun, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    async let long = waiting {
      try readers.read { archive in
        begun.signal()
        goOn.wait()
        return try archive.rowCount()
      }
    }
    try await waiting { begun.wait() }
    for _ in 0..<10 { #expect(try readers.read { try $0.rowCount() } == 50) }
    goOn.signal()
    #expect(try await long == 50)
  }

  @Test func whoNeedsTheFileForHimselfEndsWhatIsBeingRead() async throws {
    let folder = try TemporaryDirectory()
    let readers = try Self.readers(folder)
    let begun = DispatchSemaphore(value: 0)
    let endless = Task {
      try await waiting {
        try readers.read { archive -> Void in
          begun.signal()
          while true { _ = try archive.calls() }
        }
      }
    }
    try await waiting { begun.wait() }
    #expect(try await waiting { readers.withoutReaders { 7 } } == 7)
    await #expect(throws: CDRStoreError.self) { try await endless.value }
    #expect(try readers.read { try $0.rowCount() } == 50)
  }

  @Test func aFileThatIsNotThereIsAnErrorEachTime() throws {
    let readers = LiveReaders(path: "/nowhere/cdr.sqlite")
    for _ in 0..<3 { #expect(throws: CDRStoreError.self) { try readers.read { try $0.rowCount() } } }
    #expect(readers.withoutReaders { 7 } == 7)
  }
}
