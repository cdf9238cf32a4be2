import ArgumentParser

/// What the served appliance is shown: traces, or an interface.
struct ServedTraffic: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Trace files (pcap, pcapng), compressed or not, or tar bundles of them, merged by time; - for standard input.",
      valueName: "trace"))
  var traces: [String] = []

  @OptionGroup var reading: FrameOptions
  @OptionGroup var listening: InterfaceOptions

  mutating func validate() throws {
    guard traces.isEmpty == (listening.interface != nil) else {
      throw ValidationError("Give traces to replay, or an interface to listen on (--interface), and not both.")
    }
    if traces.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be given once only.")
    }
  }

  /// The traces with their options; those of an interface are named as it is.
  var input: TraceOptions {
    var input = TraceOptions()
    input.traces = listening.interface.map { [$0] } ?? traces
    input.reading = reading
    return input
  }

  /// Says where the PBX is, and reads what is given besides.
  ///
  /// - Parameter readsTwice: whether traces have to be read again whoever says where the PBX is.
  func open(_ site: SiteOptions, readsTwice: Bool) throws -> TraceReading {
    guard listening.interface != nil else {
      let reading = try TraceReading(input: input, site: site, readsTwice: readsTwice)
      try reading.check()
      return reading
    }
    return try TraceReading(listeningBy: reading, site: site)
  }
}
