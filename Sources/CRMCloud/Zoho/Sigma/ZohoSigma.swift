/// One data centre's developer platform: connectors and extensions.
struct ZohoSigma: Codable {
}
