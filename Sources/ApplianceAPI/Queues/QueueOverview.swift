/// What `queueapi` says of queues and agents as a whole.
///
/// The members are those that clients show (observed): numbers as texts, rates in percent, times in seconds. To how
/// many digits rates and times are rounded is assumed. Service levels and transfers, which newer firmware adds, are
/// left out.
struct QueueOverview {
  private struct Tally {
    var calls = 0
    var answered = 0
    var waitSeconds: Int64 = 0
    var talkSeconds: Int64 = 0

    mutating func count(isAnswered: Bool, waitSeconds wait: Int64, talkSeconds talk: Int64) {
      calls += 1
      answered += isAnswered ? 1 : 0
      waitSeconds &+= wait
      talkSeconds &+= talk
    }

    var averageWait: String { QueueOverview.ratio(waitSeconds, Int64(calls)) }
    var averageTalk: String { QueueOverview.ratio(talkSeconds, Int64(answered)) }
    var answeredRate: String { QueueOverview.ratio(Int64(answered) * 100, Int64(calls)) }
    var abandonedRate: String { QueueOverview.ratio(Int64(calls - answered) * 100, Int64(calls)) }
  }

  private var total = Tally()
  private var queues: [String: Tally] = [:]
  private var agents: [String: Tally] = [:]

  /// - Parameter attempts: those of one call stand together.
  init(_ attempts: [QueueCall]) {
    var rest = attempts[...]
    while let first = rest.first {
      let call = rest.prefix { $0.session == first.session && $0.queue == first.queue }
      rest = rest.dropFirst(call.count)
      let answered = call.first(where: \.isConnected)
      let wait = answered?.waitSeconds ?? call.map(\.waitSeconds).max() ?? 0
      let talk = answered?.talkSeconds ?? 0
      total.count(isAnswered: answered != nil, waitSeconds: wait, talkSeconds: talk)
      queues[first.queue, default: Tally()].count(isAnswered: answered != nil, waitSeconds: wait, talkSeconds: talk)
      for attempt in call {
        guard let agent = attempt.agent else { continue }
        agents[agent, default: Tally()].count(
          isAnswered: attempt.isConnected, waitSeconds: attempt.waitSeconds, talkSeconds: attempt.talkSeconds)
      }
    }
  }

  /// The whole first, then queues, then agents; who asks for queues or agents gets no others (observed).
  func entries(of request: QueueRequest) -> [QueueDocument.Entry] {
    let asksForAll = request.queues.isEmpty && request.agents.isEmpty
    var entries: [QueueDocument.Entry] = []
    if asksForAll { entries.append(totalEntry) }
    if asksForAll || !request.queues.isEmpty {
      entries += queues.sorted { $0.key < $1.key }.map { Self.entry(ofQueue: $0, $1) }
    }
    if asksForAll || !request.agents.isEmpty {
      entries += agents.sorted { $0.key < $1.key }.map { Self.entry(ofAgent: $0, $1) }
    }
    return entries
  }

  private var totalEntry: QueueDocument.Entry {
    QueueDocument.Entry(
      .total,
      [
        ("queuechairman", ""), ("total_calls", String(total.calls)), ("abandoned_rate", total.abandonedRate),
        ("avg_wait", total.averageWait), ("avg_talk", total.averageTalk), ("vq_total_calls", "0"),
      ])
  }

  private static func entry(ofQueue number: String, _ tally: Tally) -> QueueDocument.Entry {
    QueueDocument.Entry(
      .queue,
      [
        ("queuechairman", ""), ("queue", number), ("total_calls", String(tally.calls)),
        ("answered_calls", String(tally.answered)), ("answered_rate", tally.answeredRate),
        ("abandoned_calls", String(tally.calls - tally.answered)), ("abandoned_rate", tally.abandonedRate),
        ("avg_wait", tally.averageWait), ("avg_talk", tally.averageTalk), ("vq_total_calls", "0"),
      ])
  }

  private static func entry(ofAgent number: String, _ tally: Tally) -> QueueDocument.Entry {
    QueueDocument.Entry(
      .agent,
      [
        ("queuechairman", ""), ("agent", number), ("total_calls", String(tally.calls)),
        ("answered_calls", String(tally.answered)), ("answered_rate", tally.answeredRate),
        ("avg_talk", tally.averageTalk), ("vq_total_calls", "0"),
      ])
  }

  /// With two digits behind the point; 0 of none.
  private static func ratio(_ value: Int64, _ count: Int64) -> String {
    guard count > 0 else { return "0.00" }
    let hundredths = (max(0, value).multipliedReportingOverflow(by: 100).partialValue + count / 2) / count
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
