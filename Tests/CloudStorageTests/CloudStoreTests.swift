import CloudStorage
import Foundation
import GRDB
import HTTPTypes
import Primitives
import TestSupport
import Testing

@Suite struct CloudStoreTests {
  private static func request(_ number: Int) -> CloudStore.Request {
    var head = HTTPRequest(method: .post, scheme: "https", authority: "a.example", path: "/p?n=\(number)")
    head.headerFields[.authorization] = "token \(number)"
    head.headerFields.append(HTTPField(name: .accept, value: "a"))
    head.headerFields.append(HTTPField(name: .accept, value: "b"))
    return CloudStore.Request(time: Instant(nanoseconds: Int64(number)), request: head, body: [0, 255, UInt8(number)])
  }

  @Test func whatWasAppendedComesBackInItsOrder() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("cloud.sqlite")
    let store = try CloudStore(path: path)
    #expect(try store.contents().snapshot == nil)
    try store.replace(with: Array("state".utf8))
    for number in 1...3 { try store.append(Self.request(number)) }
    try store.close()
    let contents = try CloudStore(path: path).contents()
    #expect(contents.snapshot == Array("state".utf8))
    #expect(contents.requests.map(\.time.nanoseconds) == [1, 2, 3])
    #expect(contents.requests.map(\.request) == (1...3).map { Self.request($0).request })
    #expect(contents.requests.map(\.body) == (1...3).map { Self.request($0).body })
  }

  @Test func aSnapshotTakesThePlaceOfWhatCameBefore() throws {
    let folder = try TemporaryDirectory()
    let store = try CloudStore(path: folder.path("cloud.sqlite"))
    try store.append(Self.request(1))
    try store.replace(with: [1])
    try store.append(Self.request(2))
    let contents = try store.contents()
    #expect(contents.snapshot == [1] && contents.requests.count == 1)
  }

  /// As after a crash: the files as they are on disk while the store is open.
  @Test func whatWasAppendedIsOnDiskBeforeTheStoreIsClosed() throws {
    let folder = try TemporaryDirectory()
    let store = try CloudStore(path: folder.path("cloud.sqlite"))
    try store.replace(with: [7])
    try store.append(Self.request(1))
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: folder.path("cloud.sqlite" + suffix), toPath: folder.path("copy.sqlite" + suffix))
    }
    let contents = try CloudStore(path: folder.path("copy.sqlite")).contents()
    #expect(contents.snapshot == [7] && contents.requests.count == 1)
    try store.close()
  }

  @Test func nobodyButItsOwnerCanReadIt() throws {
    let folder = try TemporaryDirectory()
    let store = try CloudStore(path: folder.path("cloud.sqlite"))
    try store.append(Self.request(1))
    for file in ["cloud.sqlite", "cloud.sqlite-wal"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path(file))[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
  }

  @Test func aSecondOwnerIsTurnedAway() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("cloud.sqlite")
    let store = try CloudStore(path: path)
    try store.append(Self.request(1))
    let error = #expect(throws: CloudStoreError.self) { try CloudStore(path: path) }
    #expect(error?.reason == .locked && error?.isUnusableInput == false)
    try store.close()
  }

  @Test(arguments: ["text", String(repeating: "x", count: 4096)])
  func aFileOfAnotherKindIsLeftAsItIs(text: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(Data(text.utf8), to: "cloud.sqlite")
    let error = #expect(throws: CloudStoreError.self) { try CloudStore(path: path) }
    #expect(error?.reason == .foreign && error?.isUnusableInput == true)
    #expect(try folder.data("cloud.sqlite") == Data(text.utf8))
  }

  @Test func aDamagedFileIsAnError() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("cloud.sqlite")
    let store = try CloudStore(path: path)
    try store.replace(with: [UInt8](repeating: 1, count: 50_000))
    for number in 1...50 { try store.append(Self.request(number)) }
    try store.close()
    var bytes = try folder.data("cloud.sqlite")
    bytes.replaceSubrange(5000..<12_000, with: Data(repeating: 0xab, count: 7000))
    try bytes.write(to: URL(filePath: path))
    let error = #expect(throws: CloudStoreError.self) { try CloudStore(path: path).contents() }
    #expect(error?.isUnusableInput == true, "\(error?.description ?? "")")
  }

  @Test func aFileOfALaterVersionIsAnError() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("cloud.sqlite")
    try CloudStore(path: path).close()
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of a later version')") }
    try queue.close()
    let error = #expect(throws: CloudStoreError.self) { try CloudStore(path: path) }
    #expect(error?.reason == .newerSchema)
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    let error = #expect(throws: CloudStoreError.self) { try CloudStore(path: "/nowhere/cloud.sqlite") }
    #expect(error?.reason == .unwritable)
  }
}
