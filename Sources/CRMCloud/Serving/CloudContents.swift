/// What the clouds of a machine hold at their beginning, and how they behave.
public struct CloudContents: Hashable, Sendable {
  /// Zoho's organisations with their people and records, and the clients.
  public var zoho = ZohoCloudData()
  /// Zoho's switches.
  public var zohoSettings = ZohoCloudSettings()
  /// Salesforce's organisation; nil for none.
  public var salesforce: SalesforceCloudData?
  /// An installation of SugarCRM or SuiteCRM; nil for none.
  public var sugar: SugarCloudData?
  /// Its switches.
  public var sugarSettings = SugarCloudSettings()
  /// A vTiger server; nil for none.
  public var vtiger: VtigerCloudData?
  /// A described CRM's cloud; nil for none.
  public var described: DescribedCloudContents?

  /// An empty organisation at Zoho unless given, and no other CRM.
  public init(zoho: ZohoCloudData = ZohoCloudData()) { self.zoho = zoho }
}

/// Why contents cannot be held; no secret and no number of anybody's.
public struct CloudContentsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as `contacts[3].phone: …`, and what would be right.
  public let description: String

  init(_ description: String) { self.description = description }
}
