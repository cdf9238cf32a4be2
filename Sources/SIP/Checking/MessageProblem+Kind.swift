extension MessageProblem {
  /// What can be wrong with a message. The raw value is the name users see.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The message ends before its headers do.
    case headersCut = "headers-cut"
    /// Content-Length is more than there is.
    case bodyCut = "body-cut"
    /// A line is no header.
    case unreadableHeader = "unreadable-header"
    /// The start line has other blanks than the two it needs.
    case blanksInStartLine = "blanks-in-start-line"
    /// The Request-URI stands in angle brackets.
    case uriInBrackets = "request-uri-in-brackets"
    /// The Request-URI has header fields.
    case uriHeadersInRequestURI = "headers-in-request-uri"
    /// A header that such a message needs is missing.
    case missingHeader = "missing-header"
    /// Max-Forwards, a Contact, or on a stream Content-Length is missing.
    case missingExpectedHeader = "missing-expected-header"
    /// A header that may stand once stands again.
    case repeatedHeader = "repeated-header"
    /// CSeq names another method than the start line.
    case methodMismatch = "cseq-method-mismatch"
    /// CSeq is not a number below 2^31 and a method.
    case badCSeq = "bad-cseq"
    /// Call-ID has bytes it may not have.
    case badCallID = "bad-call-id"
    /// A number is none.
    case badNumber = "bad-number"
    /// A number is larger than its header allows.
    case numberTooLarge = "number-too-large"
    /// A time in seconds does not fit 32 bits.
    case intervalTooLarge = "interval-too-large"
    /// Content-Length stands more than once.
    case contentLengthConflict = "content-length-conflict"
    /// A Via is no protocol, address and parameters.
    case malformedVia = "malformed-via"
    /// A branch has nothing behind its magic cookie.
    case emptyBranch = "empty-branch"
    /// A request's topmost Via has no branch, as before RFC 3261.
    case missingBranch = "missing-branch"
    /// A Via names an address nothing may be sent to.
    case unanswerableVia = "unanswerable-via"
    /// A quote is never closed.
    case unterminatedQuote = "unterminated-quote"
    /// An address is none.
    case malformedAddress = "malformed-address"
    /// A display name needs quotes.
    case unquotedDisplayName = "unquoted-display-name"
    /// A URI with a comma, question mark or semicolon needs angle brackets.
    case uriNeedsBrackets = "uri-needs-brackets"
    /// A parameter is no name, or name and value.
    case malformedParameter = "malformed-parameter"
    /// A list has an empty value.
    case emptyListValue = "empty-list-value"
    /// Contact: * stands beside others, or without Expires: 0.
    case badWildcard = "bad-wildcard"
    /// From, or To of a response, has no tag, as before RFC 3261.
    case missingTag = "missing-tag"
    /// A URI has bytes or escapes it may not have, or no address.
    case malformedURI = "malformed-uri"
    /// There is a blank within a URI or its angle brackets.
    case blankInURI = "blank-in-uri"
    /// A host is no name and no address.
    case badHost = "bad-host"
    /// An IPv6 address has the third colon that RFC 3261's grammar gave it.
    case extraColonInIPv6 = "extra-colon-in-ipv6"
    /// A tel URI is no number, or a local one without its context.
    case badTelephoneNumber = "bad-telephone-number"
    /// The Request-URI is no SIP, SIPS or tel URI.
    case unsupportedScheme = "unsupported-scheme"
    /// A header's URI is no SIP, SIPS or tel URI.
    case foreignScheme = "foreign-scheme"
    /// Date is no date in GMT.
    case badDate = "bad-date"
    /// Warning is not three digits, agent and quoted text.
    case badWarning = "bad-warning"
    /// An extension is required that is not registered.
    case unknownOption = "unknown-option"
    /// Credentials or challenge are not of the Digest scheme.
    case unknownAuthentication = "unknown-authentication"
    /// A header is not UTF-8.
    case notUTF8 = "not-utf-8"
    /// There is a body without a Content-Type.
    case missingContentType = "missing-content-type"
    /// Content-Type is no media type.
    case badContentType = "bad-content-type"
    /// The body's character set is not registered for text.
    case unknownCharset = "unknown-charset"
    /// An INVITE's body is neither SDP nor multipart.
    case unusableBody = "unusable-body"
    /// An INVITE does not accept SDP.
    case noAcceptableBody = "no-acceptable-body"
    /// The SDP lacks v=0, o= or m=, or has a line that is none.
    case malformedSDP = "malformed-sdp"

    /// Where it is forbidden, or where it says what to do about it.
    public var section: String {
      switch self {
      case .headersCut, .notUTF8: "RFC 3261 section 7"
      case .bodyCut: "RFC 3261 section 18.3"
      case .unreadableHeader, .repeatedHeader, .emptyListValue: "RFC 3261 section 7.3.1"
      case .blanksInStartLine, .uriInBrackets: "RFC 3261 section 7.1"
      case .uriHeadersInRequestURI, .malformedURI: "RFC 3261 section 19.1.1"
      case .missingHeader, .missingExpectedHeader: "RFC 3261 section 8.1.1"
      case .contentLengthConflict: "RFC 3261 section 20.14"
      case .methodMismatch, .badCSeq: "RFC 3261 section 8.1.1.5"
      case .badCallID, .badNumber, .numberTooLarge, .unterminatedQuote, .unquotedDisplayName, .malformedParameter,
        .blankInURI, .badHost, .foreignScheme:
        "RFC 3261 section 25.1"
      case .intervalTooLarge: "RFC 3261 section 20.19"
      case .malformedVia: "RFC 3261 section 20.42"
      case .emptyBranch, .missingBranch: "RFC 3261 section 8.1.1.7"
      case .unanswerableVia: "RFC 3261 section 18.2.2"
      case .malformedAddress, .uriNeedsBrackets: "RFC 3261 section 20.10"
      case .badWildcard: "RFC 3261 section 10.3"
      case .missingTag: "RFC 3261 section 19.3"
      case .extraColonInIPv6: "RFC 5118 section 4.10"
      case .badTelephoneNumber: "RFC 3966 section 3"
      case .unsupportedScheme: "RFC 3261 section 8.2.2.1"
      case .badDate: "RFC 3261 section 20.17"
      case .badWarning: "RFC 3261 section 20.43"
      case .unknownOption: "RFC 3261 section 8.2.2.3"
      case .unknownAuthentication: "RFC 3261 section 22.1"
      case .missingContentType, .badContentType: "RFC 3261 section 20.15"
      case .unknownCharset: "RFC 3261 section 7.4.1"
      case .unusableBody: "RFC 3261 section 8.2.3"
      case .noAcceptableBody: "RFC 3261 section 20.1"
      case .malformedSDP: "RFC 8866 section 5"
      }
    }

    /// Whether it is to be refused or borne.
    public var severity: Severity {
      switch self {
      case .missingExpectedHeader, .intervalTooLarge, .missingBranch, .unanswerableVia, .missingTag, .extraColonInIPv6,
        .badTelephoneNumber, .foreignScheme, .unknownOption, .unknownAuthentication, .notUTF8, .unknownCharset,
        .unusableBody, .noAcceptableBody, .malformedSDP:
        .warning
      case .headersCut, .bodyCut, .unreadableHeader, .blanksInStartLine, .uriInBrackets, .uriHeadersInRequestURI,
        .missingHeader, .repeatedHeader, .methodMismatch, .badCSeq, .badCallID, .badNumber, .numberTooLarge,
        .contentLengthConflict, .malformedVia, .emptyBranch, .unterminatedQuote, .malformedAddress,
        .unquotedDisplayName, .uriNeedsBrackets, .malformedParameter, .emptyListValue, .badWildcard, .malformedURI,
        .blankInURI, .badHost, .unsupportedScheme, .badDate, .badWarning, .missingContentType, .badContentType:
        .error
      }
    }
  }
}
