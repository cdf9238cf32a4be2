import CloudPages
import Primitives

extension ZohoCloud {
  /// `/tab/…`: home, the modules' lists and records, and the reports.
  mutating func respondAsTab(_ visit: ZohoCRMVisit) -> CloudResponse {
    visit.notFound
  }
}
