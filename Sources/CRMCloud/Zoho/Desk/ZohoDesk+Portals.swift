extension ZohoDesk {
  /// The portals a person can let clients into; nil as long as Desk keeps none of its own.
  func portals(for zuid: String) -> [ZohoTenantChoice]? { nil }
}
