import AsyncHTTPClient
import CRMConnectors
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What a failed exchange was, in our words: a library's own may repeat what was sent.
enum TransportFailure {
  static func reason(of error: any Error) -> CRMAnswer.UnreachableReason {
    switch kind(of: error) {
    case .refused, .nameUnknown: .connectionRefused
    case .tls: .tlsFailed
    case .brokenOff, .notHTTP: .brokenOff
    case .timeout, .other: .timedOut
    }
  }

  static func text(of error: any Error) -> String {
    switch kind(of: error) {
    case .refused: "nothing listens there; is the cloud running, and is --crm-url right?"
    case .nameUnknown: "the name leads nowhere"
    case .tls(let detail):
      "no trusted TLS connection (\(detail)); give the certificate of the server's authority with --crm-ca"
    case .timeout: "no whole answer in time; see --crm-timeout"
    case .brokenOff: "the connection ended before the answer was whole"
    case .notHTTP: "the answer is not HTTP"
    case .other: "the request failed"
    }
  }

  private enum Kind {
    case refused, nameUnknown, timeout, brokenOff, notHTTP, other
    case tls(String)
  }

  private static func kind(of error: any Error) -> Kind {
    switch error {
    case let error as HTTPClientError: kind(of: error)
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .tls(tlsDetail(of: error))
    case let error as NIOConnectionError:
      error.connectionErrors.isEmpty
        ? .nameUnknown : error.connectionErrors.first.map { kind(of: $0.error) } ?? .refused
    case let error as IOError: kind(of: error)
    case is HTTPParserError: .notHTTP
    case let error as ChannelError: kind(of: error)
    case is CancellationError: .timeout
    default: .other
    }
  }

  private static func kind(of error: HTTPClientError) -> Kind {
    switch error {
    case .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .cancelled, .getConnectionFromPoolTimeout,
      .alreadyShutdown:
      .timeout
    case .tlsHandshakeTimeout: .tls("the handshake took too long")
    case .remoteConnectionClosed, .uncleanShutdown, .bodyLengthMismatch: .brokenOff
    default: .other
    }
  }

  private static func kind(of error: IOError) -> Kind {
    switch error.errnoCode {
    case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL: .refused
    case ECONNRESET, EPIPE, ENOTCONN: .brokenOff
    case ETIMEDOUT: .timeout
    default: .other
    }
  }

  private static func kind(of error: ChannelError) -> Kind {
    switch error {
    case .connectTimeout: .timeout
    case .eof, .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed: .brokenOff
    default: .other
    }
  }

  private static func tlsDetail(of error: any Error) -> String {
    let text = String(describing: error)
    // The library says so in these words, and hides everything else in a stack of numbers.
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted, or has expired" }
    if text.contains("failedToValidateHostname") || text.contains("hostname") {
      return "its certificate is for another name"
    }
    if text.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS" }
    return "the handshake failed"
  }
}
