public import Primitives

/// Where the PBX answers, and so which way a message goes.
public struct PBXAddresses: Hashable, Sendable {
  /// A port of 0 stands for every port.
  public let endpoints: [IPEndpoint]

  /// Takes the addresses as given; their order and repetitions do not matter.
  public init(_ endpoints: [IPEndpoint]) {
    self.endpoints = endpoints
  }

  /// Whether no PBX is known; every message is then `.passing`.
  public var isEmpty: Bool { endpoints.isEmpty }

  /// Which way a message between these two goes, seen from the PBX.
  ///
  /// The PBX's own TCP connections leave from ports of their own, so where no port fits the address alone decides,
  /// unless both ends share it.
  public func role(source: IPEndpoint, destination: IPEndpoint) -> Leg.Role {
    if matches(destination) { return .incoming }
    if matches(source) { return .outgoing }
    switch (hasAddress(source.address), hasAddress(destination.address)) {
    case (false, true): return .incoming
    case (true, false): return .outgoing
    case (true, true), (false, false): return .passing
    }
  }

  private func matches(_ endpoint: IPEndpoint) -> Bool {
    endpoints.contains { $0.address == endpoint.address && ($0.port == 0 || $0.port == endpoint.port) }
  }

  private func hasAddress(_ address: IPAddress) -> Bool {
    endpoints.contains { $0.address == address }
  }
}
