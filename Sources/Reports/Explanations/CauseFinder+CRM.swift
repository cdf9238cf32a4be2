import CRMConnectors
import PBXModel
import Simulation

/// What the CRM made of the call.
extension CauseFinder {
  var ofCRM: UnusualCause? {
    guard let extensions = setting.crmExtensions else { return nil }
    switch CRMStanding(of: call, extensions: extensions) {
    case .withinOffice, .nobodyDialled: return nil
    case .withheld:
      return UnusualCause(.withheldNumber, "The caller's number is withheld, so the CRM could not be asked who it is.")
    case .noUser:
      let numbers = call.legs.compactMap(\.party.accountNumber).map { LadderMessage.cut($0) }
      return UnusualCause(
        .noCRMUser,
        "Extension \(numbers.joined(separator: ", ")) has no CRM user, so nothing was looked up or recorded.")
    case .asked: return ofLookup
    }
  }

  private var ofLookup: UnusualCause? {
    let agents = call.legs.compactMap(\.party.accountNumber)
    for login in observations.logins where login.extensions.contains(where: { agents.contains($0) }) {
      switch login.status {
      case .loggedOut(let reason, let failure):
        return UnusualCause(
          .crmLoginFailed, "The extension's CRM user is logged out: \(reason.words) (\(failure.words)).")
      case .loggedIn: break
      }
    }
    switch observations.lookup {
    case .found: break
    case .ambiguous(let record, let count):
      let taken = record == nil ? "none of them was taken" : "the first was taken"
      return UnusualCause(.lookupAmbiguous, "The CRM has \(count) records with this number; \(taken).")
    case .missed: return UnusualCause(.lookupMissed, "The CRM knows nobody with this number.")
    case .added(let record):
      return UnusualCause(
        .lookupAdded, "The CRM knew nobody with this number, so it was added to \(record.table.rawValue).")
    case .failed(let failure):
      return UnusualCause(.lookupFailed, "The CRM did not say who the number is: \(failure.words).")
    case .none:
      return UnusualCause(.lookupFailed, "The CRM did not answer before the trace ended.")
    }
    switch observations.callLog {
    case .failed(let failure):
      return UnusualCause(.callLogFailed, "The CRM did not record the call: \(failure.words).")
    case .postponed(let failure, _):
      return UnusualCause(
        .callLogFailed, "The CRM did not take the call's record by the end of the run: \(failure.words).")
    case .logged, .none: return nil
    }
  }
}
