/// One data centre's Desk: its portals with their tickets and contacts.
struct ZohoDesk: Codable {
}
