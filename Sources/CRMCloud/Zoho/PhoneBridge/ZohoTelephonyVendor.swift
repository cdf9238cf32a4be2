/// Telephony that Channels > Telephony lists (documented: Asterisk, Elastix and Avaya for the adapter; the others are
/// providers that the page names, assumed).
enum ZohoTelephonyVendor: String, Codable, CaseIterable {
  case asterisk, avaya, elastix, ringCentral, twilio

  var name: String {
    switch self {
    case .asterisk: "Asterisk"
    case .avaya: "Avaya"
    case .elastix: "Elastix"
    case .ringCentral: "RingCentral"
    case .twilio: "Twilio"
    }
  }

  /// Whether it is a PBX in the customer's own network, which Zoho's adapter watches from beside it (documented).
  var needsAdapter: Bool {
    switch self {
    case .asterisk, .avaya, .elastix: true
    case .ringCentral, .twilio: false
    }
  }
}
