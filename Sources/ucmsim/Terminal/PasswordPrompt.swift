import Glibc
import Primitives

/// Asks for a password on standard input, without showing it.
enum PasswordPrompt {
  static func read() throws -> Secret {
    guard isatty(STDIN_FILENO) == 1 else { return try checked(line()) }
    let password = try checked(asked("Password: "))
    guard try asked("Once more: ") == password.value else {
      throw Complaint("the two are not the same; nothing was made", .usage)
    }
    return password
  }

  private static func checked(_ text: String) throws -> Secret {
    guard PasswordFile.bytes.contains(text.utf8.count) else {
      throw Complaint("a password has 4 to 256 bytes in one line", .usage)
    }
    return Secret(text)
  }

  /// What is typed is not shown, however it ends.
  private static func asked(_ question: String) throws -> String {
    var shown = termios()
    guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return try line() }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    StandardError.write(question)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
      StandardError.write("\n")
    }
    return try line()
  }

  /// The next line, byte by byte: what stands behind it is the next question's.
  private static func line() throws -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count <= PasswordFile.bytes.upperBound {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR, !Interrupt.wasRequested { continue }
      if Interrupt.wasRequested { throw Complaint("", .interrupted) }
      guard count > 0, byte != UInt8(ascii: "\n") else { break }
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Complaint("the password is not UTF-8 text", .usage)
    }
    return text
  }
}
