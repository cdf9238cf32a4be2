public import PBXModel
public import Primitives

/// What the rows of a run and those of a file have in common and where they part.
///
/// ```swift
/// let comparison = Comparison(of: ours, with: theirs, settings)
/// print("\(comparison.agreeing) of \(comparison.rowCount) rows agree")
/// ```
public struct Comparison: Sendable {
  /// How rows are compared.
  public struct Settings: Hashable, Sendable {
    /// Seconds that times and lengths may differ by, because fields are whole seconds.
    public var tolerance: Int64 = 1
    /// What is added to the file's times.
    public var offset = Offset.seconds(0)
    /// The clock on which times that differ are shown.
    public var timeZone = SiteTimeZone.utc
    /// Trunks whose names are known.
    public var trunks: [TrunkName] = []

    /// The clock's difference: given, or found by the rows.
    public enum Offset: Hashable, Sendable {
      /// Added to every time of the file.
      case seconds(Int64)
      /// As the rows themselves show it.
      case detected
    }

    /// A second's tolerance, no offset, no names.
    public init() {}
  }

  /// A column in which a row differs.
  public struct FieldDifference: Hashable, Sendable {
    /// The column.
    public var field: CDRField
    /// What the run has.
    public var ours: String
    /// What the file has.
    public var theirs: String
    /// nil for a difference nobody has explained.
    public var explanation: KnownDifference?
  }

  /// A row, on one side or on both.
  public struct Row: Hashable, Sendable {
    /// Its place in `ours`; nil for one only the file has.
    public var ours: Int?
    /// Its place in `theirs`; nil for one only the run has.
    public var theirs: Int?
    /// Columns that differ, in the appliance's order; empty for a row on one side.
    public var fields: [FieldDifference] = []
    /// Why a row is on one side only.
    public var explanation: KnownDifference?

    /// Whether both sides have it.
    public var isPaired: Bool { ours != nil && theirs != nil }
    /// Whether something about it is not explained.
    public var isUnexplained: Bool {
      isPaired ? fields.contains { $0.explanation == nil } : explanation == nil
    }
  }

  /// The run's rows, oldest first.
  public let ours: [ComparableRow]
  /// The file's rows, oldest first, its trunks under the run's names.
  public let theirs: [ComparableRow]
  /// Every row of both, oldest first.
  public private(set) var rows: [Row] = []
  /// The columns compared, in the appliance's order.
  public let fields: [CDRField]
  /// How the file's trunks were named.
  public let trunks: [TrunkName]
  /// The offset that rows show, in seconds to add to the file's times; nil where none stands out.
  public let detectedOffset: Int64?
  /// The offset the comparison was made with.
  public let offset: Int64
  /// What wrote the file.
  public let writer: CDRLayout.Writer

  /// Compares a run's rows with a file's.
  public init(of run: CDRTable, with file: CDRTable, _ settings: Settings = Settings()) {
    writer = file.layout.writer
    let hasChannels = file.layout.fields.contains(.channel)
    var (ours, theirs) = (run.rows, file.rows)
    if !hasChannels {
      for index in ours.indices { ours[index].takeNumbersAsParties() }
      for index in theirs.indices { theirs[index].takeNumbersAsParties() }
    }
    let estimate = ClockOffset.estimate(ours: ours, theirs: theirs)
    detectedOffset = estimate?.seconds
    let offset: Int64
    switch settings.offset {
    case .seconds(let seconds): offset = seconds
    case .detected: offset = estimate?.seconds ?? 0
    }
    self.offset = offset
    let names = TrunkNames.find(
      ours: ours, theirs: theirs, given: settings.trunks, tolerance: settings.tolerance, offset: offset)
    trunks = names
    let renamed = Dictionary(names.map { ($0.theirs, $0.ours) }) { first, _ in first }
    for index in theirs.indices {
      theirs[index].party = renamed[theirs[index].party] ?? theirs[index].party
      theirs[index].dstParty = renamed[theirs[index].dstParty] ?? theirs[index].dstParty
    }
    let (joined, second) =
      writer == .asterisk ? LocalChannels.joined(theirs, tolerance: settings.tolerance) : (theirs, [])
    self.ours = ours
    self.theirs = joined
    fields = ComparedFields.of(file.layout)
    let matching = RowMatching(ours: ours, theirs: joined, tolerance: settings.tolerance, offset: offset)
    rows = Self.rows(
      matching, second: second, trunks: renamed, fields: fields, writer: writer,
      timeZone: settings.timeZone)
  }

  private static func rows(
    _ matching: RowMatching, second: Set<Int>, trunks: [String: String], fields: [CDRField], writer: CDRLayout.Writer,
    timeZone: SiteTimeZone
  ) -> [Row] {
    let (ours, theirs) = (matching.ours, matching.theirs)
    let candidates = theirs.indices.filter { !second.contains($0) }
    var pairs = matching.agreeing(ours: Array(ours.indices), theirs: candidates)
    var (leftOurs, leftTheirs) = left(pairs, ours, candidates)
    let lone = LoneRows(matching, writer: writer)
    var explained: [Row] = []
    leftTheirs = leftTheirs.filter { place in
      guard let why = lone.explanation(ofTheirs: place) else { return true }
      explained.append(Row(ours: nil, theirs: place, explanation: why))
      return false
    }
    leftOurs = leftOurs.filter { place in
      guard let why = lone.explanation(ofOurs: place) else { return true }
      explained.append(Row(ours: place, theirs: nil, explanation: why))
      return false
    }
    let differing = matching.differing(ours: leftOurs, theirs: leftTheirs, agreeing: pairs)
    pairs += differing
    let compared = ComparedFields(
      matching, fields: fields, writer: writer, trunks: trunks, timeZone: timeZone)
    var rows = pairs.map { Row(ours: $0.ours, theirs: $0.theirs, fields: compared.differences(of: $0)) }
    let (onlyOurs, onlyTheirs) = left(differing, leftOurs, leftTheirs)
    rows += explained
    // The second half goes with the first, found or not.
    let joined = Set(pairs.compactMap { theirs[$0.theirs].behindLocal })
    rows += second.sorted().map { place in
      Row(ours: nil, theirs: place, explanation: joined.contains(place) ? .localChannel : nil)
    }
    rows += onlyOurs.map { Row(ours: $0, theirs: nil) }
    rows += onlyTheirs.map { Row(ours: nil, theirs: $0) }
    func order(_ row: Row) -> (Int64, Int, Int) {
      let start = row.ours.map { ours[$0].start } ?? row.theirs.map { theirs[$0].start + matching.offset } ?? 0
      return (start, row.ours ?? .max, row.theirs ?? .max)
    }
    return rows.sorted { order($0) < order($1) }
  }

  private static func left(_ pairs: [RowMatching.Pair], _ ours: some Sequence<Int>, _ theirs: [Int]) -> ([Int], [Int]) {
    let (usedOurs, usedTheirs) = (Set(pairs.map(\.ours)), Set(pairs.map(\.theirs)))
    return (ours.filter { !usedOurs.contains($0) }, theirs.filter { !usedTheirs.contains($0) })
  }

  private static func left(
    _ pairs: [RowMatching.Pair], _ ours: [ComparableRow], _ theirs: [Int]
  ) -> ([Int], [Int]) {
    left(pairs, ours.indices, theirs)
  }

  // MARK: Counts

  /// Rows both have that agree, but for what is explained.
  public var agreeing: Int { rows.count { $0.isPaired && !$0.isUnexplained } }
  /// Of them, those without any difference.
  public var identical: Int { rows.count { $0.isPaired && $0.fields.isEmpty } }
  /// Every row, one that both have counted once.
  public var rowCount: Int { rows.count }
  /// Rows about which something is not explained.
  public var unexplained: Int { rows.count(where: \.isUnexplained) }
}
