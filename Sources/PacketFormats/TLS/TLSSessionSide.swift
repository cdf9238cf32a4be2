/// One direction of a TLS connection: its keys, and the number of its next record.
struct TLSSessionSide: Sendable {
  /// Keys that the next record may be under.
  struct Candidate: Sendable {
    let protection: TLSProtection
    /// What the keys that follow these are made of; empty in TLS 1.2.
    let secret: [UInt8]
    /// Whether data is sent under them, not the handshake.
    let isData: Bool
  }

  /// Handshake bytes not put to a message yet.
  var handshake: [UInt8] = []
  var isEncrypted = false
  /// Bytes are missing in front of the next record, so its number is not known.
  var hasGap = false
  var sequence: UInt64 = 0
  /// The keys in use first, then those that follow them.
  var candidates: [Candidate] = []
  /// Records in a row that did not open.
  var unopened = 0
  /// Some record has been opened under keys for data.
  private(set) var isDataOpen = false

  /// Opens a record under the keys in use, or those that follow them from this record on: nothing else needs to be
  /// read to know when keys change. Behind a gap, the numbers that follow are tried too.
  mutating func open(
    _ record: UnsafeRawBufferPointer, _ suite: TLSCipherSuite, _ cryptography: any TLSCryptography
  ) -> TLSProtection.Opened? {
    addUpdate(suite, cryptography)
    if let opened = attempt(record, 0, sequence) { return opened }
    if candidates.count > 1, let opened = attempt(record, 1, 0) { return opened }
    guard hasGap else { return nil }
    for lost in 1...TLSSession.lostRecordsMax {
      if let opened = attempt(record, 0, sequence &+ lost) { return opened }
      if candidates.count > 1, let opened = attempt(record, 1, lost) { return opened }
    }
    return nil
  }

  private mutating func attempt(_ record: UnsafeRawBufferPointer, _ index: Int, _ number: UInt64)
    -> TLSProtection.Opened?
  {
    guard let opened = candidates[index].protection.open(record, sequence: number) else { return nil }
    candidates.removeFirst(index)
    sequence = number &+ 1
    hasGap = false
    if candidates[0].isData { isDataOpen = true }
    return opened
  }

  /// Adds the keys that a KeyUpdate would bring (RFC 8446 section 7.2).
  private mutating func addUpdate(_ suite: TLSCipherSuite, _ cryptography: any TLSCryptography) {
    guard candidates.count == 1, candidates[0].isData, !candidates[0].secret.isEmpty, isDataOpen else { return }
    let secret = TLSKeySchedule(cryptography: cryptography).expand(
      suite.hash, secret: candidates[0].secret, label: "traffic upd", count: suite.hash.length)
    candidates.append(
      Candidate(protection: TLSProtection(suite, trafficSecret: secret, cryptography), secret: secret, isData: true))
  }
}
