import JSON
import Primitives

/// The records of one module in the order they came into being, and what finds them fast.
struct ZohoModuleTable {
  /// nil where a record was deleted.
  private(set) var slots: [ZohoRecord?] = []
  private(set) var count = 0
  private var numbers = ZohoNumberIndex()
  /// Places by e-mail address in lower case.
  private var addresses: [String: Set<Int>] = [:]
  private let module: ZohoModuleName
  private let searchesFax: Bool

  init(_ module: ZohoModuleName, searchesFax: Bool) {
    self.module = module
    self.searchesFax = searchesFax
  }

  subscript(place: Int) -> ZohoRecord? { slots.indices.contains(place) ? slots[place] : nil }

  /// The records there are, oldest first.
  var records: [ZohoRecord] { slots.compactMap { $0 } }

  /// Returns its place.
  mutating func append(_ record: ZohoRecord) -> Int {
    slots.append(record)
    count += 1
    index(record, at: slots.count - 1)
    return slots.count - 1
  }

  mutating func replace(_ place: Int, with record: ZohoRecord) {
    guard let old = self[place] else { return }
    unindex(old, at: place)
    slots[place] = record
    index(record, at: place)
  }

  mutating func remove(_ place: Int) {
    guard let old = self[place] else { return }
    unindex(old, at: place)
    slots[place] = nil
    count -= 1
  }

  /// Whether deletions have left more holes than records, so that it is time to close them up.
  var isSparse: Bool { slots.count > 1024 && slots.count / 2 > count }

  /// Places of all records, old version or new, with a number that contains `digits`, and of some others, rising; nil
  /// when the digits are too few to tell.
  func candidates(digits: [UInt8]) -> [Int]? { numbers.candidates(digits) }

  /// Places of all records with this address, and maybe others, rising.
  func candidates(address: String) -> [Int] { (addresses[address.lowercased()] ?? []).sorted() }

  /// The numbers among a record's values that searches by phone look at.
  func numbers(of values: [String: JSONValue]) -> [ZohoStoredNumber] {
    module.storedFields.filter(isSearchedByPhone).compactMap { values[$0.name]?.string.map(ZohoStoredNumber.init) }
  }

  func isSearchedByPhone(_ field: ZohoField) -> Bool { field.kind == .phone || (field.kind == .fax && searchesFax) }

  private mutating func index(_ record: ZohoRecord, at place: Int) {
    numbers.insert(runs(of: record), place: place)
    for address in emails(of: record) { addresses[address, default: []].insert(place) }
  }

  private mutating func unindex(_ record: ZohoRecord, at place: Int) {
    numbers.remove(runs(of: record), place: place)
    for address in emails(of: record) {
      addresses[address]?.remove(place)
      if addresses[address]?.isEmpty ?? false { addresses.removeValue(forKey: address) }
    }
  }

  private func runs(of record: ZohoRecord) -> Set<Int> {
    ZohoNumberIndex.runs(of: versions(of: record).flatMap { allNumbers(of: $0) })
  }

  /// Fax numbers among them: criteria and queries ask for them too.
  private func allNumbers(of values: [String: JSONValue]) -> [ZohoStoredNumber] {
    ZohoFieldTables.numbers[module, default: []].compactMap { values[$0]?.string.map(ZohoStoredNumber.init) }
  }

  private func emails(of record: ZohoRecord) -> [String] {
    versions(of: record).flatMap { values in
      ZohoFieldTables.addresses[module, default: []].compactMap { values[$0]?.string?.lowercased() }
    }
  }

  private func versions(of record: ZohoRecord) -> [[String: JSONValue]] {
    record.indexedValues.map { [record.values, $0] } ?? [record.values]
  }
}
