import Foundation
import TestSupport
import Testing

struct KeyLogTests {
  private func file(_ name: String) -> String {
    Program.root.appending(path: "fixtures/transports/tls12/\(name)").path
  }

  @Test func aKeyLogOpensTLS() throws {
    let result = try Program.run(["messages", file("trace.pcap"), "--keylog", file("keys.log"), "--count"])
    #expect(result.status == 0)
    #expect(result.out == "48\n")
    #expect(result.err == "")
  }

  @Test func withoutAKeyLogTLSIsSaidToBeEncrypted() throws {
    let result = try Program.run(["messages", file("trace.pcap"), "--count"])
    #expect(result.status == 0)
    #expect(result.out == "0\n")
    #expect(result.err.contains("12 directions of encrypted connections that are not read (no key)"))
  }

  @Test func linesThatSayNothingAreToldByTheirNumbers() throws {
    let folder = try TemporaryDirectory()
    let lines = try String(contentsOfFile: file("keys.log"), encoding: .utf8)
    let path = try folder.write(Data("CLIENT_RANDOM 00 xyz\n\(lines)what is this\n".utf8), to: "keys.log")
    let result = try Program.run(["messages", file("trace.pcap"), "--keylog", path, "--count"])
    #expect(result.status == 0)
    #expect(result.out == "48\n")
    #expect(result.err.contains("\(path):1: not in hexadecimal"))
    #expect(!result.err.contains("xyz"))
  }

  @Test(arguments: [
    (Data("what is this file, then?\n".utf8), ":1: not a label"), (Data("\u{1}\u{2}\n".utf8), ":1: not a label"),
  ])
  func aFileOfAnotherKindIsRefused(contents: Data, says: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(contents, to: "keys.log")
    let result = try Program.run(["messages", file("trace.pcap"), "--keylog", path])
    #expect(result.status == 3)
    #expect(result.err.contains(path + says))
    #expect(result.out == "")
  }

  @Test func aKeyLogThatIsNotThereIsRefused() throws {
    let result = try Program.run(["calls", file("trace.pcap"), "--pbx", "127.0.40.2", "--keylog", "/nowhere/keys.log"])
    #expect(result.status == 3)
    #expect(result.err.contains("/nowhere/keys.log"))
  }
}
