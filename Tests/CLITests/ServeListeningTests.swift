import Foundation
import TestSupport
import Testing

/// `serve --interface`: an appliance that hears of calls as they happen.
struct ServeListeningTests {
  /// Whether this process may listen on interfaces, and send on them what it likes.
  private static let mayListen: Bool = {
    let descriptor = socket(AF_PACKET, Int32(SOCK_RAW.rawValue), 0)
    defer { if descriptor >= 0 { close(descriptor) } }
    return descriptor >= 0 && geteuid() == 0
  }()

  private static func serve(_ options: [String]) throws -> Program.Result {
    try Program.run(["serve", "--model", "UCM6304", "--site", Program.site, "--port", "0", "--no-cdr-api"] + options)
  }

  /// Sends the frames of a trace on loopback, one right behind the other, and waits for so many rows.
  private static let sender = """
    import re, socket, struct, sys, time, urllib.request
    data = open(sys.argv[1], "rb").read()
    order = "<" if data[:4] in (b"\\xd4\\xc3\\xb2\\xa1", b"\\x4d\\x3c\\xb2\\xa1") else ">"
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(("lo", 0))
    at = 24
    while at < len(data):
      count = struct.unpack(order + "I", data[at + 8:at + 12])[0]
      s.send(data[at + 16:at + 16 + count]); at += 16 + count
    until = time.monotonic() + 50
    while time.monotonic() < until:
      text = urllib.request.urlopen(sys.argv[2] + "/metrics", timeout=20).read().decode()
      if f"ucmsim_cdr_rows_total {sys.argv[3]}\\n" in text: break
      time.sleep(0.05)
    print("\\n".join(l for l in text.splitlines() if re.match("ucmsim_(capture|cdr|registered|replay)_", l)))
    print(urllib.request.urlopen(sys.argv[2] + "/healthz", timeout=20).read().decode())
    """

  @Test(.enabled("listening on lo takes root and CAP_NET_RAW") { mayListen })
  func callsOnAnInterfaceHaveRowsAndRootsRightsAreGone() throws {
    let folder = try TemporaryDirectory()
    let replay = try Program.run([
      "replay", Program.fixture("internal-call"), "--model", "UCM6304", "--site", Program.site, "--out",
      folder.path("run"),
    ])
    #expect(replay.status == 0, "\(replay.err)")
    // A line for the columns stands in front.
    let rows = try folder.text("run/cdr.csv").split(separator: "\n").count - 1
    #expect(rows > 0)
    let served = try ServeCommandTests.serve(
      ["--filter", "udp port 5060 and net 127.0.40.0/24", "--user", "nobody"], showing: ["-i", "lo"])
    let status = try String(contentsOfFile: "/proc/\(served.running.pid)/status", encoding: .utf8)
    let sent = try ServeCommandTests.python([
      "-c", Self.sender, Program.fixture("internal-call"), served.watch, String(rows),
    ])
    #expect(sent.out.contains("ucmsim_cdr_rows_total \(rows)\n"), "\(sent.out)")
    #expect(sent.out.contains("ucmsim_registered_extensions 2"), "\(sent.out)")
    #expect(sent.out.contains("ucmsim_capture_up 1") && sent.out.contains("{by=\"buffer\"} 0"), "\(sent.out)")
    #expect(sent.out.contains("{\"status\":\"ok\",\"replay\":\"listening\"}"), "\(sent.out)")
    let nobody = try #require(getpwnam("nobody")).pointee
    #expect(status.contains("Uid:" + String(repeating: "\t\(nobody.pw_uid)", count: 4) + "\n"), "\(status)")
    #expect(status.contains("Gid:" + String(repeating: "\t\(nobody.pw_gid)", count: 4) + "\n"), "\(status)")
    #expect(status.contains("CapEff:\t0000000000000000\n") && status.contains("CapPrm:\t0000000000000000\n"))
    #expect(status.contains("NoNewPrivs:\t1"))
    #expect(served.running.stop() == 0)
  }

  @Test func anInterfaceThatIsNotThereIsToldWithThoseThereAre() throws {
    let user = geteuid() == 0 ? ["--user", "root"] : []
    let run = try Self.serve(["-i", "nowhere0"] + user)
    #expect(run.status == 2, "\(run.err)")
    #expect(run.err.contains("nowhere0: is no interface of this machine; there are lo"), "\(run.err)")
  }

  @Test(.enabled("only root has rights to give up") { geteuid() == 0 })
  func rootHasToSayAsWhomItGoesOn() throws {
    let nobody = try Self.serve(["-i", "lo"])
    #expect(nobody.status == 2 && nobody.err.contains("--user"), "\(nobody.err)")
    let unknown = try Self.serve(["-i", "lo", "--user", "no-such-user"])
    #expect(unknown.status == 2 && unknown.err.contains("there is no user no-such-user"), "\(unknown.err)")
  }

  @Test(.enabled("only root may become somebody else") { geteuid() == 0 })
  func whoMayNotListenIsToldWhatItTakes() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let copy = try TemporaryDirectory()
    process.arguments = [
      "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps=-all", Program.path, "serve",
      "-i", "lo", "--model", "UCM6304", "--pbx", "192.0.2.1", "--port", "0", "--no-cdr-api",
    ]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    process.currentDirectoryURL = copy.url
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 3, "\(said)")
    #expect(said.contains("lo: may not be listened on") && said.contains("setcap cap_net_raw+ep"), "\(said)")
  }

  @Test(.enabled("listening on lo takes root and CAP_NET_RAW") { mayListen })
  func aFilterThatIsNoneIsAMatterOfUsage() throws {
    let run = try Self.serve(["-i", "lo", "--user", "root", "--filter", "port and"])
    #expect(run.status == 2 && run.err.contains("the filter \"port and\" cannot be used"), "\(run.err)")
  }

  @Test func anInterfaceTakesAPBXThatSomebodyNames() throws {
    let run = try Program.run(["serve", "-i", "lo", "--model", "UCM6304"])
    #expect(run.status == 2 && run.err.contains("name its address with --pbx or a site file"), "\(run.err)")
  }

  @Test(arguments: [["--speed", "2"], ["--loop"], ["--wait-for-client"]])
  func anInterfaceHasItsOwnTime(options: [String]) throws {
    let run = try Self.serve(["-i", "lo"] + options)
    #expect(run.status == 2 && run.err.contains("an interface has its own time"), "\(run.err)")
  }

  @Test func tracesOrAnInterfaceHaveToBeGiven() throws {
    let run = try Self.serve([])
    #expect(run.status == 2 && run.err.contains("Give traces to replay, or an interface"), "\(run.err)")
  }
}
