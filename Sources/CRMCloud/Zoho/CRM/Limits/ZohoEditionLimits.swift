/// What an edition may ask of the API (documented; the numbers vary with the page's date).
struct ZohoEditionLimits: Hashable {
  /// Credits in any 24 hours: so many, and so many more for each user, up to a bound.
  let base: Int
  let perUser: Int
  let cap: Int?
  /// Calls at the same time.
  let concurrency: Int
  /// Calls of the v1 API in one day: so many, or so many for each user where that is more, up to a bound.
  let v1Base: Int
  let v1PerUser: Int
  let v1Cap: Int

  /// Searches and queries among the calls at the same time.
  static let heavyConcurrency = 10

  init(_ edition: ZohoCloudData.Edition) {
    switch edition {
    case .free: self.init(5000, 0, cap: 5000, concurrency: 5, v1: 1000, 0, 1000)
    case .standard: self.init(50_000, 250, cap: 100_000, concurrency: 10, v1: 2000, 250, 5000)
    case .professional: self.init(50_000, 500, cap: 3_000_000, concurrency: 15, v1: 3000, 250, 10_000)
    case .enterprise: self.init(50_000, 1000, cap: 5_000_000, concurrency: 20, v1: 4000, 500, 25_000)
    case .ultimate: self.init(50_000, 2000, cap: nil, concurrency: 25, v1: 4000, 500, 25_000)
    }
  }

  private init(_ base: Int, _ perUser: Int, cap: Int?, concurrency: Int, v1: Int, _ v1PerUser: Int, _ v1Cap: Int) {
    (self.base, self.perUser, self.cap, self.concurrency) = (base, perUser, cap, concurrency)
    (v1Base, self.v1PerUser, self.v1Cap) = (v1, v1PerUser, v1Cap)
  }

  func credits(users: Int) -> Int { min(base + perUser * users, cap ?? .max) }

  func v1Calls(users: Int) -> Int { min(max(v1Base, v1PerUser * users), v1Cap) }
}
