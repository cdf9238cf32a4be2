public import HardwareProfiles
public import PBXModel
import Primitives
public import Simulation

/// Why one call came to the rows it has: the chain from its frames to its record in the CRM.
public struct Explanation: Sendable {
  /// A part of the chain, in order.
  public enum Stage: String, Hashable, Sendable, CaseIterable {
    /// Frames and the messages in them.
    case messages
    /// One for each leg.
    case dialogs
    /// Which legs were joined, and what changed who talks with whom.
    case legs
    /// Where what was dialled leads.
    case routing
    /// Whether the model had a place for the call.
    case admission
    /// What the CRM was asked and said.
    case lookup
    /// What phones showed.
    case display
    /// The CDR.
    case rows
    /// The record of the call in the CRM.
    case callLog
  }

  /// What is said at one stage.
  public struct Step: Hashable, Sendable {
    /// Which part of the chain this is.
    public let stage: Stage
    /// What happened; never empty. Texts may hold what the wire held and are not yet made printable.
    public var facts: [Fact]
    /// By which rules.
    public var rules: [ExplanationRule]
  }

  /// One thing that happened.
  public struct Fact: Hashable, Sendable {
    /// One line.
    public let text: String
    /// The frame that shows it; nil where none does.
    public let frame: Int?
    /// It belongs to the fact before it.
    public let isDetail: Bool

    init(_ text: String, frame: Int? = nil, isDetail: Bool = false) {
      self.text = text
      self.frame = frame
      self.isDetail = isDetail
    }
  }

  /// A row, and why it is there.
  public struct Row: Hashable, Sendable {
    /// As it was written.
    public let record: CDRRecord
    /// In one phrase.
    public let reason: String
  }

  /// What an explanation rests on beside the call itself.
  public struct Setting: Sendable {
    /// As given to the run; an empty one where none was.
    public var site: Site
    /// Whether a site file was given.
    public var hasSiteFile: Bool
    /// Where the PBX is and who says so, in words.
    public var pbx: String
    /// The model's name.
    public var model: String
    /// The columns its firmware writes.
    public var schema = CDRSchema.fields32
    /// Extensions with a CRM user; nil without a CRM.
    public var crmExtensions: Set<String>?
    /// What the whole run leaned on, whichever call it was.
    public var runAssumptions: [Assumption] = []

    /// Takes all as they are.
    public init(site: Site, hasSiteFile: Bool, pbx: String, model: String, crmExtensions: Set<String>?) {
      self.site = site
      self.hasSiteFile = hasSiteFile
      self.pbx = pbx
      self.model = model
      self.crmExtensions = crmExtensions
    }

    /// The same with what the whole run leaned on.
    ///
    /// - Parameter isAsked: whether the CRM was asked for the call.
    public func leaning(on leanings: RunTally.Leanings, isAsked: Bool) -> Setting {
      let ofRun = Set(leanings.since(RunTally.Leanings()))
      var setting = self
      setting.runAssumptions = (Assumption.ofWholeRun + (isAsked ? Assumption.ofEveryAnswer : [])).filter(
        ofRun.contains)
      return setting
    }
  }

  /// The call, as it stood at its end or at that of the trace.
  public let call: Call
  /// Every stage, in order.
  public private(set) var steps: [Step] = []
  /// The rows of the `rows` stage.
  public let rows: [Row]
  /// What the call or the whole run leaned on, in the order of `Assumption`.
  public let assumptions: [Assumption]
  /// nil for a call like any other.
  public let cause: UnusualCause?
  let observations: CallObservations
  let setting: Setting
  let messages: CallMessages
  var settings: ApplianceSettings { setting.site.assumptions }
  var timeZone: SiteTimeZone { setting.site.timeZone }

  /// - Parameters:
  ///   - collector: has seen every message of the trace.
  ///   - observations: of the same call in the run.
  public init(_ collector: LadderCollector, _ observations: CallObservations, _ setting: Setting) {
    call = collector.call
    messages = CallMessages(collector)
    self.observations = observations
    self.setting = setting
    rows = Self.rows(of: collector.call, observations)
    let leanedOn = Set(observations.assumptions).union(setting.runAssumptions)
    assumptions = Assumption.allCases.filter { leanedOn.contains($0) }
    cause = UnusualCause.first(of: collector.call, messages, observations, setting)
    steps = Stage.allCases.map(step)
  }

  private func step(_ stage: Stage) -> Step {
    switch stage {
    case .messages: messagesStep()
    case .dialogs: dialogsStep()
    case .legs: legsStep()
    case .routing: routingStep()
    case .admission: admissionStep()
    case .lookup: lookupStep()
    case .display: displayStep()
    case .rows: rowsStep()
    case .callLog: callLogStep()
    }
  }
}

extension Assumption {
  /// Those that hold for every call of a run alike.
  fileprivate static let ofWholeRun: [Assumption] = [
    .pbxInferred, .partyByNumberLength, .timeZoneIsUTC, .cdrSchemaUnknown, .callTypesOf2013, .columnsOfThe63xx,
  ]
  /// Those that hold for every answer of the CRM's alike.
  fileprivate static let ofEveryAnswer: [Assumption] = [.crmLatency, .crmPhoneMatch]
}
