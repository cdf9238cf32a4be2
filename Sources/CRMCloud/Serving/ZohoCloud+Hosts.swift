extension ZohoCloud: HostedCloud {
  /// The hosts of every data centre and of the services outside of Zoho; those without an organisation answer too.
  public var hosts: [VirtualHost] {
    ZohoHosts.all.flatMap { hosts in
      ZohoHosts.Service.allCases.flatMap { service in
        ([hosts.host(of: service)] + (service == .api ? hosts.apiAliases : [])).map {
          VirtualHost(name: $0, purpose: "\(service), \(hosts.location)")
        }
      }
    } + OutsideServices.hosts.map { VirtualHost(name: $0.name, purpose: $0.provider.facts.name) }
  }
}
