/// One organisation's connections: the services it defined and those it is connected to.
struct ZohoConnections: Codable {
}
