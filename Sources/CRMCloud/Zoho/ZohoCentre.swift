/// One data centre: what it knows, no other does (documented: multi-DC page of Zoho Accounts).
struct ZohoCentre: Codable {
  /// `us`, `eu` …
  let location: String
  /// Who signs in here, and what was granted to clients.
  var accounts: ZohoAccounts
  /// The CRM's customers, in the order of the data.
  var organisations: [ZohoOrganisation]
  var desk = ZohoDesk()
  var sigma = ZohoSigma()
  var authorizations = PendingAuthorizations()

  /// The place among `organisations` of the one a token speaks for: the organisation chosen at consent, or else the
  /// first the user works in; nil for a user of none.
  func organisationIndex(of session: ZohoTokenStore.Session) -> Int? {
    // By place: an organisation handed to a closure is copied.
    organisations.indices.first { index in
      (session.organisationID.map { $0 == organisations[index].id } ?? true)
        && organisations[index].userIndex(zuid: session.zuid) != nil
    }
  }
}
