import HardwareProfiles
import PBXModel

extension Appliance {
  /// Whether the call is not what it was on the recorded box: refused, or gone on otherwise.
  mutating func goesOtherwise(_ call: Call) -> Bool {
    let standing = calls[call: call.id]
    return isAbsent(standing) || standing?.isVaried == true
  }

  /// What the appliance would have of each resource were it of that model; the largest number for what nobody knows.
  func limits(of profile: Profile) -> [Int] {
    var other = self
    other.adopt(profile)
    return Resource.allCases.map { other.ledger[$0].limit?.value ?? .max }
  }

  /// Whether a model with that plan differs from the appliance's own in nothing but how much it has of each resource.
  func isAlike(_ profile: Profile, with remote: RemoteAllowance) -> Bool {
    ledger.remote == remote && behavesAs(profile)
      && site.storage.completed(by: profile) == site.storage.completed(by: self.profile)
  }
}
