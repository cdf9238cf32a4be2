import Foundation
import TestSupport
import Testing

/// `serve`: the appliance's APIs as a process, and the table of cases held against them.
struct ServeCommandTests {
  private static let kit = Program.root.appending(path: "scripts/conformance/run").path

  /// A server that listens, and where.
  struct Served {
    let running: Program.Running
    let api: String
    let cdr: String
    let watch: String
  }

  static func serve(_ more: [String], model: String = "UCM6304", trace: String = "office-morning") throws -> Served {
    try serve(more, showing: [Program.fixture(trace)], model: model)
  }

  /// - Parameter shown: traces, or an interface.
  static func serve(_ more: [String], showing shown: [String], model: String = "UCM6304") throws -> Served {
    let running = try Program.start(
      ["serve"] + shown + [
        "--model", model, "--site", Program.site, "--port", "0", "--cdr-port", "0",
        "--admin-port", "0",
      ] + more)
    let text = running.output { $0.contains("health and metrics") }
    let said = try running.folder.text("err")
    let api = try #require(text.firstMatch(of: /HTTPS API +(https?:\S+)/), "\(said)")
    let cdr = try #require(text.firstMatch(of: /CDR API \(old\) +(https?:\S+)/))
    let watch = try #require(text.firstMatch(of: /health and metrics +(http:\S+)/))
    return Served(running: running, api: String(api.1), cdr: String(cdr.1), watch: String(watch.1))
  }

  private static func runKit(_ arguments: [String]) throws -> (status: Int32, out: String) {
    try python([kit] + arguments)
  }

  static func python(_ arguments: [String]) throws -> (status: Int32, out: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let out = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: out, as: UTF8.self))
  }

  /// Asks for its health until the traces are at their end.
  static func waitForEnd(_ served: Served) throws {
    let script = """
      import sys, time, urllib.request
      while b'"replay":"finished"' not in urllib.request.urlopen(sys.argv[1] + "/healthz", timeout=20).read():
        time.sleep(0.02)
      """
    #expect(try python(["-c", script, served.watch]).status == 0)
  }

  @Test(arguments: ["UCM6304", "UCM6202", "UCM6102"])
  func everyCaseOfTheTableHolds(model: String) throws {
    let folder = try TemporaryDirectory()
    let served = try Self.serve(["--ca-out", folder.path("ca.pem")], model: model)
    try Self.waitForEnd(served)
    let kit = try Self.runKit([served.api, "--cdr", served.cdr, "--ca", folder.path("ca.pem"), "--writes"])
    #expect(kit.status == 0, "\(kit.out)")
    #expect(kit.out.hasSuffix("92 hold, 0 do not, 0 skipped\n"), "\(kit.out)")
    #expect(served.running.stop() == 0)
  }

  @Test func theTableTellsADoorThatIsNotTheAppliances() throws {
    let served = try Self.serve(["--api-deny", "listAccount,getCRMSettings"])
    let kit = try Self.runKit([served.api])
    #expect(kit.status == 1)
    #expect(kit.out.contains("FAIL    extensions are listed"), "\(kit.out)")
    #expect(served.running.stop() == 0)
    #expect(try Self.runKit([served.api]).status == 3)
    #expect(try Self.runKit(["nowhere"]).status == 2)
  }

  @Test func itsRowsAreThoseOfAReplay() throws {
    let folder = try TemporaryDirectory()
    let served = try Self.serve(["--state", folder.path("state")])
    try Self.waitForEnd(served)
    #expect(served.running.stop() == 0)
    let replay = try Program.run([
      "replay", Program.fixture("office-morning"), "--model", "UCM6304", "--site", Program.site, "--out",
      folder.path("run"),
    ])
    #expect(replay.status == 0, "\(replay.err)")
    let (one, other) = try ["state/cdr.sqlite", "run/cdr.sqlite"].map {
      try Program.run(["cdr", folder.path($0), "--format", "json", "--schema", "43"]).out
    }.pair
    #expect(one.count > 1000)
    #expect(one == other)
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func itEndsWithinTwoSecondsEvenInTheMiddleOfATrace(signal: Int32) throws {
    let served = try Self.serve(["--speed", "0.01"])
    let clock = ContinuousClock()
    let took = clock.measure { #expect(served.running.stop(with: signal) == 0) }
    #expect(took < .seconds(2.5))
  }

  @Test func itWaitsForAClientWhereThatIsWanted() throws {
    let served = try Self.serve(["--wait-for-client", "--insecure-http"])
    #expect(try !served.running.folder.text("err").contains("at their end"))
    #expect(try Self.runKit([served.api, "--facts"]).out.contains("ok      a challenge is sixteen digits"))
    try Self.waitForEnd(served)
    #expect(served.running.stop() == 0)
  }

  @Test func whatIsWrittenDownHoldsNoSecret() throws {
    let folder = try TemporaryDirectory()
    let password = try folder.write(Array("correct horse\n".utf8), to: "password")
    let served = try Self.serve([
      "--log", folder.path("log.jsonl"), "--api-user", "integrator", "--api-password-file", password,
    ])
    let kit = try Self.runKit([
      served.api, "--cdr", served.cdr, "--user", "integrator", "--password-file", password,
    ])
    #expect(kit.status == 0, "\(kit.out)")
    #expect(served.running.stop() == 0)
    let log = try folder.text("log.jsonl")
    #expect(log.contains("\"action\":\"listAccount\",\"user\":\"integrator\",\"status\":0"))
    for secret in ["correct horse", "sid", "nonce", "token"] { #expect(!log.contains(secret), "\(secret)") }
  }

  /// A receiver in so many lines: says its port, then what it was told.
  static let overTCP = """
    import socket, sys
    s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True)
    f = s.accept()[0].makefile("rb")
    for _ in range(int(sys.argv[1])): print(f.readline().decode().strip(), flush=True)
    """
  /// Refuses the first attempt.
  private static let overHTTP = """
    import http.server, json, sys
    seen = []
    class Receiver(http.server.BaseHTTPRequestHandler):
      def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.send_response(200 if seen else 503); self.send_header("content-length", "0"); self.end_headers()
        seen.append(1)
        print(self.path, self.headers["authorization"], self.headers["content-type"], json.dumps(body), flush=True)
      def log_message(self, *more): pass
    server = http.server.HTTPServer(("127.0.0.1", 0), Receiver); print(server.server_port, flush=True)
    for _ in range(int(sys.argv[1])): server.handle_request()
    """

  /// What a receiver prints, line by line; its port stands in front.
  static func receive(
    _ script: String, _ count: Int, _ more: [String] = [], _ serve: (String) throws -> Served
  ) throws -> [Substring] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, String(count)] + more
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    var text = ""
    while !text.contains("\n") { text += String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self) }
    let served = try serve(String(text.prefix { $0 != "\n" }))
    text += String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(served.running.stop() == 0)
    return Array(text.split(separator: "\n").dropFirst())
  }

  /// A client of the push channel in so many lines: says what it is answered.
  private static let overWebSocket = """
    import base64, hashlib, json, os, socket, ssl, struct, sys, urllib.parse
    url = urllib.parse.urlsplit(sys.argv[1])
    s = ssl._create_unverified_context().wrap_socket(socket.create_connection((url.hostname, url.port), 20))
    key = base64.b64encode(os.urandom(16)).decode()
    s.sendall(f"GET {sys.argv[2]} HTTP/1.1\\r\\nHost: x\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n"
      f"Sec-WebSocket-Key: {key}\\r\\nSec-WebSocket-Version: 13\\r\\n\\r\\n".encode())
    f = s.makefile("rb")
    print(f.readline().decode().strip())
    while f.readline().strip(): pass
    def send(message):
      text = json.dumps({"type": "request", "message": message}).encode()
      mask = os.urandom(4)
      length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0xfe]) + struct.pack(">H", len(text))
      s.sendall(b"\\x81" + length + mask + bytes(x ^ mask[i % 4] for i, x in enumerate(text)))
    def read():
      n = f.read(2)[1] & 127
      n = struct.unpack(">H", f.read(2))[0] if n == 126 else struct.unpack(">Q", f.read(8))[0] if n == 127 else n
      return json.loads(f.read(n))["message"]
    send({"action": "challenge", "username": "cdrapi", "version": "1", "transactionid": "t"})
    token = hashlib.md5((read()["challenge"] + "cdrapi123").encode()).hexdigest()
    send({"action": "login", "username": "cdrapi", "token": token}); print(read()["status"])
    send({"action": "subscribe", "eventnames": ["ExtensionStatus"]}); print(read()["status"])
    notice = read()[0]; print(notice["eventname"], len(notice["eventbody"]) > 5)
    """

  @Test func whatChangesIsPushedToWhoSubscribes() throws {
    let served = try Self.serve([])
    let pushed = try Self.python(["-c", Self.overWebSocket, served.api, "/websockify"])
    #expect(pushed.out == "HTTP/1.1 101 Switching Protocols\n0\n0\nExtensionStatus True\n", "\(pushed.out)")
    let elsewhere = try Self.python(["-c", Self.overWebSocket, served.api, "/elsewhere"])
    #expect(!elsewhere.out.hasPrefix("HTTP/1.1 101"), "\(elsewhere.out)")
    // Beside it the API answers as ever.
    #expect(try Self.runKit([served.api]).status == 0)
    #expect(served.running.stop() == 0)
  }

  @Test func callsAreToldAsTheyComeOverTCP() throws {
    let lines = try Self.receive(Self.overTCP, 6) {
      try Self.serve(["--real-time", "tcp://127.0.0.1:\($0)", "--real-time-duplicates", "2"])
    }
    #expect(lines.count == 6)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"cdr_root\":[{") && $0.hasSuffix("}]}") }, "\(lines)")
    #expect(lines[1] == lines[2])
    #expect(lines[0] != lines[1])
  }

  @Test func whatAReceiverRefusesIsToldAgainOverHTTP() throws {
    let folder = try TemporaryDirectory()
    let password = try folder.write(Array("open sesame\n".utf8), to: "password")
    let lines = try Self.receive(Self.overHTTP, 3) {
      try Self.serve([
        "--real-time", "http://127.0.0.1:\($0)/cdr", "--real-time-format", "xml", "--real-time-user", "u",
        "--real-time-password-file", password,
      ])
    }
    let posts = lines.filter { $0.hasPrefix("/cdr Basic dTpvcGVuIHNlc2FtZQ== application/xml \"<") }
    #expect(posts.count == 3, "\(lines)")
    #expect(posts.first == posts.dropFirst().first)
    #expect(posts.first != posts.last)
  }

  @Test(arguments: [
    (["--api-user", "cdrapi:secret"], "without a colon"), (["--speed", "fast"], "--speed takes max or a number"),
    (["--speed", "0"], "--speed takes max or a number"),
    (["--port", "70000"], "Ports go from 0 to 65535"), (["--session-seconds", "0"], "--session-seconds takes"),
    (["--api-allow", "cdrapi", "--api-deny", "recapi"], "leave --api-deny out"),
    (["--api-allow", "everything"], "is no action of the API"), (["--api-from", "somewhere"], "is no network"),
    (["--host", "0.0.0.0"], "--api-password-file"), (["--insecure-http", "--ca-out", "x"], "there is no --ca-out"),
    (["--api-paging", "numbers"], "is none of any, strings"),
    (["--real-time", "udp://127.0.0.1:1"], "is no receiver"), (["--real-time-user", "u"], "belong together"),
    (["--real-time", "tcp://127.0.0.1:1", "--real-time-format", "csv"], "takes json or xml"),
    (["--real-time-swaps=-1"], "take 0 to 1000000"), (["--factory-reset"], "is for --state"),
    (["-i", "lo"], "and not both"),
    (["--promiscuous"], "are for --interface"), (["--snaplen", "10"], "--snaplen takes 64"),
    (["--capture-buffer", "0"], "--capture-buffer takes 1"),
    (["--no-web", "--web-password-file", "x"], "--no-web leaves out"),
  ])
  func optionsThatMakeNoSenseAreRefused(options: [String], says: String) throws {
    let run = try Program.run(
      ["serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site] + options)
    #expect(run.status == 2, "\(run.err)")
    #expect(run.err.contains(says), "\(run.err)")
    #expect(run.out.isEmpty)
  }

  @Test(arguments: [
    (["--beside", "UCM6202"], "--beside reads the traces twice"), (["--speed", "2"], "are for traces"),
    (["--loop"], "are for traces"), (["--wait-for-client"], "are for traces"),
  ])
  func whatIsForTracesIsRefusedForAnInterface(options: [String], says: String) throws {
    let run = try Program.run(["serve", "-i", "lo", "--model", "UCM6304", "--site", Program.site] + options)
    #expect(run.status == 2, "\(run.err)")
    #expect(run.err.contains(says), "\(run.err)")
    #expect(run.out.isEmpty)
  }

  @Test func aTraceThatIsNotThereIsUnusable() throws {
    let run = try Program.run(["serve", "/nowhere.pcap", "--model", "UCM6304", "--site", Program.site])
    #expect(run.status == 3)
    let state = try Program.run([
      "serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--state", "/proc/nothing/here",
    ])
    #expect(state.status == 2 && state.err.contains("cannot create /proc/nothing/here"), "\(state.err)")
  }

  @Test func aPortThatIsTakenIsNamed() throws {
    let served = try Self.serve([])
    let port = String(served.api.split(separator: ":").last ?? "")
    let second = try Program.run([
      "serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--port", port, "--no-cdr-api",
    ])
    #expect(second.status == 2 && second.err.contains("127.0.0.1:\(port)"), "\(second.err)")
    #expect(served.running.stop() == 0)
  }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
