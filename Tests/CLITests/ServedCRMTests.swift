import Foundation
import TestSupport
import Testing

/// The CRM pages of a served appliance, its passwords and what it keeps, as a browser and a shell see them.
struct ServedCRMTests {
  /// A browser in so many lines; what it prints is what a test looks at.
  private static let browser = """
    import http.cookiejar, re, sys, time, urllib.parse, urllib.request
    base = sys.argv[1]
    def browser():
      return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    def get(who, path):
      with who.open(base + path, timeout=30) as answer: return answer.read().decode()
    def post(who, path, on=None, **fields):
      proof = re.search('name="csrf" value="([0-9a-f]+)"', get(who, on or path))[1]
      body = urllib.parse.urlencode({**fields, "csrf": proof}).encode()
      with who.open(base + path, body, timeout=30) as answer: return answer.read().decode()
    def sign_in(name, password):
      who = browser()
      try: post(who, "/signin", user=name, password=password)
      except urllib.error.HTTPError as error: print(name, "refused", error.code); return None
      return who
    def shown(page, name): return re.search('id="%s">([^<]*)<' % name, page)[1]
    def status(who):
      for _ in range(200):
        page = get(who, "/portal/crm")
        if shown(page, "crm-status") != "Logging In": break
        time.sleep(0.02)
      print(shown(page, "crm-system"), "|", shown(page, "crm-status"), "|", shown(page, "crm-reason"))
    lookups = dict(number_add="leads", first_search="leads", second_search="contacts", third_search="")

    """

  static func serve(
    _ more: [String], trace: String = "busy"
  ) throws -> (running: Program.Running, url: String) {
    let running = try Program.start(
      [
        "serve", Program.fixture(trace), "--model", "UCM6304", "--site", Program.site, "--port", "0", "--no-cdr-api",
        "--insecure-http",
      ] + more)
    let text = running.output { $0.contains("HTTPS API") }
    let said = try running.folder.text("err")
    return (running, String(try #require(text.firstMatch(of: /HTTPS API +(http:\S+)/), "\(said)").1))
  }

  /// - Parameter more: further arguments of the script.
  static func browse(_ url: String, _ script: String, _ more: [String] = []) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", browser + script, url] + more
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let out = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: out, as: UTF8.self)
  }

  private static let changing = """
    admin, anna = sign_in("admin", "admin123"), sign_in("1001", "user123")
    status(anna)
    post(admin, "/crm", crm_module="vtiger", crm_addr="https://vtiger.example.com", **lookups)
    print(shown(get(admin, "/crm"), "in-force-system"))
    post(admin, "/apply", on="/crm")
    print(shown(get(admin, "/crm"), "in-force-system"))
    status(anna)
    post(anna, "/portal/crm", enable_crm="yes", crm_username="anna", crm_password="an-access-key")
    status(anna)
    post(anna, "/portal/crm", crm_username="anna")
    status(anna)
    print("an-access-key" in get(anna, "/portal/crm"))
    """

  @Test(arguments: ["max", "1"])
  func changesOfThePagesReachTheReplayWhileItGoesOnAndAfterTheTracesEnd(speed: String) throws {
    let (running, url) = try Self.serve(["--speed", speed], trace: speed == "1" ? "office-morning" : "busy")
    let lines = try Self.browse(url, Self.changing).split(separator: "\n").map(String.init)
    #expect(running.stop() == 0)
    let out = lines.joined(separator: "\n")
    try #require(lines.count == 7, "\(out)")
    #expect(lines[0].hasPrefix("ZohoCRM v2 | Logged In |"), "\(out)")
    #expect(lines[1] == "ZohoCRM v2" && lines[2] == "vTigerCRM", "\(out)")
    #expect(lines[3].hasPrefix("vTigerCRM | Logged Out | The user&#39;s page lacks"), "\(out)")
    #expect(lines[4].hasPrefix("vTigerCRM | Logged In |"), "\(out)")
    #expect(lines[5].hasPrefix("vTigerCRM | Logged Out | Enable CRM is off"), "\(out)")
    #expect(lines[6] == "False")
  }

  @Test func aSystemOutsideTheDataRefusesWhomTheDataDoNotKnow() throws {
    let data = Program.root.appending(path: "fixtures/crm/loopback-office-vtiger.yaml").path
    let site = Program.root.appending(path: "fixtures/sites/loopback-office-vtiger.yaml").path
    let (running, url) = try Self.serve(["--site", site, "--crm-data", data])
    let out = try Self.browse(
      url,
      """
      anna = sign_in("1001", "user123")
      status(anna)
      post(anna, "/portal/crm", enable_crm="yes", crm_username="nobody", crm_password="wrong-key")
      status(anna)
      """)
    #expect(running.stop() == 0)
    let lines = out.split(separator: "\n")
    try #require(lines.count == 2, "\(out)")
    #expect(lines[0].hasPrefix("vTigerCRM | Logged In |"), "\(out)")
    #expect(lines[1].hasPrefix("vTigerCRM | Logged Out | User name, password"), "\(out)")
  }

  @Test func aRequestIsSentAgainFromTheInspector() throws {
    let (running, url) = try Self.serve([], trace: "office-morning")
    let out = try Self.browse(
      url,
      """
      admin = sign_in("admin", "admin123")
      for _ in range(400):
        page = re.sub("<td[^>]*>", "<td>", get(admin, "/requests"))
        row = '/requests/([0-9]+)">[^<]*</a></td><td>[^<]*</td><td>search</td>(?:<td>[^<]*</td>){3}<td><span[^>]*>200<'
        found = re.findall(row, page)
        if found: break
        time.sleep(0.05)
      number = found[0]
      answer = post(admin, f"/requests/{number}/again", on=f"/requests/{number}")
      print(re.search("id=.again-differences.>0 of [1-9][0-9]* place", answer) is not None)
      token = re.findall('/requests/([0-9]+)">[^<]*</a></td><td>[^<]*</td><td>token<', page)[0]
      print("Send it all the same" in post(admin, f"/requests/{token}/again", on=f"/requests/{token}"))
      print("(by hand)" in get(admin, "/requests"))
      """)
    #expect(running.stop() == 0)
    #expect(out == "True\nTrue\nTrue\n", "\(out)")
  }

  @Test func thePagesOutliveARestartSealedUnderAKey() throws {
    let folder = try TemporaryDirectory()
    let state = folder.path("state")
    let first = try Self.serve(["--state", state])
    _ = try Self.browse(
      first.url, Self.changing + "\npost(anna, '/portal/crm', enable_crm='yes', crm_username='anna')\n")
    #expect(first.running.stop() == 0)
    let file = try folder.text("state/crm-pages.json")
    #expect(file.contains("anna") && file.contains("vtiger"))
    for secret in ["an-access-key", "loopback-secret", "1000.loopback.1001"] { #expect(!file.contains(secret)) }
    for name in ["crm-key", "crm-pages.json"] {
      let permissions = try FileManager.default.attributesOfItem(atPath: state + "/" + name)[.posixPermissions]
      #expect(permissions as? Int == 0o600, "\(name)")
    }
    let second = try Self.serve(["--state", state])
    let out = try Self.browse(second.url, "status(sign_in('1001', 'user123'))\n")
    #expect(out.hasPrefix("vTigerCRM | Logged In |"), "\(out)")
    #expect(second.running.stop() == 0)
  }

  @Test func aFactoryResetForgetsThePagesAndKeepsTheKey() throws {
    let folder = try TemporaryDirectory()
    let state = folder.path("state")
    let first = try Self.serve(["--state", state])
    _ = try Self.browse(first.url, Self.changing)
    #expect(first.running.stop() == 0)
    let key = try Data(contentsOf: URL(filePath: state + "/crm-key"))
    #expect(FileManager.default.fileExists(atPath: state + "/crm-pages.json"))
    // The site file's pages are in force again, those of users too.
    let second = try Self.serve(["--state", state, "--factory-reset"])
    let out = try Self.browse(
      second.url,
      """
      print(shown(get(sign_in("admin", "admin123"), "/crm"), "in-force-system"))
      status(sign_in("1001", "user123"))
      """)
    #expect(second.running.stop() == 0)
    let lines = out.split(separator: "\n")
    try #require(lines.count == 2, "\(out)")
    #expect(lines[0] == "ZohoCRM v2" && lines[1].hasPrefix("ZohoCRM v2 | Logged In |"), "\(out)")
    #expect(!FileManager.default.fileExists(atPath: state + "/crm-pages.json"))
    #expect(try Data(contentsOf: URL(filePath: state + "/crm-key")) == key)
    // What cannot be read any more is no hindrance either, and a folder without pages is none.
    try Data("{}".utf8).write(to: URL(filePath: state + "/crm-pages.json"))
    for _ in 0..<2 {
      let again = try Self.serve(["--state", state, "--factory-reset"])
      #expect(again.running.stop() == 0)
      #expect(!FileManager.default.fileExists(atPath: state + "/crm-pages.json"))
    }
  }

  private static let refusals: [(change: @Sendable (String) throws -> Void, options: [String], says: String)] = [
    (
      { try Data(repeating: 7, count: 32).write(to: URL(filePath: $0 + "/crm-key")) }, [], "crm-pages.json: its secrets"
    ),
    ({ try Data(repeating: 7, count: 31).write(to: URL(filePath: $0 + "/crm-key")) }, [], "crm-key: a key has 32"),
    ({ try FileManager.default.removeItem(atPath: $0 + "/crm-key") }, [], "crm-key: is missing"),
    (
      { try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: $0 + "/crm-key") }, [],
      "crm-key: others can read"
    ),
    ({ try Data("{}".utf8).write(to: URL(filePath: $0 + "/crm-pages.json")) }, [], "cannot be read as CRM pages"),
    ({ _ in }, ["--firmware", "2017"], "chooses the CRM `vtiger`, which is not in this menu"),
    (
      { state in
        let path = state + "/crm-pages.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("https://vtiger.example.com", with: "vtiger.example.com").write(
          toFile: path, atomically: true, encoding: .utf8)
      }, [], "its settings are none"
    ),
    ({ _ in }, ["--key-file", "/nowhere/key"], "/nowhere/key: is missing"),
  ]

  @Test func aKeyOrFileThatWillNotDoIsNamedAndNothingIsLost() throws {
    let folder = try TemporaryDirectory()
    let state = folder.path("state")
    let first = try Self.serve(["--state", state])
    _ = try Self.browse(first.url, Self.changing)
    #expect(first.running.stop() == 0)
    let kept = folder.path("kept")
    try FileManager.default.copyItem(atPath: state, toPath: kept)
    for (change, options, says) in Self.refusals {
      try FileManager.default.removeItem(atPath: state)
      try FileManager.default.copyItem(atPath: kept, toPath: state)
      try change(state)
      let pages = try Data(contentsOf: URL(filePath: state + "/crm-pages.json"))
      let run = try Program.run(
        ["serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--state", state] + options)
      #expect(run.status == 3 && run.err.contains(says), "\(run.err)")
      #expect(try Data(contentsOf: URL(filePath: state + "/crm-pages.json")) == pages)
    }
    let stray = try Program.run(
      ["serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--key-file", "x"])
    #expect(stray.status == 2 && stray.err.contains("--key-file is for what --state keeps"), "\(stray.err)")
  }

  // MARK: Passwords

  @Test func aHashLetsInWhoKnowsThePasswordAndHoldsNothingOfIt() throws {
    let folder = try TemporaryDirectory()
    let made = try Program.run(
      ["password", "hash", "--cost", "10"], input: Data("correct horse\nsecond line\n".utf8))
    #expect(made.status == 0, "\(made.err)")
    #expect(made.out.wholeMatch(of: /\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+\/]{22}\$[A-Za-z0-9+\/]{43}\n/) != nil)
    #expect(made.err.isEmpty)
    let file = try folder.write(Array(made.out.utf8), to: "hash")
    let (running, url) = try Self.serve(["--web-password-file", file, "--portal-password-file", file])
    let out = try Self.browse(
      url,
      """
      for name, password in [("admin", "correct horse"), ("1001", "correct horse"), ("admin", "admin123")]:
        if sign_in(name, password): print(name, "is in")
      """)
    #expect(out == "admin is in\n1001 is in\nadmin refused 403\n", "\(out)")
    #expect(running.stop() == 0)
    let again = try Program.run(["password", "hash", "--cost", "10"], input: Data("correct horse\n".utf8))
    #expect(again.out != made.out)
  }

  @Test(arguments: [
    ("", [], "4 to 256 bytes"), ("abc\n", [], "4 to 256 bytes"), (String(repeating: "x", count: 300), [], "4 to 256"),
    ("good one\n", ["--cost", "9"], "--cost takes 10 to 18"), ("good one\n", ["--cost", "19"], "--cost takes"),
  ])
  func aPasswordThatWillNotDoIsNotHashed(input: String, options: [String], says: String) throws {
    let run = try Program.run(["password", "hash"] + options, input: Data(input.utf8))
    #expect(run.status == 2 && run.out.isEmpty && run.err.contains(says), "\(run.err)")
  }

  @Test(arguments: [
    ("--web-password-file", "$scrypt$ln=30,r=8,p=1$AAAA$AAAA", "none that can be used"),
    ("--api-password-file", "$scrypt$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "password itself"),
    ("--portal-password-file", "abc", "4 to 256 bytes"),
  ])
  func aPasswordFileThatWillNotDoIsNamed(option: String, text: String, says: String) throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write(Array(text.utf8), to: "file")
    let run = try Program.run(
      ["serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, option, file])
    #expect(run.status == 3 && run.err.contains(file) && run.err.contains(says), "\(run.err)")
    #expect(!run.err.contains(text))
  }
}
