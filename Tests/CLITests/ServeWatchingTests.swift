import Foundation
import TestSupport
import Testing

/// What whoever runs `serve` sees of it, and traces that begin again.
struct ServeWatchingTests {
  /// Asks for addresses one after the other, certificates unseen; prints status and body.
  private static let asker = """
    import ssl, sys, urllib.request, urllib.error
    for url in sys.argv[1:]:
      try: answer = urllib.request.urlopen(url, timeout=20, context=ssl._create_unverified_context())
      except urllib.error.HTTPError as error: answer = error
      print(answer.status, answer.read().decode())
    """

  @Test func requestsToTheWebInterfaceAreWrittenDownAndCountedWithoutParameters() throws {
    let folder = try TemporaryDirectory()
    let served = try ServeCommandTests.serve(["--log", folder.path("log.jsonl")])
    let asked = try ServeCommandTests.python([
      "-c", Self.asker, served.api + "/signin?name=Anna-Geheim", served.api + "/cdr?src=4930123456",
      served.api + "/nowhere/4930123456", served.watch + "/metrics",
    ])
    #expect(asked.out.contains("door=\"web\",http=\"200\""), "\(asked.out)")
    #expect(asked.out.contains("{action=\"GET /cdr\",door=\"web\",http=\"303\",status=\"\"} 1"), "\(asked.out)")
    #expect(served.running.stop() == 0)
    let log = try folder.text("log.jsonl")
    #expect(log.contains("\"door\":\"web\",\"client\":\"127.0.0.1\",\"action\":\"GET /signin\""), "\(log)")
    #expect(log.contains("\"door\":\"httpsAPI\""), "\(log)")
    for secret in ["Geheim", "4930123456", "nowhere"] { #expect(!log.contains(secret), "\(log)") }
  }

  @Test func tracesBeginAgainWithAnEmptyAppliance() throws {
    let served = try ServeCommandTests.serve(["--loop"], showing: [Program.fixture("internal-call")])
    // Each look takes as long as a program's start.
    var said = ""
    repeat {
      _ = try ServeCommandTests.python(["-c", Self.asker, served.watch + "/healthz"])
      said = try served.running.folder.text("err")
    } while said.components(separatedBy: "; again").count < 4 && !said.contains("error")
    let metrics = try ServeCommandTests.python(["-c", Self.asker, served.watch + "/metrics"])
    let rows = try #require(metrics.out.firstMatch(of: /ucmsim_cdr_rows_total ([0-9]+)/)).1
    #expect(["0", "1"].contains(rows), "\(metrics.out)")
    #expect(served.running.stop() == 0)
  }

  /// Takes POSTs over TLS with a certificate of a folder; says what came, or why nothing did.
  private static let overTLS = """
    import http.server, ssl, sys
    class Receiver(http.server.BaseHTTPRequestHandler):
      def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200); self.send_header("content-length", "0"); self.end_headers()
        print("POST", self.path, flush=True)
      def log_message(self, *more): pass
    class Server(http.server.HTTPServer):
      def get_request(self):
        connection, address = self.socket.accept()
        try: return context.wrap_socket(connection, server_side=True), address
        except ssl.SSLError as error:
          print("refused", flush=True); raise OSError() from error
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2] + "/server.pem", sys.argv[2] + "/server-key.pem")
    server = Server(("127.0.0.1", 0), Receiver); print(server.server_port, flush=True)
    for _ in range(int(sys.argv[1])): server.handle_request()
    """

  @Test func callsAreToldOverHTTPSToWhomItsAuthorityVouchesForAndToNobodyElse() throws {
    let folder = try TemporaryDirectory()
    for name in ["one", "other"] {
      let served = try ServeCommandTests.serve(["--state", folder.path(name)])
      #expect(served.running.stop() == 0)
    }
    let told = try ServeCommandTests.receive(Self.overTLS, 2, [folder.path("one")]) {
      try ServeCommandTests.serve([
        "--real-time", "https://127.0.0.1:\($0)/cdr", "--real-time-ca", folder.path("one/ca.pem"),
      ])
    }
    #expect(told == ["POST /cdr", "POST /cdr"])
    let refused = try ServeCommandTests.receive(Self.overTLS, 2, [folder.path("one")]) {
      try ServeCommandTests.serve([
        "--real-time", "https://127.0.0.1:\($0)/cdr", "--real-time-ca", folder.path("other/ca.pem"),
      ])
    }
    #expect(refused == ["refused", "refused"])
  }
}
