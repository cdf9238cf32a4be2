public import Cases
public import JSON

/// The results of a suite for programs.
public enum SuiteJSON {
  /// `{"format":…,"counts":{…},"cells":[…]}`.
  public static func document(_ results: [CellResult]) -> JSONValue {
    [
      "format": .integer(Int64(RunFormat.version)),
      "counts": .object(
        CellResult.Verdict.allCases.map { .init($0.rawValue, .integer(Int64(results.count($0)))) }),
      "cells": .array(results.map(\.json)),
    ]
  }

  /// GitLab's code-quality report: one finding for each failed expectation.
  public static func codeQuality(_ results: [CellResult]) -> JSONValue {
    .array(
      results.flatMap { cell in
        SuiteFinding.findings(of: cell).map { finding in
          [
            "description": .string(finding.title + ": " + finding.message),
            "check_name": .string(finding.label),
            "fingerprint": .string(finding.fingerprint),
            "severity": .string(cell.verdict == .unusable ? "blocker" : "major"),
            "location": [
              "path": .string(cell.file), "lines": ["begin": .integer(Int64(finding.line))],
            ],
          ] as JSONValue
        }
      })
  }
}
