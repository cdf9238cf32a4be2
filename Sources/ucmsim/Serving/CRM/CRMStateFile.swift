import ApplianceAPI
import Glibc
import SimulationRuntime

/// The CRM pages in the folder that `ucmsim serve` keeps: written whole at each change, and never half.
struct CRMStateFile: Sendable {
  private let path: String
  private let key: [UInt8]

  /// - Parameter keyFile: nil for the folder's own.
  /// - Throws: for a key file that others can read, or that is no key, or that is missing although something was sealed
  ///   with it.
  init(folder: String, keyFile: String?) throws {
    path = Self.pages(in: folder)
    key = try Self.key(keyFile ?? folder + "/crm-key", sealed: path)
  }

  /// Forgets what a folder keeps; the key stays.
  static func forget(folder: String) throws {
    let path = pages(in: folder)
    guard unlink(path) == 0 || errno == ENOENT else { throw complaint("remove", path) }
  }

  private static func pages(in folder: String) -> String { folder + "/crm-pages.json" }

  /// What was kept; nil for nothing.
  func read() throws -> StoredCRMPages? {
    guard ResultFile.isThere(path) else { return nil }
    let bytes = try ConfigurationText.bytes(path, atMost: StoredCRMPages.bytesMax, taking: "a state of `ucmsim serve`")
    do throws(StoredCRMPages.Failure) { return try StoredCRMPages(reading: bytes, key: key) } catch {
      switch error {
      case .unreadable:
        throw Complaint("\(path): cannot be read as CRM pages; move it away to begin without them", .unusableInput)
      case .newer: throw Complaint("\(path): was written by a later version of ucmsim", .unusableInput)
      case .sealedOtherwise:
        throw Complaint(
          "\(path): its secrets cannot be opened with this key; name the one it was written with by --key-file. "
            + "Nothing was changed", .unusableInput)
      }
    }
  }

  /// - Throws: where the appliance could not have saved such pages.
  func check(_ kept: StoredCRMPages, against pages: CRMPages) throws {
    let module = kept.settings.module
    guard !module.isEmpty else { return }
    guard let form = pages.form(of: module) else {
      throw Complaint(
        "\(path): chooses the CRM `\(module)`, which is not in this menu; name the site file and --firmware it was "
          + "written with, or move it away", .unusableInput)
    }
    guard form.errors(in: kept.settings).isEmpty else {
      throw Complaint(
        "\(path): its settings are none that the CRM page takes; move it away to begin without them", .unusableInput)
    }
  }

  /// - Throws: where it could not be written; what was there stays.
  func write(_ pages: CRMPages) throws {
    let plain = Set(pages.menu.flatMap(\.fields).filter { !$0.isSecret }.map(\.name))
    let bytes = StoredCRMPages(pages).bytes(key: key, isSecret: { !plain.contains($0) }) {
      Self.chance(StoredCRMPages.nonceBytes)
    }
    guard let bytes else { throw Complaint("\(path): its secrets could not be sealed", .internalError) }
    let new = path + ".new"
    try Self.make(new, bytes, replacing: true)
    guard rename(new, path) == 0 else { throw Self.complaint("write", path) }
  }

  // MARK: The key

  private static func key(_ path: String, sealed document: String) throws -> [UInt8] {
    if !ResultFile.isThere(path) {
      guard !ResultFile.isThere(document) else {
        throw Complaint(
          "\(path): is missing, and \(document) has secrets sealed with it; bring it back, or move that file away",
          .unusableInput)
      }
      try make(path, chance(StoredCRMPages.keyBytes), replacing: false)
    }
    guard let state = FileState(path), state.isRegular, let permissions = state.permissions else {
      throw Complaint("\(path): is no file", .unusableInput)
    }
    guard permissions & 0o077 == 0 else {
      throw Complaint("\(path): others can read or change it; take that away with `chmod 600`", .unusableInput)
    }
    let bytes = try ConfigurationText.bytes(path, atMost: StoredCRMPages.keyBytes, taking: "a key")
    guard bytes.count == StoredCRMPages.keyBytes else {
      throw Complaint("\(path): a key has \(StoredCRMPages.keyBytes) bytes", .unusableInput)
    }
    return bytes
  }

  private static func chance(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }

  /// A file for its owner alone, on the disk when this returns.
  private static func make(_ path: String, _ bytes: [UInt8], replacing: Bool) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (replacing ? O_TRUNC : O_EXCL), 0o600)
    guard descriptor >= 0 else { throw complaint("create", path) }
    defer { close(descriptor) }
    do throws(OutputDescriptor.WriteError) { try OutputDescriptor(rawValue: descriptor).write(bytes) } catch {
      throw Complaint("cannot write \(path): \(String(cString: strerror(error.code)))", .unusableInput)
    }
    guard fsync(descriptor) == 0 else { throw complaint("write", path) }
  }

  private static func complaint(_ what: String, _ path: String) -> Complaint {
    Complaint("cannot \(what) \(path): \(String(cString: strerror(errno)))", .unusableInput)
  }
}
