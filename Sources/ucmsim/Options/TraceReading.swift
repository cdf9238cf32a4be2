import ConfigurationFiles
import PBXModel
import PacketCapture
import Primitives
import SIPCapture
import SimulationRuntime

/// A pass that follows registrations and calls.
struct TraceReading {
  let scan: TraceScan
  /// nil where none was given.
  let siteFile: SiteFile?
  let site: Site
  let pbx: PBXResolution

  /// Finds the PBX first where nobody says where it is, and says so on standard error.
  ///
  /// - Parameters:
  ///   - readsTwice: whether the traces have to be read again whoever says where the PBX is.
  ///   - name: of the traces, where others are read by the same command.
  init(
    input: TraceOptions, site options: SiteOptions, readsTwice: Bool = false, named name: String? = nil
  ) throws {
    siteFile = try options.readSite()
    site = siteFile?.site ?? Site()
    scan = try readsTwice || options.needsInference(site) ? input.replayableScan() : input.scan()
    do throws(TraceError) {
      pbx = try PBXResolution.resolve(given: options.pbx, site: site, scan: scan)
    } catch {
      throw error.complaint
    }
    switch pbx.origin {
    case .inferred, .unknown:
      let place = name.map { "\($0): " } ?? ""
      StandardError.note("\(place)PBX: \(pbx.text); name it with --pbx or a site file")
    case .option, .site: break
    }
  }

  /// What is known before an interface is listened on, which cannot be read twice: somebody has to say where the PBX
  /// is.
  init(listeningBy frames: FrameOptions, site options: SiteOptions) throws {
    siteFile = try options.readSite()
    site = siteFile?.site ?? Site()
    scan = try frames.scan(of: [])
    guard !options.needsInference(site) else {
      throw Complaint(
        "an interface cannot be read twice to find the PBX; name its address with --pbx or a site file", .usage)
    }
    do throws(TraceError) {
      pbx = try PBXResolution.resolve(given: options.pbx, site: site, scan: scan)
    } catch { throw error.complaint }
  }

  /// Complains of traces that cannot be read, before anything is written.
  func check() throws {
    do throws(TraceError) { try scan.check() } catch { throw error.complaint }
  }

  /// - Parameter message: sees each message before what it means is reported.
  func run(message: (CapturedMessage) -> Void = { _ in }, report: (TraceModel.Event) -> Bool) throws -> (
    TraceModel, TraceScan.Outcome
  ) {
    var model = TraceModel(site: site, pbx: pbx.addresses)
    var isWanted = true
    let outcome = try scan.runForTerminal { captured in
      message(captured)
      model.receive(captured) { event in
        if isWanted { isWanted = report(event) }
      }
      return isWanted
    }
    model.finish(at: outcome.last ?? .epoch) { event in
      if isWanted { isWanted = report(event) }
    }
    return (model, outcome)
  }
}
