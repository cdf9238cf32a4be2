import Primitives

extension ZohoCloud {
  /// Gives what developers use numbers of its own, so that ids elsewhere do not depend on what they do.
  mutating func seedDeveloperServices(_ seed: UInt64) {
    outside = OutsideServices(seed: seed)
    registerBuiltInServices()
    for index in centres.indices {
      centres[index].authorizations = PendingAuthorizations(seed: seed &+ UInt64(index) &* 0x9e37_79b9)
    }
  }
}
