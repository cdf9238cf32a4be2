/// The text that tells people what a new case is for.
struct CaseReadme {
  let name: String
  let claim: String
  let traces: [String]
  let model: String

  private static let question =
    "(What does this case prove, in one or two sentences? Write it here and as `claim` in case.yaml.)"

  var text: String {
    """
    # \(name)

    ## Claim

    \(claim.isEmpty ? Self.question : claim)

    ## Origin

    (Where do the traces come from, who recorded them, and what was changed? \(traces.joined(separator: ", ")).)

    Expectations written by `ucmsim new-case` from a run on \(model); take out what the case is not about.

    """
  }
}
