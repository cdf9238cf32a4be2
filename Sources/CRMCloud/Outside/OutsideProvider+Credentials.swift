import Primitives

// What each provider's ids, codes and tokens look like (observed in its guides' samples; lengths partly assumed).

extension OutsideProvider {
  /// Whether a further consent of the same user brings no refresh token.
  var givesRefreshTokenOnce: Bool {
    switch facts.refresh {
    case .parameter(_, _, let onFirstConsentOnly): onFirstConsentOnly
    case .never, .always, .scope: false
    }
  }

  func clientID(_ generator: inout SeededGenerator) -> String {
    switch self {
    case .mailChimp: Self.digits(12, &generator)
    case .google: Self.digits(12, &generator) + "-" + generator.hexadecimal(32) + ".apps.googleusercontent.com"
    case .microsoft: Self.uuid(&generator)
    case .dropbox: generator.hexadecimal(15)
    case .pandaDoc: generator.hexadecimal(20)
    }
  }

  func clientSecret(_ generator: inout SeededGenerator) -> String {
    switch self {
    case .mailChimp: generator.hexadecimal(50)
    case .google: "GOCSPX-" + generator.hexadecimal(28)
    case .microsoft: generator.hexadecimal(40)
    case .dropbox: generator.hexadecimal(15)
    case .pandaDoc: generator.hexadecimal(40)
    }
  }

  func code(_ generator: inout SeededGenerator) -> String {
    switch self {
    case .google: "4/0A" + generator.hexadecimal(70)
    case .mailChimp, .microsoft, .dropbox, .pandaDoc: generator.hexadecimal(40)
    }
  }

  func accessToken(_ generator: inout SeededGenerator) -> String {
    switch self {
    case .mailChimp: generator.hexadecimal(32)
    case .google: "ya29.a0" + generator.hexadecimal(80)
    case .microsoft: "eyJ0" + generator.hexadecimal(96)
    case .dropbox: "sl." + generator.hexadecimal(80)
    case .pandaDoc: generator.hexadecimal(40)
    }
  }

  func refreshToken(_ generator: inout SeededGenerator) -> String {
    switch self {
    case .google: "1//0" + generator.hexadecimal(64)
    case .mailChimp, .microsoft, .dropbox, .pandaDoc: generator.hexadecimal(64)
    }
  }

  private static func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
    (0..<count).map { _ in String(generator.next() % 10) }.joined()
  }

  private static func uuid(_ generator: inout SeededGenerator) -> String {
    [8, 4, 4, 4, 12].map { generator.hexadecimal($0) }.joined(separator: "-")
  }
}
