import ApplianceAPI
import ApplianceServer
import ConfigurationFiles
import HardwareProfiles
import SimulationRuntime

/// The CRM pages of a served appliance, and what they bring about.
struct ServedCRM {
  /// As they are when the appliance boots.
  let pages: CRMPages
  private let application: CRMApplication
  private let store: CRMStateFile?
  /// Whether the pages are those of an earlier run, which go before the site file's.
  private let isKept: Bool

  /// - Parameters:
  ///   - isAsked: whether the replay was given the site file's CRM.
  ///   - state: the folder that is kept; nil for none.
  ///   - isReset: whether what it keeps is forgotten.
  init(
    _ file: SiteFile?, _ simulation: SimulationOptions, isAsked: Bool, state: String?, keyFile: String?, isReset: Bool
  ) throws {
    let ofSite = CRMPages(file, offers: try simulation.crmOffers(), isAsked: isAsked)
    application = try CRMApplication(file, simulation.crm, seed: simulation.seed.number)
    if isReset { try state.map { try CRMStateFile.forget(folder: $0) } }
    store = try state.map { try CRMStateFile(folder: $0, keyFile: keyFile) }
    let kept = try store?.read()
    if let kept { try store?.check(kept, against: ofSite) }
    isKept = kept != nil
    pages = kept.map { CRMPages(menu: ofSite.menu, settings: $0.settings, users: $0.users) } ?? ofSite
  }

  private init(_ pages: CRMPages, _ application: CRMApplication, isKept: Bool) {
    self.pages = pages
    self.application = application
    self.isKept = isKept
    store = nil
  }

  /// The same pages for the model beside, which keeps none and goes its own way to the CRM.
  func beside(_ file: SiteFile?, _ simulation: SimulationOptions) throws -> ServedCRM {
    let application = try CRMApplication(file, simulation.crm, seed: simulation.seed.number)
    return ServedCRM(pages, application, isKept: isKept)
  }

  /// The same options for a replay that the pages can change.
  func prepared(_ options: Replay.Options) throws -> Replay.Options {
    var options = options
    options.attendsAfterEnd = true
    if isKept { return options.changed(by: try application.change(to: pages.inForce)) }
    if let crm = options.crm {
      options.crm = (crm.configuration, try application.backend(crm.backend, for: pages.inForce))
    }
    return options
  }

  /// Prepared options for the next pass over the traces, which begins with nothing of the pass before.
  func preparedForNextPass(_ options: Replay.Options) throws -> Replay.Options {
    var options = options
    options.rowsOnFlash = nil
    if let crm = options.crm {
      options.crm = (crm.configuration, try application.backendForNextPass(crm.backend, for: pages.inForce))
    }
    return options
  }

  var fault: @Sendable (CRMPages.InForce) -> String? {
    let application = application
    return { application.fault(in: $0) }
  }

  /// - Parameter other: the model beside; nil for none.
  func backOffice(beside other: ServedCRM?) -> CRMBackOffice {
    let (application, store) = (application, store)
    var changeBeside: (@Sendable (CRMPages.InForce) -> CRMChange?)?
    if let beside = other?.application { changeBeside = { pages in try? beside.change(to: pages) } }
    return CRMBackOffice(
      change: { pages in try? application.change(to: pages) }, beside: changeBeside,
      keep: { pages in
        do { try store?.write(pages) } catch { StandardError.note((error as? Complaint)?.message ?? "\(error)") }
      })
  }
}

extension Replay.Options {
  /// The same, but for the CRM, which is as it was changed last.
  func changed(by change: CRMChange?) -> Replay.Options {
    guard let change else { return self }
    var options = self
    options.crm = nil
    if let configuration = change.configuration, let backend = change.backend(crm?.backend) {
      options.crm = (configuration, backend)
    }
    return options
  }
}
