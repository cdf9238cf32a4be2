import BuiltInProfiles
import ConfigurationFiles
import Foundation
import HardwareProfiles
import Primitives
import Testing

/// The numbers of `hardware-profiles/` against the table they were taken from, where the checkout has it beside it.
@Suite struct ReferenceTableTests {
  private static let table =
    Fixtures.files(in: "../shared/reference", ending: "ucm-models.csv").first
    .map { rows(of: $0.text) } ?? []

  private static let columns: [(name: String, limit: LimitName)] = [
    ("max_users_extensions", .users), ("max_concurrent_calls", .concurrentCalls),
    ("max_concurrent_srtp_calls", .concurrentSRTPCalls), ("audio_conference_rooms", .conferenceRooms),
    ("audio_conference_attendees_total", .conferenceAttendees), ("video_meeting_participants", .videoParticipants),
    ("fxo_ports", .fxoPorts), ("fxs_ports", .fxsPorts), ("t1_e1_j1_ports", .t1e1j1Ports),
    ("flash_storage", .storage), ("cdr_record_limit", .cdrRecords),
    ("max_simultaneous_recordings", .simultaneousRecordings), ("network", .ethernetPorts),
  ]

  /// RFC 4180 with one row a line.
  private static func rows(of text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
    guard let titles = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(zip(titles, $0)) { first, _ in first } }
  }

  private static func number(in cell: String) -> Int? { Int(cell.prefix { $0.isNumber }) }

  @Test(.enabled(if: !table.isEmpty, "no reference table beside this checkout (../shared/reference)"))
  func everyNumberIsThatOfTheTableOrNamesASourceOfItsOwn() throws {
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    #expect(Self.table.count == catalog.models.count)
    for row in Self.table {
      let name = try #require(row["model"])
      let profile = try #require(catalog[name], "\(name)")
      let hints = (row["unverified_hint"] ?? "") + (row["other_values_seen"] ?? "")
      for column in Self.columns {
        let cell = try #require(row[column.name], "\(column.name)")
        let limit = profile.limit(column.limit)
        if let number = Self.number(in: cell) {
          #expect(limit?.value == number, "\(name) \(column.limit.rawValue)")
        } else if let limit, limit.certainty == .assumed {
          // The table leaves out what it only remembers, and says it in a column of hints.
          #expect(limit.source.hasPrefix("R0: "), "\(name) \(column.limit.rawValue): \(limit.source)")
          #expect(hints.contains(String(limit.value)), "\(name) \(column.limit.rawValue)")
        } else if let limit {
          #expect(limit.source.hasPrefix("D20: ") || limit.source.hasPrefix("U1: "), "\(name) \(column.limit.rawValue)")
        }
      }
    }
  }

  @Test(.enabled(if: !table.isEmpty, "no reference table beside this checkout (../shared/reference)"))
  func everyOtherValueSomebodyGivesIsInTheTableToo() throws {
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    for row in Self.table {
      let name = try #require(row["model"])
      let others = row["other_values_seen"] ?? ""
      for (limit, value) in try #require(catalog[name]).limits {
        for other in value.alternatives {
          #expect(others.contains(String(other.value)), "\(name) \(limit.rawValue) \(other.value)")
        }
      }
    }
  }
}
