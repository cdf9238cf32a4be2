extension ZohoDesk {
  /// The portals a person can let clients into.
  func portals(for zuid: String) -> [ZohoTenantChoice] {
    portals(of: zuid).map { ZohoTenantChoice(id: $0.id, name: $0.companyName) }
  }
}
