import CRMConnectors
import PBXModel

/// Whether the CRM module takes an interest in a call, and if not, why.
enum CRMStanding: Hashable {
  /// Nobody outside takes part, or nobody inside.
  case withinOffice
  /// What the outside shows is no telephone number.
  case withheld
  /// None of the extensions that could ask has a CRM user.
  case noUser
  /// No leg was dialled.
  case nobodyDialled
  /// It is looked up.
  case asked

  /// - Parameter extensions: those with a CRM user.
  init(of call: Call, extensions: Set<String>) {
    var standing = call.calleeLegs.isEmpty ? CRMStanding.nobodyDialled : .withinOffice
    for member in call.calleeLegs {
      let outside: String
      let agent: String
      switch (call.callerParty, member.party) {
      case (.trunk, .account(let number)): (outside, agent) = (call.callerNumber, number)
      case (.account(let number), .trunk): (outside, agent) = (member.leg.requestUser, number)
      case (.account, .account), (.trunk, .trunk): continue
      }
      if (try? DialledNumber(outside)) == nil {
        standing = .withheld
      } else if extensions.contains(agent) {
        self = .asked
        return
      } else {
        standing = .noUser
      }
    }
    self = standing
  }
}
