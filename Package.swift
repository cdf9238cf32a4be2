// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]
// Set by `scripts/fuzz` only: every room is instrumented for libFuzzer, and there is one program more.
let isFuzzing = Context.environment["UCMSIM_FUZZ"] != nil
// Set by `scripts/benchmark rows`, `pages` and `lookups` only: there are two programs more.
let isBenchmarking = Context.environment["UCMSIM_BENCHMARK"] != nil
let fuzzing: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : []

let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }

/// A pure or edge room of the house. ARCHITECTURE.md holds the table of rooms and doors;
/// `scripts/check-architecture` compares it with what this file says.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings + fuzzing, plugins: plugins)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, swiftSettings: settings)
}

let package = Package(
  name: "ucmsim",
  products: [
    .executable(name: "ucmsim", targets: ["ucmsim"]),
    .library(name: "ConnectorCompatTest", targets: ["ConnectorCompatTest"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The pure core: no clock, file, socket, chance, logging or global variable.
    // Values everything else speaks in: instants, addresses, certainty, seeded numbers.
    room("Primitives"),
    // JSON text <-> values; the same value always gives the same bytes.
    room("JSON", ["Primitives"]),
    // SIP text <-> views and values.
    room("SIP"),
    // Captured bytes -> datagrams and TCP streams.
    room("PacketFormats", ["Primitives"]),
    // Frames -> SIP messages with their place in the trace.
    room("SIPCapture", ["Primitives", "PacketFormats", "SIP"]),
    // Model limits as values, each with its source.
    room("HardwareProfiles", ["Primitives"]),
    // Site, registrations, dialogs, legs, calls and the shape of a CDR.
    room("PBXModel", ["Primitives", "SIP", "SIPCapture",
      .product(name: "DequeModule", package: "swift-collections"),
      .product(name: "HeapModule", package: "swift-collections")]),
    // The appliance's clients of the CRMs: requests, answers and token life as values.
    room("CRMConnectors", ["Primitives", "JSON", httpTypes, crypto]),
    // Pages of the CRMs' web interfaces as values -> HTML. The only importer of Mustache.
    room("CloudPages", [.product(name: "Mustache", package: "swift-mustache")]),
    // The CRMs' servers as values.
    room("CRMCloud", ["CloudPages", "Primitives", "JSON", httpTypes, crypto]),
    // The firmware: modules that take events at an instant and return effects.
    room("Simulation", ["Primitives", "HardwareProfiles", "PBXModel", "CRMConnectors",
      .product(name: "DequeModule", package: "swift-collections"),
      .product(name: "HeapModule", package: "swift-collections")]),
    // CDR rows of a run and of another system: read, paired, their differences explained.
    room("CDRComparison", ["Primitives", "PBXModel"]),
    // What two runs have not in common, matched by call.
    room("RunComparison", ["Primitives", "JSON", "PBXModel"]),
    // Regression cases: what a run is held against, what came of it, and who runs which.
    room("Cases", ["JSON", "Primitives", crypto, .product(name: "HeapModule", package: "swift-collections")]),
    // Results -> text, JSON, CSV.
    room("Reports", [
      "Cases",
      "CDRComparison", "RunComparison", "Primitives", "JSON", "SIP", "SIPCapture", "HardwareProfiles", "PBXModel", "CRMConnectors", "Simulation",
      httpTypes]),
    // What every CRM client does with its CRM's cloud: a table of expectations, held against any of them.
    room("ConnectorCompatTest", ["Primitives", "JSON", "CRMConnectors", "CRMCloud", httpTypes]),

    // The appliance's API doors as a value: requests in, answers out.
    room("ApplianceAPI", ["JSON", "Primitives", httpTypes, crypto, cryptoExtras]),
    // The appliance's web interface as a value: requests in, pages out.
    room("ApplianceWeb", ["ApplianceAPI", "CloudPages", "JSON", "Primitives", "Redaction", httpTypes]),

    // Traces, sites and CRM data under other names.
    room("Scrubbing", ["Primitives", "JSON", "SIP", "PBXModel", crypto]),

    // HTTP messages without their secrets.
    room("Redaction", ["Primitives", "JSON", httpTypes]),
    // Recorded CRM traffic: matched, compared, without secrets.
    room("Cassettes", ["Primitives", "JSON", "CRMConnectors", "Redaction", httpTypes]),

    // The edges.
    .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    // Trace files -> frames. The only importer of libpcap.
    room("PacketCapture", ["Primitives", "PacketFormats", "CPcap"]),
    // TLS records -> plaintext, with keys from a key log.
    room("TLSDecryption", ["PacketFormats", crypto, cryptoExtras]),
    // YAML files -> sites, profiles, cloud data, with line and column of every error. The only importer of Yams.
    room("ConfigurationFiles", ["Cases", "Primitives", "JSON", "HardwareProfiles", "PBXModel", "CRMConnectors", "CRMCloud", "Scrubbing", "Yams"]),
    // hardware-profiles/ inside the program.
    room("BuiltInProfiles", plugins: ["EmbedProfilesPlugin"]),
    .plugin(name: "EmbedProfilesPlugin", capability: .buildTool(), dependencies: ["embed-profiles"],
      path: "Sources/EmbedProfilesPlugin"),
    .executableTarget(name: "embed-profiles", swiftSettings: settings),
    // CDR rows in SQLite. The only SQL.
    room("CDRStorage", ["Primitives", "PBXModel", .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    // Drives the simulation over a trace and carries its effects out.
    room("SimulationRuntime", [
      "Cases", "Primitives", "JSON", "SIP", "SIPCapture", "PacketFormats", "PacketCapture", "HardwareProfiles", "PBXModel",
      "CRMConnectors", "CRMCloud", "Cassettes", "Scrubbing", "Simulation", "Reports", "CDRStorage", httpTypes,
      .product(name: "HeapModule", package: "swift-collections")]),
    // Keys and certificates of a CA of one's own. The only importer of swift-certificates.
    room("CertificateAuthority", ["Primitives", crypto,
      .product(name: "SwiftASN1", package: "swift-asn1"), .product(name: "X509", package: "swift-certificates")]),
    // CRM requests over HTTPS. The only importer of async-http-client.
    room("CRMTransport", ["Primitives", "CRMConnectors", "SimulationRuntime", httpTypes, nio("NIOCore"), nio("NIOHTTP1"),
      nio("NIOPosix"), nioSSL, .product(name: "AsyncHTTPClient", package: "async-http-client")]),
    // A cloud's state in SQLite: a snapshot and what came since.
    room("CloudStorage", ["Primitives", httpTypes, .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    // HTTP(S) listeners within limits, and their end. The only importer of HummingbirdTLS.
    room("HTTPService", ["CertificateAuthority", "Primitives", nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"), nio("NIOWebSocket"), nioSSL,
      .product(name: "NIOHTTPTypes", package: "swift-nio-extras"), .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"), .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "HummingbirdTLS", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")]),
    // A cloud behind HTTPS, with its inspector and admin pages. The only importer of Hummingbird.
    room("CloudServer", ["Primitives", "JSON", "CRMCloud", "CloudPages", "CloudStorage", "CertificateAuthority", "HTTPService",
      "Redaction", httpTypes, nio("NIOCore"), nio("NIOPosix"), nioSSL,
      .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      .product(name: "UnixSignals", package: "swift-service-lifecycle")]),
    // A replayed appliance behind its own doors.
    room("ApplianceServer", ["ApplianceAPI", "ApplianceWeb", "CDRStorage", "CRMConnectors", "CertificateAuthority", "HTTPService", "HardwareProfiles", "JSON", "PBXModel",
      "Primitives", "Reports", "SIP", "SIPCapture", "Simulation", "SimulationRuntime", httpTypes, .product(name: "DequeModule", package: "swift-collections"), nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"), nio("NIOWebSocket"), nioSSL,
      .product(name: "HummingbirdCore", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      .product(name: "UnixSignals", package: "swift-service-lifecycle")]),
    // Arguments -> options -> run; exit codes.
    .executableTarget(
      name: "ucmsim",
      dependencies: [
        "Cases", "Primitives", "JSON", "SIP", "SIPCapture", "PacketFormats", "PacketCapture", "HardwareProfiles", "PBXModel",
        "CRMConnectors", "CRMCloud", "Simulation", "Reports", "ConfigurationFiles", "BuiltInProfiles", "CDRComparison", "RunComparison",
        "CDRStorage", "Cassettes", "SimulationRuntime", "TLSDecryption", "CRMTransport", "CertificateAuthority", "CloudServer",
        "CloudStorage", "ConnectorCompatTest", "Scrubbing", "ApplianceAPI", "ApplianceServer", "ApplianceWeb", "HTTPService",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // Builders of packets, traces, messages and CDRs for tests, and directories to put them in.
    .target(
      name: "TestSupport", dependencies: ["Primitives", "HardwareProfiles", "PacketFormats", "SIP", "SIPCapture", "PBXModel"],
      path: "Tests/TestSupport", swiftSettings: settings),
    tests(of: "Primitives"),
    tests(of: "JSON"),
    tests(of: "SIP", ["Primitives"]),
    tests(of: "PacketFormats", ["Primitives"]),
    tests(of: "SIPCapture", ["Primitives", "PacketFormats", "SIP"]),
    tests(of: "PacketCapture", ["Primitives", "PacketFormats"]),
    tests(of: "HardwareProfiles", ["Primitives"]),
    tests(of: "PBXModel", ["Primitives", "SIP", "SIPCapture", "PacketFormats"]),
    tests(of: "CRMConnectors", ["JSON", "Primitives", httpTypes]),
    tests(of: "CloudPages"),
    tests(of: "CRMCloud", ["JSON", "Primitives", "CRMConnectors", httpTypes, crypto]),
    tests(of: "ConnectorCompatTest", ["Primitives", "JSON", "CRMConnectors", "CRMCloud", httpTypes]),
    tests(of: "ApplianceAPI", ["JSON", "Primitives", httpTypes, crypto]),
    tests(of: "Simulation", ["BuiltInProfiles", "ConfigurationFiles", "ConnectorCompatTest", "JSON", "Primitives", "HardwareProfiles", "PBXModel", "CRMConnectors", "CRMCloud", "SIPCapture", "PacketFormats", httpTypes]),
    tests(of: "CDRComparison", ["PBXModel", "Primitives"]),
    tests(of: "RunComparison", ["JSON", "PBXModel", "Primitives"]),
    tests(of: "Cases", ["JSON", "Primitives"]),
    tests(of: "Reports", ["Cases", "CDRComparison", "JSON", "Primitives", "HardwareProfiles", "PBXModel", "SIP", "Simulation", "SIPCapture", "PacketFormats", "CRMConnectors"]),
    tests(of: "ConfigurationFiles", ["Cases", "Primitives", "JSON", "HardwareProfiles", "PBXModel", "CRMConnectors", "CRMCloud", "ConnectorCompatTest", "BuiltInProfiles", "Scrubbing", httpTypes]),
    tests(of: "CDRStorage", ["PBXModel", "Primitives"]),
    tests(of: "Scrubbing", ["PBXModel", "Primitives", "SIP", crypto]),
    tests(of: "Redaction", ["JSON", "Primitives", httpTypes]),
    tests(of: "Cassettes", ["CRMConnectors", "Primitives", httpTypes]),
    tests(of: "CertificateAuthority", ["Primitives", nioSSL]),
    tests(of: "CloudStorage", ["Primitives", httpTypes, .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "CRMTransport", ["CRMConnectors", "CertificateAuthority", "Primitives", "SimulationRuntime", httpTypes, nio("NIOCore"),
      nio("NIOPosix"), nioSSL]),
    tests(of: "HTTPService", ["CertificateAuthority", "Primitives", httpTypes, nio("NIOCore"), nio("NIOEmbedded"), nio("NIOPosix"), nio("NIOWebSocket"), nioSSL,
      .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      .product(name: "HummingbirdCore", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")]),
    tests(of: "CloudServer", ["CRMCloud", "CRMConnectors", "CRMTransport", "CertificateAuthority", "CloudStorage", "ConnectorCompatTest", "HTTPService", "JSON",
      "Primitives", "SimulationRuntime", httpTypes, nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"),
      .product(name: "AsyncHTTPClient", package: "async-http-client")]),
    tests(of: "ApplianceWeb", ["ApplianceAPI", "JSON", "Primitives", httpTypes]),
    tests(of: "ApplianceServer", ["ApplianceAPI", "ApplianceWeb", "BuiltInProfiles", "CDRStorage", "CRMConnectors", "ConfigurationFiles", "HTTPService",
      "HardwareProfiles", "JSON", "PBXModel", "PacketCapture", "Primitives", "SIPCapture", "Simulation", "SimulationRuntime", httpTypes]),
    tests(of: "TLSDecryption", ["PacketCapture", "PacketFormats", "Primitives", "SIP", "SIPCapture"]),
    tests(
      of: "SimulationRuntime",
      [
        "Primitives", "PBXModel", "PacketCapture", "PacketFormats", "SIP", "SIPCapture", "Simulation", "HardwareProfiles",
        "CRMConnectors", "CRMCloud", "BuiltInProfiles", "ConfigurationFiles", "JSON", "Reports", "Scrubbing", httpTypes,
      ]),
    // Ways in for any bytes, and the laws that hold whatever they are.
    .target(
      name: "FuzzTargets",
      dependencies: ["Primitives", "PacketFormats", "SIP", "SIPCapture", "PacketCapture", "PBXModel", "Scrubbing"],
      path: "Tests/Fuzzing/Targets", swiftSettings: settings + fuzzing),
    .testTarget(
      name: "FuzzTargetsTests", dependencies: ["FuzzTargets", "Primitives", "SIPCapture"], path: "Tests/Fuzzing/Tests",
      swiftSettings: settings),
    .testTarget(name: "CLITests", dependencies: ["ucmsim", "Cases", "TestSupport", "PacketFormats", "Primitives"], swiftSettings: settings),
  ]
)

if isFuzzing {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Driver", swiftSettings: settings + fuzzing,
      // gold, the linker otherwise taken, fails on libFuzzer's objects.
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}

if isBenchmarking {
  package.targets.append(
    .executableTarget(
      name: "benchmark-rows", dependencies: ["CDRStorage", "PBXModel", "Primitives"], path: "scripts/benchmarks/rows",
      exclude: ["insert_rows.c"], swiftSettings: settings))
  package.targets.append(
    .executableTarget(
      name: "benchmark-lookups", dependencies: ["CRMCloud", "CRMConnectors", "Primitives", httpTypes],
      path: "scripts/benchmarks/lookups", swiftSettings: settings))
}
