/// The record added for a number found nowhere. What the appliance writes there is not known: the number (assumed, a
/// setting).
struct NewCaller: Hashable {
  let table: CRMTable
  let number: String
  let name: String

  init(table: CRMTable, number: String, settings: ConnectorSettings) {
    self.table = table
    self.number = number
    let filled = TextTemplate(text: settings.unknownCallerName).filled([("Number", number)])
    name = DisplayText.line(filled) ?? number
  }
}
