"""The examples for CI are run: every script of theirs, over a repository with two cases, good and bad.

    test_ci_examples.py PROGRAM

scripts/check-ci-examples runs this with the packages that it takes.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
ROOT = SCRIPTS.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(SCRIPTS / "tests"))
import ci_runner  # noqa: E402

EXAMPLES = SCRIPTS / "ci-examples"
ACTIONS = {".github/actions/test": ROOT / ".github/actions/test"}
PROGRAM = ROOT / ".build/debug/ucmsim"
BUSY = "cases/busy/case.yaml"


class Repository(unittest.TestCase):
    """A repository of somebody, with a small case and a smaller one."""

    def setUp(self):
        self.scratch = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="ci-examples-")))
        self.repository = self.scratch / "repository"
        for name in ("busy", "internal-call"):
            shutil.copytree(ROOT / "fixtures/traces" / name, self.repository / "cases" / name)
        # As in most repositories, the site file lies beside the cases.
        shutil.copy(ROOT / "fixtures/sites/loopback-office.yaml", self.repository / "cases/site.yaml")
        for path in self.repository.glob("cases/*/case.yaml"):
            path.write_text(path.read_text().replace("../../sites/loopback-office.yaml", "../site.yaml"))

    def change(self, path, old, new):
        text = (self.repository / path).read_text()
        self.assertIn(old, text)
        (self.repository / path).write_text(text.replace(old, new))

    def fail_one(self):
        self.change(BUSY, "BUSY: 1", "BUSY: 2")

    def break_one(self):
        self.change(BUSY, "traces: [trace.pcap]", "traces: [gone.pcap]")

    def plant_a_number(self):
        (self.repository / "cases/note.yaml").write_text('customer: "+49 30 22610199"\n')

    def cases_in(self, junit):
        return len(list(xml.etree.ElementTree.fromstring(junit).iter("testcase")))


class GitHubTests(Repository):
    def ran(self, example):
        runner = ci_runner.GitHub(self.repository, self.scratch / "run", PROGRAM, ACTIONS)
        runner.run(EXAMPLES / example)
        return runner

    def test_good_cases_pass_and_their_reports_are_kept(self):
        runner = self.ran("github-small.yml")
        self.assertEqual(runner.jobs, {"cases": 0}, runner.log)
        reports = runner.artifacts["ucmsim-reports"]
        self.assertEqual(self.cases_in(reports["ucmsim-reports/results.xml"]), 2)
        self.assertIn(b"<html", reports["ucmsim-reports/results.html"])
        self.assertEqual(runner.outputs["exit-code"], "0")

    def test_a_failed_expectation_fails_the_job_marks_its_line_and_leaves_reports(self):
        self.fail_one()
        runner = self.ran("github-small.yml")
        self.assertEqual(runner.jobs, {"cases": 1}, runner.log)
        self.assertRegex(runner.log, rf"(?m)^::error file={BUSY},line=\d+")
        self.assertIn("ucmsim-reports/results.html", runner.artifacts["ucmsim-reports"])
        self.assertEqual(runner.outputs["exit-code"], "1")

    def test_a_case_that_cannot_be_used_fails_the_job_with_its_own_code(self):
        self.break_one()
        self.assertEqual(self.ran("github-small.yml").jobs, {"cases": 3})

    def test_a_customers_number_stops_the_job_before_its_cases_run(self):
        self.plant_a_number()
        runner = self.ran("github-small.yml")
        self.assertEqual((runner.jobs, runner.artifacts.keys()), ({"cases": 1}, set()), runner.log)
        self.assertIn("cases/note.yaml", runner.log)

    def test_inputs_of_the_action_reach_the_program_as_they_are(self):
        runner = ci_runner.GitHub(self.repository, self.scratch / "run", PROGRAM, ACTIONS)
        example = self.scratch / "example.yml"
        example.write_text("""jobs:
  cases:
    steps:
      - uses: actions/checkout@v4
      - uses: OWNER/ucmsim/.github/actions/test@main
        with:
          cases: |
            cases/busy
            cases/internal-call
          models: UCM6304,UCM6308
          filter: "*$(touch planted)*"
          artifact: ""
""")
        runner.run(example)
        self.assertEqual((runner.jobs, runner.artifacts), ({"cases": 2}, {}), runner.log)
        self.assertIn("no cell is like '*$(touch planted)*'", runner.log)
        self.assertEqual(list(self.scratch.rglob("planted")), [])

    def test_shards_are_merged_to_one_report(self):
        runner = self.ran("github.yml")
        self.assertEqual(runner.jobs, {"shard": 0, "report": 0}, runner.log)
        self.assertEqual(self.cases_in(runner.artifacts["ucmsim-reports"]["results.xml"]), 2)

    def test_what_failed_in_a_shard_is_told_by_the_report(self):
        self.fail_one()
        runner = self.ran("github.yml")
        self.assertEqual(runner.jobs, {"shard": 0, "report": 1}, runner.log)
        self.assertEqual(len(re.findall(rf"(?m)^::error file={BUSY},line=\d+", runner.log)), 1, runner.log)
        self.assertIn("results.html", runner.artifacts["ucmsim-reports"])

    def test_a_shard_without_results_fails_and_nothing_is_merged(self):
        shutil.rmtree(self.repository / "cases")
        self.assertEqual(self.ran("github.yml").jobs, {"shard": 1, "report": "skipped"})


class GitLabTests(Repository):
    def ran(self):
        runner = ci_runner.GitLab(self.repository, self.scratch / "run", PROGRAM)
        runner.run(EXAMPLES / "gitlab-ci.yml")
        return runner

    def test_shards_are_merged_to_one_report(self):
        runner = self.ran()
        self.assertEqual(runner.jobs, {"check": 0, "shard": 0, "report": 0}, runner.log)
        kept = runner.artifacts["report-1"]
        self.assertEqual(self.cases_in(kept["results.xml"]), 2)
        self.assertEqual(kept["code-quality.json"].strip(), b"[]")

    def test_what_failed_in_a_shard_is_told_by_the_report(self):
        self.fail_one()
        runner = self.ran()
        self.assertEqual(runner.jobs, {"check": 0, "shard": 0, "report": 1}, runner.log)
        self.assertIn(BUSY.encode(), runner.artifacts["report-1"]["code-quality.json"])

    def test_a_customers_number_ends_the_pipeline(self):
        self.plant_a_number()
        self.assertEqual(self.ran().jobs, {"check": 123})


class PreCommitTests(Repository):
    """With pre-commit itself."""

    def ran(self):
        for command in [["init", "--quiet"], ["add", "--all"]]:
            subprocess.run(["git", *command], cwd=self.repository, check=True)
        runner = ci_runner.Runner(self.repository, self.scratch / "run", PROGRAM)
        shutil.copy(EXAMPLES / "pre-commit-config.yaml", self.repository / ".pre-commit-config.yaml")
        subprocess.run(["git", "add", "--all"], cwd=self.repository, check=True)
        code = runner.shell(f"'{sys.executable}' -m pre_commit run --all-files --verbose", self.repository, {})
        return code, runner.log

    def test_what_is_nobodys_may_be_committed(self):
        code, log = self.ran()
        self.assertEqual(code, 0, log)
        self.assertNotIn("Skipped", log)

    def test_a_customers_number_may_not(self):
        self.plant_a_number()
        code, log = self.ran()
        self.assertEqual(code, 1, log)
        self.assertIn("cases/note.yaml", log)


class ContainerTests(unittest.TestCase):
    """What can be said of the Containerfile without building it."""

    TEXT = (ROOT / "Containerfile").read_text() if (ROOT / "Containerfile").exists() else ""

    def test_what_it_copies_from_here_is_here(self):
        copied = [word for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", self.TEXT) for word in line.split()[:-1]]
        self.assertTrue(copied)
        for path in copied:
            self.assertTrue((ROOT / path).exists(), path)

    def test_it_copies_all_that_the_package_is_built_from(self):
        copied = {word for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", self.TEXT) for word in line.split()[:-1]}
        self.assertLessEqual({"Package.swift", "Sources", "Tests", "hardware-profiles"}, copied)

    def test_the_program_does_not_run_as_root(self):
        last = self.TEXT[self.TEXT.rindex("\nFROM "):]
        user = re.search(r"(?m)^USER (\d+)", last)
        self.assertIsNotNone(user)
        self.assertNotEqual(user.group(1), "0")
        self.assertIn('ENTRYPOINT ["ucmsim"]', last)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
