import SIP
import Testing

/// Whether a description offers encrypted media, as its outline tells.
@Suite struct OfferedEncryptionTests {
  private func isEncrypted(_ lines: String...) throws -> Bool {
    let text = (["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"] + lines)
      .map { $0 + "\r\n" }.joined()
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBytes { buffer in
      try #require(SessionDescription(SIPText(buffer))).outline.isEncrypted
    }
  }

  @Test(arguments: ["RTP/SAVP", "RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF", "rtp/savp"])
  func aSecureProfileIs(profile: String) throws {
    #expect(try isEncrypted("m=audio 4000 \(profile) 8"))
    #expect(try isEncrypted("m=audio 4000 RTP/AVP 8", "m=video 5000 \(profile) 99"))
  }

  @Test(arguments: [
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxx", "a=fingerprint:sha-256 00:11",
  ])
  func keysBesideAPlainProfileAre(attribute: String) throws {
    #expect(try isEncrypted("m=audio 4000 RTP/AVP 8", attribute))
    #expect(try isEncrypted(attribute, "m=audio 4000 RTP/AVP 8"))
  }

  @Test(arguments: [
    "m=audio 4000 RTP/AVP 8", "m=audio 4000 RTP/AVPF 8", "m=audio 4000 RTP/SAV 8", "m=audio 4000", "m=audio", "m=",
    "a=crypt", "a=cryptox:1", "a=fingerprints:x", "a=f", "a=", "a", "a=fmtp:99 SAVP", "s=RTP/SAVP", "c=crypto:",
  ])
  func theRestIsNot(line: String) throws {
    #expect(try !isEncrypted("m=audio 4000 RTP/AVP 8", line))
  }
}
