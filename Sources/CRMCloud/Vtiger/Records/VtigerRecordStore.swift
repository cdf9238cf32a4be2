import Primitives

/// The records of every module but the users, in the order they came into being.
struct VtigerRecordStore: Codable {
  private var tables: [VtigerModule: Table] = [:]
  /// Numbers in use, of whatever module.
  private var taken: Set<Int> = []
  /// The first record measured on a new server had number 2.
  private var next = 2

  private struct Table: Codable {
    /// Numbers, oldest first.
    var order: [Int] = []
    /// What digits the telephone numbers of each have, in the same order.
    var digits: [VtigerDigits] = []
    var records: [Int: VtigerRecord] = [:]
    /// Records that came into being, those deleted since too.
    var made = 0
  }

  func all(in module: VtigerModule) -> [VtigerRecord] {
    guard let table = tables[module] else { return [] }
    return table.order.compactMap { table.records[$0] }
  }

  /// Records whose telephone numbers have every digit of one of `sets`, in the same order.
  func all(in module: VtigerModule, having sets: [VtigerDigits]) -> [VtigerRecord] {
    guard let table = tables[module] else { return [] }
    return zip(table.order, table.digits).compactMap { number, digits in
      sets.contains { $0.isSubset(of: digits) } ? table.records[number] : nil
    }
  }

  func count(in module: VtigerModule) -> Int { tables[module]?.order.count ?? 0 }

  func record(_ number: Int, in module: VtigerModule) -> VtigerRecord? { tables[module]?.records[number] }

  /// False where the number is in use.
  mutating func reserve(_ number: Int) -> Bool { taken.insert(number).inserted }

  mutating func freeNumber() -> Int {
    while !taken.insert(next).inserted { next += 1 }
    return next
  }

  /// Adds a record whose number is reserved, with the number that people see (`CON1`).
  @discardableResult
  mutating func insert(_ values: [String: String], _ number: Int, into module: VtigerModule) -> VtigerRecord {
    var values = values
    var table = tables[module] ?? Table()
    table.made += 1
    if let numbering = module.numbering { values[numbering.field] = numbering.prefix + String(table.made) }
    let record = VtigerRecord(module: module, number: number, values: values)
    table.order.append(number)
    table.digits.append(VtigerDigits(ofNumbersIn: record))
    table.records[number] = record
    tables[module] = table
    return record
  }

  mutating func replace(_ record: VtigerRecord) {
    guard let index = tables[record.module]?.order.firstIndex(of: record.number) else { return }
    tables[record.module]?.records[record.number] = record
    tables[record.module]?.digits[index] = VtigerDigits(ofNumbersIn: record)
  }

  /// False for a record that is not there. Its number is not given again.
  mutating func delete(_ number: Int, in module: VtigerModule) -> Bool {
    guard let index = tables[module]?.order.firstIndex(of: number) else { return false }
    tables[module]?.records.removeValue(forKey: number)
    tables[module]?.order.remove(at: index)
    tables[module]?.digits.remove(at: index)
    return true
  }
}
