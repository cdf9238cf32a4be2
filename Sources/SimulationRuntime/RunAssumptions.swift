import HardwareProfiles
import PBXModel
import Primitives
import Simulation

/// What a run leans on beside what its appliance notes itself: where it is, and how the trace was read.
struct RunAssumptions {
  private let partiesByLength: Int
  private let hasSite: Bool
  private let hasInferredPBX: Bool

  init(_ model: TraceModel, hasSite: Bool, pbx: PBXResolution) {
    partiesByLength = model.calls.classifications(by: .numberLength)
    self.hasSite = hasSite
    hasInferredPBX =
      switch pbx.origin {
      case .inferred: true
      case .option, .site, .unknown: false
      }
  }

  /// Those of a run of that model, and how often each counts.
  func all(of profile: Profile, hasCRM: Bool) -> [(assumption: Assumption, times: Int)] {
    var result = [(Assumption.partyByNumberLength, partiesByLength)]
    switch profile.traits.cdrSchema?.value {
    case .fields22: result.append((.callTypesOf2013, 1))
    case .fields32: break
    case .fields43: result.append((.columnsOfThe63xx, 1))
    case nil: result.append((.cdrSchemaUnknown, 1))
    }
    if !hasSite { result.append((.timeZoneIsUTC, 1)) }
    if hasCRM { result.append((.crmPhoneMatch, 1)) }
    if hasInferredPBX { result.append((.pbxInferred, 1)) }
    return result
  }
}
