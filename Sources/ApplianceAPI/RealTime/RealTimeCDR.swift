public import Primitives

/// The appliance's real-time output of CDRs (documented: enabled with a server's address, over TCP or HTTP, as XML or
/// JSON): what is on its way to the receiver, and what waits while the receiver is away.
///
/// A value: whoever drives it sends what `next()` gives and says what became of it. A record counts as told once the
/// receiver has taken it, so that a connection that breaks may bring one twice and never loses one before the buffer is
/// full.
public struct RealTimeCDR: Sendable {
  /// What is sent for one call.
  public struct Record: Hashable, Sendable {
    /// From 1, in the order of the calls' ends.
    public let number: Int
    /// As it goes over the wire.
    public let bytes: [UInt8]
  }

  /// Faults that no documentation mentions and receivers have to stand.
  public struct Faults: Hashable, Sendable {
    /// Each n-th record is sent twice; 0 for none.
    public var duplicatesEvery = 0
    /// Each n-th record is sent after the one behind it; 0 for none.
    public var swapsEvery = 0

    /// None.
    public init() {}
  }

  /// Records that wait at most: 10,000 are kept and sent later (documented). That the oldest make room is assumed.
  public static let waitingMax = 10_000
  /// After a failure it is tried again this much later, twice as much after each further one (assumed).
  static let firstPause = Instant.Span.seconds(1)
  static let longestPause = Instant.Span.seconds(60)

  private var waiting: [Record] = []
  /// Where `waiting` begins: what is in front was taken.
  private var first = 0
  private var lastNumber = 0
  private let faults: Faults
  private var pause = Instant.Span.zero
  private var notBefore: Instant?
  /// What came of it so far.
  public private(set) var counts = Counts()

  /// Records by what became of them.
  public struct Counts: Hashable, Sendable {
    /// Taken by the receiver, duplicates among them.
    public var told = 0
    /// Gone because too many waited.
    public var lost = 0
    /// Attempts that failed.
    public var failures = 0
  }

  /// Nothing waits.
  public init(faults: Faults = Faults()) { self.faults = faults }

  /// Records that wait.
  public var waitingCount: Int { waiting.count - first }

  /// Up to which record all were told or lost; in its order, which swaps change by one place.
  public var toldUpTo: Int {
    waiting[first...].prefix(3).map(\.number).min().map { $0 - 1 } ?? lastNumber
  }

  /// A call is over.
  public mutating func add(_ bytes: [UInt8]) {
    lastNumber += 1
    let record = Record(number: lastNumber, bytes: bytes)
    if faults.swapsEvery > 0, lastNumber > 1, (lastNumber - 1) % faults.swapsEvery == 0, waitingCount > 0 {
      waiting.insert(record, at: waiting.count - 1)
    } else {
      waiting.append(record)
    }
    if faults.duplicatesEvery > 0, lastNumber % faults.duplicatesEvery == 0 { waiting.append(record) }
    while waitingCount > Self.waitingMax {
      counts.lost += 1
      first += 1
    }
    dropTaken()
  }

  /// What to send now; nil while nothing waits, or while a failure is too fresh.
  public func next(at now: Instant) -> Record? {
    if let notBefore, now < notBefore { return nil }
    return waiting.indices.contains(first) ? waiting[first] : nil
  }

  /// The receiver has it.
  public mutating func delivered(_ record: Record) {
    (pause, notBefore) = (.zero, nil)
    guard waiting.indices.contains(first), waiting[first].number == record.number else { return }
    counts.told += 1
    first += 1
    dropTaken()
  }

  /// It could not be told; it stays in front.
  public mutating func failed(at now: Instant) {
    counts.failures += 1
    pause = pause == .zero ? Self.firstPause : min(Self.longestPause, pause + pause)
    notBefore = now + pause
  }

  private mutating func dropTaken() {
    guard first > 1024, first * 2 > waiting.count else { return }
    waiting.removeFirst(first)
    first = 0
  }
}
