public import CRMConnectors
public import Primitives

extension Appliance {
  /// Apply Changes of the CRM pages at `instant`: every session ends, the users of the new settings log in, and lookups
  /// go by the new order. What becomes of calls that are up and of call logs not taken yet,
  /// `Assumption.crmChangeKeepsCalls` says. Before the first boot, and while it is down after a power failure, it only
  /// boots with them.
  ///
  /// - Parameter configuration: nil for the choice "none" of the CRM page.
  public mutating func apply(_ configuration: CRMConfiguration?, at instant: Instant, effects: inout [Effect]) {
    if firstSeen != nil { advance(to: instant, effects: &effects) } else { now = now.followed(by: instant) }
    journal(Self.journalEvent(of: configuration), at: now, &effects)
    crmConfiguration = configuration
    hasCRM = configuration != nil
    guard firstSeen != nil, bootsAt == nil else {
      crm = configuration.map { CRMModule($0, appliance: settings) }
      return
    }
    effects.append(.dropCRMConnections)
    tally.crmUsers = []
    var outputs: [CRMModule.Output] = []
    let former = crm
    crm = configuration.map { configuration in
      guard let former else { return CRMModule(configuration, appliance: settings) }
      return CRMModule(configuration, inPlaceOf: former, appliance: settings, at: now) { outputs.append($0) }
    }
    if configuration == nil { former?.end { outputs.append($0) } }
    crm?.logIn(at: now) { outputs.append($0) }
    crm?.goOn(at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  private static func journalEvent(of configuration: CRMConfiguration?) -> JournalEvent {
    .crmSettingsApplied(
      system: configuration?.settings.system, lookups: configuration?.settings.contactLookups ?? [],
      addsTo: configuration?.settings.addUnknownNumber,
      extensions: (configuration?.clients ?? []).flatMap(\.extensions).sorted())
  }

  /// How each extension with a CRM user's page stands with the CRM; nil while its login is on its way.
  public var crmStandings: [String: LoginStatus?] { crm?.standings ?? [:] }
}
