import Primitives
import Testing

@testable import CRMCloud

struct NumberIndexTests {
  /// Short numbers of few digits, so that runs repeat within a number and between numbers.
  private static let numbers: [String] = (0..<400).map { seed in
    let digits = (0..<(seed % 13)).map { place -> Int in (seed * 7 + place * place * 3 + seed / 9) % 4 }
    return digits.map { String($0) }.joined()
  }

  @Test(arguments: [
    ZohoCloudSettings.PhoneMatch.digitsContain, .digitsEqual, .exactText, .lastDigits(3), .lastDigits(6),
  ])
  func theIndexFindsWhatLookingAtEveryRecordFinds(match: ZohoCloudSettings.PhoneMatch) throws {
    var data = Organisation.data()
    data.organisations[0].contacts = Self.numbers.map { .init(lastName: "x", phone: $0, mobile: String($0.reversed())) }
    var settings = ZohoCloudSettings()
    settings.phoneMatch = match
    var store = ZohoRecordStore(settings: settings, seed: 1)
    try store.load(data.organisations[0])
    var hits = 0
    for number in Self.numbers {
      let query = ZohoPhoneQuery(number, match: match)
      let expected = store.all(in: .contacts).filter { record in
        ["Phone", "Mobile"].compactMap { ZohoCloudRecord(record).text($0).map(ZohoStoredNumber.init) }
          .contains(where: query.matches)
      }
      #expect(store.search(query, in: .contacts, at: .epoch).map(\.id) == expected.map(\.id), "\(number)")
      hits += expected.count
    }
    #expect(hits > 400)
  }

  @Test func tooFewDigitsNarrowNothing() {
    var index = ZohoNumberIndex()
    index.insert([ZohoStoredNumber("555-0100 1")], place: 0)
    index.insert([ZohoStoredNumber("5550101"), ZohoStoredNumber("5550101")], place: 1)
    #expect(index.candidates(Array("555".utf8)) == nil && index.candidates([]) == nil)
    #expect(index.candidates(Array("5550".utf8)) == [0, 1])
    #expect(index.candidates(Array("55501001".utf8)) == [0] && index.candidates(Array("9999".utf8)) == [])
  }
}
