import JSON

/// Why a request to the v1 API is refused: the codes are documented, their words shortened.
enum ZohoV1Error: Int, Error, Hashable, CaseIterable {
  case useAuthToken = 4000
  case noAPIPermission = 4001
  case crmDisabled = 4101
  case noCRMAccount = 4102
  case noSuchRecord = 4103
  case mandatoryFieldMissing = 4401
  case wrongSearchParameter = 4420
  case dailyLimit = 4421
  case noData = 4422
  case internalError = 4500
  case moduleNotInEdition = 4502
  case wrongParameter = 4600
  case storageFull = 4809
  case rateLimit = 4820
  case parameterMissing = 4831
  case textForInteger = 4832
  case invalidTicket = 4834
  case xmlParseError = 4835

  var message: String {
    switch self {
    case .useAuthToken: "Please use Authtoken, instead of API ticket and APIkey."
    case .noAPIPermission: "No permission to use the API"
    case .crmDisabled: "Zoho CRM is disabled for this user"
    case .noCRMAccount: "No CRM account"
    case .noSuchRecord: "No record available with the specified record ID"
    case .mandatoryFieldMissing: "Unable to populate data, please check if mandatory value is entered correctly."
    case .wrongSearchParameter: "Invalid search parameter or invalid search parameter value"
    case .dailyLimit: "Number of API calls exceeded"
    case .noData: "There is no data to show"
    case .internalError: "Internal server error while processing this request"
    case .moduleNotInEdition: "Module not available in this edition"
    case .wrongParameter: "Incorrect API parameter or API parameter value, or wrong method"
    case .storageFull: "Storage space allotted is insufficient"
    case .rateLimit: "Rate limit exceeded"
    case .parameterMissing: "Missing parameters"
    case .textForInteger: "Text value given for an Integer field"
    case .invalidTicket: "Invalid Ticket Id"
    case .xmlParseError: "XML Parsing error"
    }
  }

  /// `<nodata>` for what is no error, `<error>` for the others.
  var node: ZohoV1Node {
    ZohoV1Node(
      self == .noData ? "nodata" : "error", [],
      [ZohoV1Node("code", text: String(rawValue)), ZohoV1Node("message", text: message)])
  }

  /// What the API of today says of a record, in v1's codes (which case gets which is assumed but for 4401 and 4832).
  init(_ refusal: ZohoRefusedRecord) {
    switch refusal.code {
    case "MANDATORY_NOT_FOUND": self = .mandatoryFieldMissing
    case "LIMIT_EXCEEDED": self = .storageFull
    case _: self = refusal.details["expected_data_type"]?.string == "integer" ? .textForInteger : .wrongParameter
    }
  }
}
