public import PBXModel
public import PacketCapture
import Primitives
public import Simulation
import SIPCapture

/// One pass over traces that measures what their traffic takes of an appliance that has enough of everything.
public struct TrafficMeasurement {
  /// The traces to read, and the filter they are read by.
  public var scan: TraceScan
  /// The office the traffic is of; an empty one where no site file is given.
  public var site: Site
  /// Whether a site file was given; without one the clock shows UTC by assumption.
  public var hasSiteFile = false
  /// Where the PBX is, resolved before the pass.
  public var pbx: PBXResolution
  /// How often the traffic is laid over itself.
  public var overlay = TrafficOverlay()
  /// For so many numbers of copies, from 1, the peaks are told as well; 0 for none.
  public var copiesSearched = 0
  /// Settings behind the assumptions; those of the site unless they are changed.
  public var appliance: ApplianceSettings

  /// A measurement of the traffic as it is.
  public init(scan: TraceScan, site: Site, pbx: PBXResolution) {
    self.scan = scan
    self.site = site
    appliance = site.assumptions
    self.pbx = pbx
  }

  /// What a pass came to.
  public struct Result {
    /// Everything measured; of a pass that was stopped, up to there.
    public let use: TrafficUse
    /// What was leaned on, and how often.
    public let assumptions: [Assumption: Int]
    /// What the pass read.
    public let outcome: TraceScan.Outcome
  }

  /// Reads the traces to their end.
  ///
  /// - Parameter progress: returns false to stop.
  /// - Throws: when a trace cannot be opened. One that breaks off later is in the outcome's failures.
  public func run(progress: ((TraceScan.Progress) -> Bool)? = nil) throws(TraceError) -> Result {
    var model = TraceModel(site: site, pbx: pbx.addresses)
    var meter = TrafficMeter(site: site, settings: appliance, overlay: overlay, copiesSearched: copiesSearched)
    let outcome = try scan.run(progress: progress) { captured in
      model.receive(captured) { meter.receive($0, at: captured.time) }
      return true
    }
    let end = outcome.last ?? .epoch
    model.finish(at: end) { meter.receive($0, at: end) }
    let measured = meter.finish(at: end)
    var assumptions = measured.assumptions
    let byLength = model.calls.classifications(by: .numberLength)
    if byLength > 0 { assumptions[.partyByNumberLength, default: 0] += byLength }
    if !hasSiteFile { assumptions[.timeZoneIsUTC, default: 0] += 1 }
    if case .inferred = pbx.origin { assumptions[.pbxInferred, default: 0] += 1 }
    return Result(use: measured.use, assumptions: assumptions, outcome: outcome)
  }
}
