import ApplianceServer
import ApplianceWeb
import Foundation
import JSON
import Primitives
import TestSupport
import Testing

/// What an appliance keeps over a restart, and the folder it keeps it in.
struct KeptStateTests {
  private static var full: KeptState {
    var state = KeptState()
    state.systemEvents = [
      SystemEventFacts(
        time: Instant(nanoseconds: 1_790_000_000_123_456_789), name: "Disk Usage", kind: "Generate Alert",
        detail: "80 % \"of\"\n<script>", isRestored: false)
    ]
    state.toldCalls = 17
    return state
  }

  private static func text(_ change: (String) -> String) -> [UInt8] {
    Array(change(String(decoding: full.json.bytes(), as: UTF8.self)).utf8)
  }

  @Test func whatIsKeptIsReadAsItWas() throws {
    #expect(try KeptState(Self.full.json.bytes()) == Self.full)
    #expect(try KeptState(KeptState().json.bytes()) == KeptState())
  }

  @Test(arguments: ["", "[]", "{", "{\"kind\":\"something else\",\"version\":1,\"systemEvents\":[]}", "\0"])
  func whatIsNoStateIsNotRead(text: String) {
    #expect(throws: KeptState.Failure.notAState) { try KeptState(Array(text.utf8)) }
  }

  @Test func whatALaterVersionWroteIsToldApart() {
    let later = Self.text { $0.replacingOccurrences(of: "\"version\":1", with: "\"version\":2") }
    #expect(throws: KeptState.Failure.newer(version: 2)) { try KeptState(later) }
  }

  @Test(arguments: [
    ("\"version\":1", "\"version\":0", "version"), ("\"version\":1", "\"version\":\"1\"", "version"),
    ("\"systemEvents\":[", "\"systemEvents\":[7,", "systemEvents"),
    ("\"systemEvents\"", "\"events\"", "systemEvents"), ("\"isRestored\":false", "\"isRestored\":0", "systemEvents"),
    ("\"toldCalls\":17", "\"toldCalls\":-1", "toldCalls"), ("\"toldCalls\":17", "\"toldCalls\":\"17\"", "toldCalls"),
  ])
  func aDamagedStateSaysWhere(old: String, new: String, name: String) {
    let damaged = Self.text { $0.replacingOccurrences(of: old, with: new) }
    #expect(throws: KeptState.Failure.wrongValue(name: name)) { try KeptState(damaged) }
  }

  @Test func aFolderKeepsWhatWasWrittenLast() throws {
    let directory = try TemporaryDirectory()
    let path = directory.url.path
    do {
      let folder = try StateFolder(path: path)
      #expect(try folder.read() == KeptState())
      try folder.write(Self.full)
      try folder.write(Self.full)
      #expect(try folder.read() == Self.full)
    }
    let again = try StateFolder(path: path)
    #expect(try again.read() == Self.full)
    try again.reset()
    try again.reset()
    #expect(try again.read() == KeptState())
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["lock"])
  }

  @Test func aFolderIsForOneAtATime() throws {
    let directory = try TemporaryDirectory()
    let first = try StateFolder(path: directory.url.path)
    #expect(throws: StateFolder.Failure.self) { try StateFolder(path: directory.url.path) }
    do {
      _ = try StateFolder(path: directory.url.path)
    } catch { #expect(error.reason == .inUse && error.description.contains("choose another folder")) }
    _ = first
  }

  @Test func whatCannotBeReadOrWrittenIsNamed() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: StateFolder.Failure.self) { try StateFolder(path: directory.path("nowhere")) }
    try FileManager.default.createDirectory(atPath: directory.path("state.json"), withIntermediateDirectories: false)
    let folder = try StateFolder(path: directory.url.path)
    do {
      _ = try folder.read()
      Issue.record("a directory was read")
    } catch { #expect(error.path == directory.path("state.json")) }
    #expect(throws: StateFolder.Failure.self) { try folder.write(Self.full) }
  }

  @Test func aKeeperWritesWhatChangedAndComplainsOnce() throws {
    let directory = try TemporaryDirectory()
    let folder = try StateFolder(path: directory.url.path)
    let quiet = StateKeeper(folder, holding: Self.full, problem: { _ in Issue.record("a complaint") }) { Self.full }
    quiet.keep()
    #expect(try folder.read() == KeptState())
    let changing = StateKeeper(folder, holding: KeptState(), problem: { _ in Issue.record("a complaint") }) {
      Self.full
    }
    changing.keep()
    #expect(try folder.read() == Self.full)
    try folder.reset()
    try FileManager.default.createDirectory(atPath: directory.path("state.json"), withIntermediateDirectories: false)
    let complaints = Complaints()
    let hindered = StateKeeper(folder, holding: KeptState(), problem: { complaints.add($0) }) { Self.full }
    hindered.keep()
    hindered.keep()
    #expect(complaints.all.count == 1)
  }
}

private final class Complaints: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: [String] = []
  var all: [String] { lock.withLock { texts } }
  func add(_ text: String) { lock.withLock { texts.append(text) } }
}
