/// One organisation's PhoneBridge: which telephony is integrated, and its groups.
struct ZohoPhoneBridge: Codable {
}
