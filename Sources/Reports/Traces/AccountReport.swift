public import JSON
public import SIPCapture

/// What became of the frames of traces: the account that adds up, and the remarks that need not.
public struct AccountReport {
  /// What a line of the report is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Frames with one fate; these lines, and that of the end, add up to the total.
    case fate
    /// Messages that the end of the trace completed rather than a frame.
    case atEnd = "at-end"
    /// Everything read.
    case total
    /// What cannot be told frame by frame; in no sum.
    case remark
  }

  /// One line; what it does not have is nil.
  public struct Line: Hashable, Sendable {
    /// What the line is.
    public let kind: Kind
    /// A stable name in lower case and hyphens.
    public let name: String
    /// The same for a reader.
    public let phrase: String
    /// Frames, of a fate or in all.
    public var frames: Int?
    /// Captured bytes of those frames.
    public var bytes: Int?
    /// SIP messages those frames completed.
    public var messages: Int?
    /// What a remark counts.
    public var count: Int?
    /// The first frame.
    public var first: CaptureAccount.Position?
    /// Whether messages may have been lost there.
    public var mayHideMessages = false
  }

  private let account: CaptureAccount
  private let traces: [String]

  /// - Parameter traces: names of the traces, at the index that a position gives.
  public init(_ account: CaptureAccount, traces: [String]) {
    self.account = account
    self.traces = traces
  }

  /// Fates, the end, the total, remarks; in this order.
  public var lines: [Line] {
    var lines = account.rankedFates.map { fate, tally in
      Line(
        kind: .fate, name: fate.name, phrase: fate.phrase, frames: tally.frames, bytes: tally.bytes,
        messages: tally.messages, first: tally.first, mayHideMessages: fate.mayHideMessages)
    }
    if account.messagesAtEnd > 0 {
      lines.append(
        Line(
          kind: .atEnd, name: "at-end", phrase: "SIP messages found at the end of the trace",
          messages: account.messagesAtEnd))
    }
    lines.append(
      Line(
        kind: .total, name: "total", phrase: "total", frames: account.frames, bytes: account.bytes,
        messages: account.messages))
    return lines
      + account.rankedDiagnostics.map { diagnostic, entry in
        Line(
          kind: .remark, name: diagnostic.name, phrase: diagnostic.phrase, count: entry.count, first: entry.first,
          mayHideMessages: diagnostic.mayHideMessages)
      }
  }

  /// One sentence for each reason why messages may be missing; none where nothing hides any.
  public var concerns: [String] {
    lines.filter(\.mayHideMessages).map { line in
      let amount = line.frames.map { $0 == 1 ? "1 frame: " : "\($0) frames: " } ?? line.count.map { "\($0) " } ?? ""
      let phrase = line.frames == nil && line.count == 1 ? Self.singular(line.phrase) : line.phrase
      return "\(amount)\(phrase)" + (line.first.map { ", first at \(place($0))" } ?? "")
    }
  }

  /// A remark's phrase behind the number 1.
  private static func singular(_ phrase: String) -> String {
    let plurals: Set<Substring> = [
      "bytes", "fragments", "pieces", "directions", "connections", "messages", "packets", "chunks",
    ]
    var words = phrase.split(separator: " ")
    if let noun = words.firstIndex(where: plurals.contains) { words[noun].removeLast() }
    return words.joined(separator: " ")
  }

  /// `frame 12, byte 34`, behind the trace's name where there are several.
  private func place(_ position: CaptureAccount.Position) -> String {
    let name = traces.count > 1 && traces.indices.contains(position.file) ? "\(traces[position.file]) " : ""
    return "\(name)frame \(position.frame)" + (position.byte.map { ", byte \($0)" } ?? "")
  }
}

extension AccountReport {
  /// The table of what became of the frames, and below it the one of the remarks where there are any.
  public var text: String {
    var fates = TextTable([
      .init("WHAT THE FRAMES HOLD"), .init("FRAMES", alignment: .trailing), .init("BYTES", alignment: .trailing),
      .init("MESSAGES", alignment: .trailing), .init("SHARE", alignment: .trailing), .init("FIRST"),
    ])
    var remarks = TextTable([.init("COUNT", alignment: .trailing), .init("REMARK"), .init("FIRST")])
    for line in lines {
      let first = line.first.map(place) ?? ""
      switch line.kind {
      case .fate, .atEnd, .total:
        fates.append(
          [line.phrase, text(line.frames), text(line.bytes), text(line.messages), share(line.frames), first])
      case .remark: remarks.append([text(line.count), line.phrase, first])
      }
    }
    return fates.text() + (remarks.rows.isEmpty ? "" : "\n" + remarks.text())
  }

  /// Part of all frames, in percent; rounded, so that the shares add up to 100 only about.
  private func share(_ frames: Int?) -> String {
    guard let frames, account.frames > 0 else { return "" }
    let tenths = Int((Double(frames) / Double(account.frames) * 1000).rounded())
    return tenths == 0 && frames > 0 ? "<0.1%" : "\(tenths / 10).\(tenths % 10)%"
  }

  private func text(_ number: Int?) -> String { number.map { String($0) } ?? "" }

  /// The columns of the CSV.
  public static let columns = [
    "kind", "name", "frames", "bytes", "messages", "count", "file", "frame", "byte", "mayHideMessages", "phrase",
  ]

  /// A line as texts, in the order of `columns`; empty where it has nothing.
  public func texts(_ line: Line) -> [String] {
    [
      line.kind.rawValue, line.name, text(line.frames), text(line.bytes), text(line.messages), text(line.count),
      line.first.flatMap(name) ?? "", text(line.first?.frame), text(line.first?.byte),
      line.mayHideMessages ? "true" : "false", line.phrase,
    ]
  }

  private func name(_ position: CaptureAccount.Position) -> String? {
    traces.indices.contains(position.file) ? traces[position.file] : nil
  }

  /// A line as an object with its `kind`: what it counts, where it began, and what it means.
  public func json(_ line: Line) -> JSONValue {
    .object([.init("kind", .string(line.kind.rawValue))] + members(line))
  }

  /// `{"frames":…,"bytes":…,"messages":…,"messagesAtEnd":…,"framesThatMayHideMessages":…,"fates":[…],"remarks":[…]}`:
  /// the numbers of all `fates` and `messagesAtEnd` add up to the first three.
  public var json: JSONValue {
    let lines = lines
    return [
      "frames": .integer(Int64(account.frames)), "bytes": .integer(Int64(account.bytes)),
      "messages": .integer(Int64(account.messages)), "messagesAtEnd": .integer(Int64(account.messagesAtEnd)),
      "framesThatMayHideMessages": .integer(Int64(account.framesThatMayHideMessages)),
      "fates": .array(lines.filter { $0.kind == .fate }.map { .object(members($0)) }),
      "remarks": .array(lines.filter { $0.kind == .remark }.map { .object(members($0)) }),
    ]
  }

  private func members(_ line: Line) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [.init("name", .string(line.name))]
    for (name, value) in [
      ("frames", line.frames), ("bytes", line.bytes), ("messages", line.messages), ("count", line.count),
    ] {
      if let value { members.append(.init(name, .integer(Int64(value)))) }
    }
    if let first = line.first {
      members.append(
        .init(
          "first",
          [
            "file": .optional(name(first)), "frame": .integer(Int64(first.frame)),
            "byte": .optional(first.byte.map { Int64($0) }),
          ]))
    }
    return members + [
      .init("mayHideMessages", .bool(line.mayHideMessages)), .init("phrase", .string(line.phrase)),
    ]
  }
}
