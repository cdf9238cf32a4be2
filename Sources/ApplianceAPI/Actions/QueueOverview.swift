import JSON

/// What `queueapi` says of queues and agents as a whole.
///
/// The members are those that a client shows (observed): numbers as texts, rates in percent, times in seconds. To how
/// many digits rates and times are rounded is assumed.
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

    var averageWait: JSONValue { .string(QueueOverview.ratio(waitSeconds, Int64(calls))) }
    var averageTalk: JSONValue { .string(QueueOverview.ratio(talkSeconds, Int64(answered))) }
    var answeredRate: JSONValue { .string(QueueOverview.ratio(Int64(answered) * 100, Int64(calls))) }
    var abandonedRate: JSONValue { .string(QueueOverview.ratio(Int64(calls - answered) * 100, Int64(calls))) }
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

  var json: JSONValue {
    [
      "total": [
        "queuechairman": "", "total_calls": .string(String(total.calls)), "abandoned_rate": total.abandonedRate,
        "avg_wait": total.averageWait, "avg_talk": total.averageTalk, "vq_total_calls": "0",
      ],
      "queue": .array(
        queues.sorted { $0.key < $1.key }.map { number, tally in
          [
            "queue": .string(number), "queuechairman": "", "total_calls": .string(String(tally.calls)),
            "answered_calls": .string(String(tally.answered)), "answered_rate": tally.answeredRate,
            "avg_wait": tally.averageWait, "avg_talk": tally.averageTalk, "vq_total_calls": "0",
          ]
        }),
      "agent": .array(
        agents.sorted { $0.key < $1.key }.map { number, tally in
          [
            "agent": .string(number), "total_calls": .string(String(tally.calls)),
            "answered_calls": .string(String(tally.answered)), "answered_rate": tally.answeredRate,
            "avg_talk": tally.averageTalk,
          ]
        }),
    ]
  }

  /// With two digits behind the point; 0 of none.
  private static func ratio(_ value: Int64, _ count: Int64) -> String {
    guard count > 0 else { return "0.00" }
    let hundredths = (max(0, value).multipliedReportingOverflow(by: 100).partialValue + count / 2) / count
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
