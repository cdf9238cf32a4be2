/// How many rows an ended call has, and what they would lean on.
struct CDRRowCount: Sendable {
  var rows = 0
  var leanedOn: [Assumption] = []
}
