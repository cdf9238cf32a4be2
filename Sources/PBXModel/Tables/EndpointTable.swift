import Primitives

/// Numbers by transport address.
struct EndpointTable {
  private var endpoints: [IPEndpoint] = []
  private var values: [Int] = []
  private var chains = HashChains()

  var count: Int { endpoints.count }

  /// The latest value given to the endpoint; nil for none.
  subscript(_ endpoint: IPEndpoint) -> Int? {
    get { place(of: endpoint).map { values[$0] } }
    set {
      guard let newValue else { return }
      if let place = place(of: endpoint) {
        values[place] = newValue
      } else {
        chains.insert(endpoints.count, hash: endpoint.tableHash)
        endpoints.append(endpoint)
        values.append(newValue)
      }
    }
  }

  private func place(of endpoint: IPEndpoint) -> Int? {
    guard !endpoints.isEmpty else { return nil }
    var place = chains.first(endpoint.tableHash)
    while let index = place, endpoints[index] != endpoint { place = chains.next(after: index) }
    return place
  }
}

extension IPEndpoint {
  /// Equal for equal endpoints; addresses of one network differ in it.
  var tableHash: UInt64 {
    var hash = address.low &* 0x9e37_79b9_7f4a_7c15 ^ address.high &* 0xc2b2_ae3d_27d4_eb4f
    hash ^= UInt64(port) << 16 | UInt64(address.family.rawValue)
    return (hash ^ hash >> 29) &* 0x9e37_79b9_7f4a_7c15
  }
}
