import ArgumentParser
import Glibc
import PacketCapture

/// Listening on an interface in place of reading traces.
struct InterfaceOptions: ParsableArguments {
  @Option(
    name: [.customShort("i"), .long],
    help: ArgumentHelp(
      "Listen on this network interface instead of reading traces; any for all of them.", valueName: "name"))
  var interface: String?

  @Option(help: ArgumentHelp("Bytes of each packet that are kept.", valueName: "bytes"))
  var snaplen = InterfaceCapture.snapLengthMax

  @Option(help: ArgumentHelp("What the kernel keeps of packets that were not read yet.", valueName: "MiB"))
  var captureBuffer = InterfaceCapture.Options().bufferBytes >> 20

  @Flag(help: "Take packets for other machines too, as at a mirror port.")
  var promiscuous = false

  @Option(
    help: ArgumentHelp(
      "Go on as this user once the interface is open; otherwise as who called sudo.", valueName: "name"))
  var user: String?

  private static let snaplenRange = 64...InterfaceCapture.snapLengthMax
  private static let bufferRange =
    InterfaceCapture.bufferBytesRange.lowerBound >> 20...InterfaceCapture.bufferBytesRange.upperBound >> 20

  private var hasOptions: Bool {
    promiscuous || user != nil || snaplen != InterfaceCapture.snapLengthMax
      || captureBuffer != InterfaceCapture.Options().bufferBytes >> 20
  }

  mutating func validate() throws {
    guard Self.snaplenRange.contains(snaplen) else {
      throw ValidationError("--snaplen takes 64 to \(InterfaceCapture.snapLengthMax) bytes.")
    }
    guard Self.bufferRange.contains(captureBuffer) else {
      throw ValidationError("--capture-buffer takes 1 to \(Self.bufferRange.upperBound) MiB.")
    }
    guard interface != nil || !hasOptions else {
      throw ValidationError("--snaplen, --capture-buffer, --promiscuous and --user are for --interface.")
    }
  }

  /// Opens the interface and gives up what rights that took; nil where there is none to listen on.
  ///
  /// To be called before there are other threads, and before files are made that the user goes on with.
  func open(filter: String?) throws -> InterfaceCapture? {
    guard let interface else { return nil }
    let successor: Privileges.Account?
    let capture: InterfaceCapture
    do throws(Privileges.Failure) {
      // Known before anything is opened.
      successor = try Privileges.successor(
        of: Privileges.user, named: user, environment: { name in getenv(name).map { String(cString: $0) } },
        lookUp: Privileges.account(named:))
    } catch { throw Complaint(error.description, .usage) }
    do throws(TraceError) { capture = try InterfaceCapture(interface, options(filter: filter)) } catch {
      throw error.complaint
    }
    do throws(Privileges.Failure) { try Privileges.drop(to: successor) } catch {
      throw Complaint(error.description, .internalError)
    }
    return capture
  }

  private func options(filter: String?) -> InterfaceCapture.Options {
    var options = InterfaceCapture.Options()
    options.filter = filter
    options.snapLength = snaplen
    options.bufferBytes = captureBuffer << 20
    options.isPromiscuous = promiscuous
    return options
  }
}
