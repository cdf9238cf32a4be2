"""Tests of the checking scripts: each must find a planted fault, and must not find what only looks like one."""
import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True


def load(name):
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(SCRIPTS / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class TidyTests(unittest.TestCase):
    def findings(self, text, path="Sources/Primitives/Planted.swift"):
        tidy = load("check-tidy")
        with tempfile.TemporaryDirectory() as folder:
            tidy.ROOT = pathlib.Path(folder)
            file = tidy.ROOT / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            checker = tidy.Tidy()
            checker.check(file)
            return checker.findings

    def test_a_planted_fault_is_found_in_its_line(self):
        for fault in [
            "let a = try! b()", "let a = b as! C", "fatalError(\"x\")", "preconditionFailure()", "let a = b!.c",
            "let a = b[0]!", "let a = b()!", "let a: Int! = nil", "print(a)", "let a = Date()", "let a = Clock.now",
            "let a = UUID()", "let a = Int.random(in: 0...1)", "let a = FileManager.default", "let a = \"UCM6999\"",
            "let a = \"\\(b!)\"", "let a = #\"\\#(b!)\"#", "// TODO: later", "let a = 1  // " + "x" * 120,
            "let a = \"\"\"\n  \\(b!)\n  \"\"\"",
        ]:
            with self.subTest(fault):
                found = self.findings("\n" + fault + "\n")
                self.assertEqual(len(found), 1, found)
                line = 3 if "\n" in fault else 2
                self.assertTrue(found[0].startswith(f"Sources/Primitives/Planted.swift:{line}: "), found)

    def test_what_only_looks_like_a_fault_is_left_alone(self):
        for text in [
            "// try! as! UCM6999 fatalError(", "/* a /* nested */ b! */", "let a = \"try! b! print(\"",
            "let a = #\"say \"b!\" \\(c!)\"#", "if a != b && !c {}", "let a = \"\"\"\n  b! \"c!\" \n  \"\"\"",
            "let a = b.print(c)", "let a = \"+49301231XXXX\"", "let a = [b] as? C", "let a = !b",
        ]:
            with self.subTest(text):
                self.assertEqual(self.findings(text + "\n"), [])

    def test_an_edge_may_read_the_clock_and_the_command_line_may_print(self):
        self.assertEqual(self.findings("let a = Date()\n", "Sources/SimulationRuntime/A.swift"), [])
        self.assertEqual(self.findings("print(1)\n", "Sources/ucmsim/A.swift"), [])
        self.assertEqual(len(self.findings("print(1)\n", "Sources/SimulationRuntime/A.swift")), 1)

    def test_tests_may_unwrap_but_not_sleep(self):
        path = "Tests/SIPTests/A.swift"
        self.assertEqual(self.findings("let a = b!\n", path), [])
        self.assertEqual(len(self.findings("try await Task.sleep(for: .seconds(1))\n", path)), 1)
        self.assertEqual(len(self.findings("usleep(1)\n", path)), 1)

    def test_the_length_of_a_function_counts_from_its_name_to_its_brace(self):
        def function(lines):
            return "func f(\n  a: Int\n) -> Int {\n" + "  g()\n" * (lines - 4) + "}\n"

        self.assertEqual(self.findings(function(70)), [])
        self.assertEqual(len(self.findings("struct S {\n" + function(71) + "}\n")), 1)
        requirements = "protocol P {\n  func f()\n  init(a: Int)\n}\n" + "let a = 1\n" * 80
        self.assertEqual(self.findings(requirements), [])

    def test_a_long_file_is_found(self):
        self.assertEqual(len(self.findings("let a = 1\n" * 701)), 1)


class ArchitectureTests(unittest.TestCase):
    PACKAGE = {"A": ("Sources/A", {"B"}), "B": ("Sources/B", set()), "Primitives": ("Sources/Primitives", set())}

    def findings(self, rows, sources=None):
        check = load("check-architecture")
        found = []
        with tempfile.TemporaryDirectory() as folder:
            check.ROOT = pathlib.Path(folder)
            table = "# x\n## Rooms and doors\n\n| Target | what it is for | imports |\n|---|---|---|\n"
            (check.ROOT / "ARCHITECTURE.md").write_text(table + "\n".join(rows) + "\n\n## Next\n| C | x | D |\n")
            for path, text in (sources or {}).items():
                (check.ROOT / path).parent.mkdir(parents=True, exist_ok=True)
                (check.ROOT / path).write_text(text)
            doors = check.table_doors(found)
            check.compare(self.PACKAGE, doors, found)
            check.check_imports(self.PACKAGE, doors, found)
        return found

    GOOD = ["| `A` | x | `B` |", "| B | x | nothing |", "| Primitives | x | nothing |"]

    def test_a_table_like_the_package_is_accepted(self):
        self.assertEqual(self.findings(self.GOOD), [])

    def test_a_door_missing_on_either_side_is_named(self):
        self.assertIn("A -> B", self.findings(["| A | x | nothing |"] + self.GOOD[1:])[0])
        self.assertIn("B -> A", self.findings([self.GOOD[0], "| B | x | A |", self.GOOD[2]])[0])

    def test_a_room_missing_on_either_side_is_named(self):
        self.assertIn("has no row", self.findings(self.GOOD[:1] + self.GOOD[2:])[0])
        self.assertIn("no such target", self.findings(self.GOOD + ["| Z | x | nothing |"])[0])

    def test_an_import_without_a_door_is_named(self):
        for line in ["import A", "public import A", "@testable import A", "import struct A.X", "import Yams", "import CPcap"]:
            with self.subTest(line):
                found = self.findings(self.GOOD, {"Sources/B/deep/X.swift": "// x\n" + line + "\n"})
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith("Sources/B/deep/X.swift:2: "), found)

    def test_only_edges_import_the_system(self):
        sources = {"Sources/A/X.swift": "import Foundation\nimport Glibc\nimport B\n"}
        self.assertEqual(self.findings(self.GOOD, sources), [])
        sources = {"Sources/Primitives/X.swift": "import Foundation\nimport Glibc\n"}
        self.assertEqual(len(self.findings(self.GOOD, sources)), 1)


class SchemaTests(unittest.TestCase):
    def setUp(self):
        self.check = load("check-schemas")

    def errors(self, text, kind="site"):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "x.yaml"
            path.write_text(text, encoding="utf-8")
            return self.check.Checker().errors(path, kind)

    def test_yaml_is_read_as_the_program_reads_it(self):
        self.assertEqual(self.errors("extensions: [{number: 1000, name: 12:30, voicemail: true}]"), [])
        self.assertEqual(len(self.errors("extensions: [{number: 1000, voicemail: yes}]")), 1)

    def test_a_broken_file_is_an_error_and_not_the_end(self):
        self.assertEqual(len(self.errors("a: [")), 1)
        self.assertEqual(len(self.errors("a: 1")), 1)


class ConverterTests(unittest.TestCase):
    def test_a_file_of_another_shape_is_refused(self):
        converter = load("site-from-asterisk-json")
        for text in ["", "[]", "{}", "{\"pbx\": 1}"]:
            with self.subTest(text), tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                file.write(text)
                file.flush()
                sys.argv = ["site-from-asterisk-json", file.name]
                with contextlib.redirect_stderr(io.StringIO()) as told:
                    self.assertEqual(converter.main(), 3)
                self.assertIn("not a site.json", told.getvalue())


if __name__ == "__main__":
    unittest.main()
