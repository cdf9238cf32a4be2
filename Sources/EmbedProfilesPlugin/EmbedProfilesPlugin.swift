import Foundation
import PackagePlugin

/// Embeds `hardware-profiles/` in the program, so that it runs wherever it is copied.
@main
struct EmbedProfilesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "hardware-profiles")
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInProfiles+Files.swift")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
      .filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
    return [
      .buildCommand(
        displayName: "Embedding hardware-profiles",
        executable: try context.tool(named: "embed-profiles").url,
        arguments: [folder.path(), output.path()],
        inputFiles: files + ["families", "models", "firmware", "plans"].map { folder.appending(path: $0) },
        outputFiles: [output])
    ]
  }
}
