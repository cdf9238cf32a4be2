import SIP
import Testing

/// Headers of identity, transfer and session, each good form and each bad one.
@Suite struct HeaderValueTests {
  @Test func aViaIsTakenApart() {
    withText("SIP / 2.0 / TLS  [2001:db8::9] : 5061;rport=4000;received=2001:db8::1;maddr=224.0.1.75;ttl=1;branch=z") {
      let via = Via($0)
      #expect(via?.transport.string == "TLS")
      #expect(via?.host.string == "[2001:db8::9]")
      #expect(via?.port == 5061)
      #expect(via?.responsePort == .seen(4000))
      #expect(via?.received?.string == "2001:db8::1")
      #expect(via?.multicastAddress?.string == "224.0.1.75")
      #expect(via?.timeToLive == 1)
      #expect(via?.branch?.string == "z")
    }
    withText("SIP/2.0/UDP h;rport") { #expect(Via($0)?.responsePort == .requested) }
    withText("SIP/2.0/UDP h;rport=70000") { #expect(Via($0).map { $0.responsePort == nil } == true) }
  }

  @Test(arguments: [
    "", "SIP/2.0", "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/1.0/UDP h", "HTTP/2.0/UDP h", "SIP/2.0/U DP: h:x",
    "SIP/2.0/UDP [::1",
    "SIP/2.0/UDP h:99999", "SIP/2.0/UDP :5060", ";branch=z",
  ])
  func whatIsNoViaIsNone(value: String) {
    withText(value) { #expect(Via($0) == nil) }
  }

  @Test func everyViaOfAMessageIsAValue() throws {
    let text = request("v: SIP/2.0/UDP a;branch=1, SIP/2.0/TCP b", "Via: SIP/2.0/TLS c")
    #expect(try values(of: .via, in: text).count == 3)
    try withMessage(text) { #expect($0.topmostVia?.branch?.string == "1") }
  }

  @Test(
    arguments: [
      ("0.5", 500), ("1", 1000), ("0", 0), ("0.123", 123), ("1.000", 1000), ("1.", 1000), ("1.001", nil), ("2", nil),
      ("0.1234", nil), (".5", nil), ("x", nil), ("-1", nil),
    ] as [(String, Int?)])
  func aPreferenceIsReadInThousandths(text: String, value: Int?) {
    withText("<sip:a@h>;q=\(text);expires=60") { text in
      let contact = ContactValue(text)
      #expect(contact?.preferenceThousandths == value)
      #expect(contact?.expiresSeconds == 60)
    }
  }

  @Test func aStarIsEveryContact() {
    withText("*") { text in
      guard case .all = ContactValue(text) else {
        Issue.record("not the star")
        return
      }
    }
    withText("<") { #expect(ContactValue($0) == nil) }
  }

  @Test func remotePartyIDTellsWhoseItIs() {
    withText("\"A\" <sip:100@h>;party=calling;screen=yes;privacy=uri-network") { text in
      let identity = RemotePartyID(text)
      #expect(identity?.party == .calling)
      #expect(identity?.isScreened == true)
      #expect(identity?.privacy == .uri)
    }
    withText("<sip:100@h>;party=else;screen=no;privacy=full") { text in
      #expect(RemotePartyID(text)?.party == .other)
      #expect(RemotePartyID(text)?.isScreened == false)
      #expect(RemotePartyID(text)?.privacy == .full)
    }
    withText("\"A") { #expect(RemotePartyID($0) == nil) }
  }

  @Test(
    arguments: [
      (["P-Asserted-Identity: <sip:h>, \"A\" <tel:+49-30>"], "+49-30"),
      (["P-Asserted-Identity: <tel:+4930>", "P-Asserted-Identity: <sip:a@h>"], "+4930"),
      (["P-Asserted-Identity: <sip:h>", "Remote-Party-ID: <sip:7@h>"], "7"),
      (["Remote-Party-ID: <sip:8@h>;party=called", "Remote-Party-ID: <sip:7@h>;party=calling"], "7"),
      (["Remote-Party-ID: <sip:8@h>;party=called"], nil), (["P-Asserted-Identity: <http://h>"], nil), ([], nil),
    ] as [([String], String?)])
  func theAssertedUserIsTheFirstThatNamesOne(lines: [String], user: String?) throws {
    let text = (["INVITE sip:b@h SIP/2.0"] + lines).joined(separator: "\r\n") + "\r\n\r\n"
    try withMessage(text) { #expect($0.assertedUser?.string == user) }
  }

  @Test func privacyIsTheSumOfItsValues() throws {
    try withMessage(request("Privacy: id; header", "Privacy: critical,unheard")) {
      #expect($0.privacy == [.id, .header, .critical])
    }
    try withMessage(request()) { #expect($0.privacy == []) }
  }

  @Test(arguments: [
    ("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1", true), ("<sip:Anonymous@pbx>;tag=1", true),
    ("<sip:100@anonymous.invalid>", true), ("\"Anonymous\" <sip:100@h>", false), ("<tel:100>", false), ("\"", false),
  ])
  func anAnonymousCallerIsKnown(from: String, isAnonymous: Bool) throws {
    try withMessage(request("From: \(from)")) { #expect($0.isFromAnonymous == isAnonymous) }
  }

  @Test func aDiversionTellsWhy() {
    withText("\"A\" <sip:200@h>;reason=\"user-busy\";counter=2;limit=5;privacy=off;screen=no") { text in
      let diversion = Diversion(text)
      #expect(diversion?.reason?.string == "user-busy")
      #expect(diversion?.counter == 2)
      #expect(diversion?.limit == 5)
      #expect(diversion?.isScreened == false)
    }
    withText("<sip:200@h>;counter=many") { #expect(Diversion($0).map { $0.counter == nil } == true) }
    withText("") { #expect(Diversion($0) == nil) }
  }

  @Test func aTargetOfHistoryHoldsItsReason() {
    withText("<sip:b@h?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22>;index=1.2.1;mp=1.2") { text in
      let entry = HistoryInfo(text)
      #expect(entry?.path == [1, 2, 1])
      #expect(entry?.retargetedFrom?.string == "1.2")
      #expect(entry?.withReason { $0.cause } == 302)
      #expect(entry?.withReason { $0.text } == "Moved")
    }
    withText("<sip:b@h>;index=1..2") { text in
      #expect(HistoryInfo(text).map { $0.path == nil } == true)
      #expect(HistoryInfo(text)?.withReason { $0.cause } == nil)
    }
  }

  @Test func aTransferCanNameTheDialogItReplaces() {
    withText("<sip:b@h;method=INVITE?Replaces=a%40x%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bearly-only&X=y>") { text in
      let target = ReferTo(text)
      #expect(target?.method?.string == "INVITE")
      let found = target?.withReplaces { [$0.callID.string, $0.toTag.string, $0.fromTag.string, "\($0.isEarlyOnly)"] }
      #expect(found == ["a@x", "1", "2", "true"])
    }
    withText("<sip:b@h?Replaces=a%40x>") { #expect(ReferTo($0)?.withReplaces { $0.isEarlyOnly } == nil) }
    withText("<sip:b@h>;cid=\"x@h\"") { #expect(ReferredBy($0)?.contentID?.string == "x@h") }
  }

  @Test(arguments: ["", ";to-tag=1;from-tag=2", "a;to-tag=1", "a;from-tag=1", "a"])
  func whatIsNoReplacesIsNone(value: String) {
    withText(value) { #expect(Replaces($0) == nil) }
  }

  static let identifier = "ab30317f1a784dc48ff824d0d3715d86"

  @Test func aSessionIDHasOneSideOrTwo() {
    withText(Self.identifier) { #expect(SessionID($0)?.isOldForm == true) }
    withText("\(Self.identifier);remote=00000000000000000000000000000000") {
      #expect(SessionID($0)?.isOldForm == false)
    }
  }

  @Test(arguments: ["", "ab30", identifier + "0", "zz30317f1a784dc48ff824d0d3715d86", identifier + ";remote=1"])
  func whatIsNoSessionIDIsNone(value: String) {
    withText(value) { #expect(SessionID($0) == nil) }
  }

  @Test func timesAreReadWithWhatStandsBesideThem() {
    withText("1800;refresher=UAS") { text in
      #expect(SessionExpires(text)?.seconds == 1800)
      #expect(SessionExpires(text)?.refresher == .server)
    }
    withText("18000 (in a (long\\)) meeting);duration=3600") { text in
      #expect(RetryAfter(text)?.seconds == 18_000)
      #expect(RetryAfter(text)?.durationSeconds == 3600)
      #expect(RetryAfter(text)?.comment == "in a (long\\)) meeting")
    }
    withText("120;duration=60") { #expect(RetryAfter($0)?.durationSeconds == 60) }
  }

  @Test(arguments: ["", "x", "-1", "4294967296", ";duration=1", "5 (open"])
  func whatIsNoTimeIsNone(value: String) {
    withText(value) { #expect(RetryAfter($0) == nil) }
  }

  @Test func aReasonHasCauseAndText() {
    withText("Q.850 ;cause=16;text=\"Normal \\\"clearing\\\"\"") { text in
      #expect(Reason(text)?.isQ850 == true)
      #expect(Reason(text)?.cause == 16)
      #expect(Reason(text)?.text == "Normal \"clearing\"")
    }
    withText("SIP;cause=x") { #expect(Reason($0).map { $0.cause == nil && !$0.isQ850 } == true) }
    withText(";cause=1") { #expect(Reason($0) == nil) }
  }

  @Test func credentialsNameTheAccount() {
    withText("Digest username=\"a,b\", realm=\"r\" ,uri=\"sip:h\", algorithm=MD5,stale=TRUE") { text in
      let digest = DigestParameters(text)
      #expect(digest?.isDigest == true)
      #expect(digest?.username?.string == "a,b")
      #expect(digest?.realm?.string == "r")
      #expect(digest?.algorithm?.string == "MD5")
      #expect(digest?.isStale == true)
    }
    withText("Bearer abc") { #expect(DigestParameters($0).map { !$0.isDigest && $0.username == nil } == true) }
    withText(" ,") { #expect(DigestParameters($0) == nil) }
  }
}
