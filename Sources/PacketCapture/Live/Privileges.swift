import CPcap
import Glibc

/// Rights of the process that only the opening of an interface takes, and giving them up.
public enum Privileges {
  /// Who a process goes on as.
  public struct Account: Hashable, Sendable {
    /// As it is named; a number where it has no name.
    public var name: String
    /// Its number.
    public var user: UInt32
    /// The number of its group.
    public var group: UInt32

    /// Takes all as they are.
    public init(name: String, user: UInt32, group: UInt32) {
      self.name = name
      self.user = user
      self.group = group
    }
  }

  /// Why they could not be given up.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nobody of that name is known here.
    case unknownUser(String)
    /// Only root can go on as somebody else.
    case notRoot(String)
    /// Root, and nobody says as whom to go on.
    case nobodyNamed
    /// `SUDO_UID` or `SUDO_GID` is no number.
    case unreadableSudo
    /// A call of the system that failed, with its reason.
    case refused(call: String, reason: String)
    /// They were given up and could be taken back.
    case canComeBack

    /// One line: what went wrong, and the remedy.
    public var description: String {
      switch self {
      case .unknownUser(let name): "there is no user \(name) on this machine; name another with --user"
      case .notRoot(let name): "only root can go on as \(name); leave --user out, or run it with sudo"
      case .nobodyNamed:
        "root's rights are needed to open the interface only: name the user to go on as with --user (root to stay root)"
      case .unreadableSudo: "SUDO_UID and SUDO_GID are no numbers; name the user to go on as with --user"
      case .refused(let call, let reason): "root's rights cannot be given up: \(call): \(reason)"
      case .canComeBack: "root's rights were given up and can be taken back; nothing was served"
      }
    }
  }

  /// As whom to go on; nil to stay who one is.
  ///
  /// - Parameters:
  ///   - user: who runs the process; 0 is root.
  ///   - name: who was asked for; nil for nobody.
  ///   - environment: where sudo says for whom it runs (`SUDO_UID`, `SUDO_GID`, `SUDO_USER`).
  ///   - lookUp: who is known by a name.
  public static func successor(
    of user: UInt32, named name: String?, environment: (String) -> String?, lookUp: (String) -> Account?
  ) throws(Failure) -> Account? {
    if let name {
      guard let account = lookUp(name) else { throw .unknownUser(name) }
      if account.user == user { return nil }
      guard user == 0 else { throw .notRoot(name) }
      return account
    }
    guard user == 0 else { return nil }
    guard let userText = environment("SUDO_UID") else { throw .nobodyNamed }
    guard let sudoUser = UInt32(userText), let group = environment("SUDO_GID").flatMap({ UInt32($0) }) else {
      throw .unreadableSudo
    }
    // root with sudo is root still.
    guard sudoUser != 0 else { throw .nobodyNamed }
    return Account(name: environment("SUDO_USER") ?? userText, user: sudoUser, group: group)
  }

  /// Who this process runs as.
  public static var user: UInt32 { geteuid() }

  /// Who is known on this machine by that name.
  public static func account(named name: String) -> Account? {
    guard !name.utf8.contains(0), let entry = getpwnam(name) else { return nil }
    return Account(name: name, user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
  }

  /// Goes on as `account`, for good, and without any capability; nil gives up the capabilities of a user who is not
  /// root. Nothing this process starts gets more.
  ///
  /// Call it before there are other threads: capabilities belong to each.
  public static func drop(to account: Account?) throws(Failure) {
    if let account {
      var group = gid_t(account.group)
      try check("setgroups", setgroups(1, &group))
      try check("setgid", setgid(account.group))
      try check("setuid", setuid(account.user))
      try verify(account)
    }
    guard geteuid() != 0 else { return }
    try check("capset", ucmsim_forgo_capabilities())
    try check("prctl", ucmsim_forgo_new_privileges())
  }

  private static func verify(_ account: Account) throws(Failure) {
    guard getuid() == account.user, geteuid() == account.user, getgid() == account.group, getegid() == account.group,
      account.user == 0 || (setuid(0) != 0 && seteuid(0) != 0)
    else { throw .canComeBack }
  }

  private static func check(_ call: String, _ status: Int32) throws(Failure) {
    guard status != 0 else { return }
    throw .refused(call: call, reason: TraceError.text(ofErrno: errno))
  }
}
