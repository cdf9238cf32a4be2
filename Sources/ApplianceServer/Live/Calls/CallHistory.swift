import ApplianceWeb
import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives
import Reports
import SIPCapture
import Simulation

/// Calls of a replay as they can be looked at afterwards, from any thread.
///
/// The replay's thread changes calls, so nobody looks while it takes in a message; while it waits for the time of the
/// next one, everybody may.
public final class CallHistory: @unchecked Sendable {
  /// How much is kept; the oldest is given up first.
  public struct Limits: Sendable {
    /// Calls, about 3 KB each.
    public var calls = 5000
    /// Memory that their messages take.
    public var messageBytes = 32 << 20
    /// Messages of one Call-ID.
    public var messagesOfDialog = 1000

    /// Every limit at its default.
    public init() {}
  }

  /// What calls are explained by, beside the model and the site.
  public struct Background: Sendable {
    /// Whether a site file was given.
    public var hasSiteFile = true
    /// Where the PBX is and who says so, in words.
    public var pbx = ""
    /// Whether legs are joined to calls.
    public var isPBXKnown = true
    /// Extensions with a CRM user; nil without a CRM.
    public var crmExtensions: Set<String>?
    /// How much is kept.
    public var limits = Limits()
    /// Whoever wants to look at a call waits so long for the end of the step that the replay is in.
    public var patience = Duration.seconds(2)

    /// A site, and no CRM.
    public init() {}
  }

  private let turns = CallTurns()
  /// Only asked by the replay's thread.
  private var isHeld = false
  private var isPaused = false
  private let limits: Limits
  private var calls: KeptCalls
  private var lastSession: Int64?
  private let setting: Explanation.Setting
  private let isPBXKnown: Bool
  private let patience: Duration

  init(profile: Profile, site: Site, _ background: Background) {
    isPBXKnown = background.isPBXKnown
    patience = background.patience
    limits = background.limits
    calls = KeptCalls(limits)
    var setting = Explanation.Setting(
      site: site, hasSiteFile: background.hasSiteFile, pbx: background.pbx, model: profile.model,
      crmExtensions: background.crmExtensions)
    setting.schema = profile.traits.cdrSchema?.value ?? .fields32
    self.setting = setting
  }

  // MARK: From the replay's thread

  /// Calls may change from now on.
  func begin() {
    guard !isHeld else { return }
    turns.beginChanging()
    isHeld = true
  }

  /// Calls stay as they are for now.
  func end() {
    guard isHeld else { return }
    isHeld = false
    turns.endChanging()
  }

  /// Calls stay as they are until `resume`, in the middle of a step.
  func pause() {
    isPaused = isHeld
    end()
  }

  /// Goes on with the step.
  func resume() {
    if isPaused { begin() }
    isPaused = false
  }

  func receive(_ captured: CapturedMessage) { calls.receive(captured) }

  func receive(_ event: CallEvent, _ appliance: borrowing Appliance) { calls.receive(event, appliance) }

  /// The rows of the call that is told of next have this number.
  func noteRows(_ session: Int64?) { lastSession = session }

  func receive(_ effect: Effect) { calls.receive(effect, session: lastSession) }

  /// What the run has leaned on as of now, whichever call it was for.
  func noteLeanings(_ leanings: RunTally.Leanings) { calls.leanings = leanings }

  func receive(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant,
    leaningOn leanings: RunTally.Leanings
  ) {
    calls.receive(answer, to: envelope, sent: sent, answered: answered, leaningOn: leanings)
  }

  func removeAll() {
    begin()
    defer { end() }
    calls = KeptCalls(limits)
    lastSession = nil
  }

  // MARK: From any thread

  func flow(ofSession session: Int64) async -> CallFlow {
    await turns.look(within: patience) {
      guard let (kept, messages) = calls.call(ofSession: session) else { return .noLongerKept }
      let ladder = Ladder(messages, isPBXKnown: isPBXKnown, timeZone: setting.site.timeZone)
      let setting = setting.leaning(on: calls.leanings, isAsked: !kept.observations.exchanges.isEmpty)
      return .known(CallFlowFacts(ladder, Explanation(messages, kept.observations, setting)))
    } ?? .notNow
  }
}

extension CallFlowFacts {
  init(_ ladder: Ladder, _ explanation: Explanation) {
    self.init(
      title: ladder.title, picture: Array(LadderSVG(ladder).text.utf8),
      messages: ladder.rows.map { row in
        let ends = ladder.ends(of: row)
        return Message(
          frame: row.message.frame, time: ladder.timeZone.clock(row.message.time),
          sender: ladder.columns[ends.from].name,
          receiver: ladder.columns[ends.to].name, label: ladder.label(of: row), notes: row.notes)
      }, messagesLeftOut: ladder.messagesLeftOut,
      steps: explanation.steps.map { Step(title: $0.stage.title, lines: $0.lines) },
      assumptions: explanation.assumptionLines, cause: explanation.causeText)
  }
}
