/// The files of `hardware-profiles/` as they were when the program was built.
public enum BuiltInProfiles {}
