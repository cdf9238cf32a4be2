"""Runs what an example for CI says, as far as examples go: steps, matrix, artifacts, a composite action.

What it does not know is an error, so that no part of an example goes untried.
"""
import itertools
import os
import pathlib
import re
import shutil
import subprocess

import yaml

CHECKOUT, CACHE, UPLOAD, DOWNLOAD = ("actions/" + name + "@v4" for name in (
    "checkout", "cache", "upload-artifact", "download-artifact"))


class Unknown(Exception):
    """The example holds what this runner does not know."""


class Runner:
    """One run of one example over a repository; `log` has what its commands printed, `jobs` how each job ended."""

    def __init__(self, repository, scratch, program):
        self.repository, self.scratch = pathlib.Path(repository), pathlib.Path(scratch)
        self.program, self.log, self.jobs, self.artifacts = str(program), "", {}, {}
        self.tools = self.scratch / "bin"
        self.tools.mkdir(parents=True)
        (self.tools / "ucmsim").symlink_to(program)

    def workspace(self, name):
        folder = self.scratch / "jobs" / re.sub(r"[^\w.-]", "-", name)
        folder.mkdir(parents=True)
        return folder

    def check_out(self, folder):
        shutil.copytree(self.repository, folder, dirs_exist_ok=True)

    def shell(self, text, folder, variables):
        """The exit code; what it printed goes to the log."""
        environment = {"PATH": f"{self.tools}:{os.environ['PATH']}", "HOME": str(self.scratch), **variables}
        ran = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text], cwd=folder,
                             env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=600)
        self.log += ran.stdout
        return ran.returncode

    def keep(self, name, folder, patterns, may_be_missing):
        store = self.artifacts.setdefault(name, {})
        for pattern in patterns:
            found = [path for path in folder.glob(pattern)]
            found = [path for path in found if path.is_file()] + [
                path for place in found if place.is_dir() for path in place.rglob("*") if path.is_file()]
            if not found and not may_be_missing:
                raise Unknown(f"artifact {name}: nothing is like {pattern}")
            for path in found:
                store[path.relative_to(folder).as_posix()] = path.read_bytes()

    def fetch(self, names, folder):
        for name in names:
            for path, content in self.artifacts[name].items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)


class GitHub(Runner):
    """A workflow of GitHub's; `actions` leads from the end of an action's name to the folder it is in."""

    def __init__(self, repository, scratch, program, actions):
        super().__init__(repository, scratch, program)
        self.actions = actions

    def run(self, workflow):
        description = yaml.safe_load(pathlib.Path(workflow).read_text())
        for name, job in description["jobs"].items():
            needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            if any(self.jobs[other] != 0 for other in needed):
                self.jobs[name] = "skipped"
                continue
            matrix = job.get("strategy", {}).get("matrix", {})
            combinations = [dict(zip(matrix, values)) for values in itertools.product(*matrix.values())]
            codes = [self.job(f"{name}-{number}", job["steps"], {
                "matrix": combination, "strategy": {"job-total": len(combinations)}, "github": {"run_id": "1"}})
                for number, combination in enumerate(combinations)]
            self.jobs[name] = next((code for code in codes if code != 0), 0)

    def job(self, name, steps, context):
        folder = self.workspace(name)
        return self.steps(steps, folder, context)

    def steps(self, steps, folder, context):
        failed = 0
        for step in steps:
            condition = step.get("if")
            if not (self.holds(condition, context) if condition else failed == 0):
                continue
            code = self.uses(step, folder, context) if "uses" in step else self.script(step, folder, context)
            failed = failed or code
        return failed

    def script(self, step, folder, context):
        if step.get("shell") != "bash":
            raise Unknown(f"a step without `shell: bash`, which containers need: {step}")
        output = self.scratch / "output"
        output.write_text("")
        variables = {key: self.text(value, context) for key, value in step.get("env", {}).items()}
        if "${{" in step["run"]:
            raise Unknown(f"an expression within a script, where it could be read as a command: {step['run']}")
        code = self.shell(step["run"], folder, {**variables, "GITHUB_OUTPUT": str(output)})
        if "id" in step:
            pairs = dict(line.split("=", 1) for line in output.read_text().splitlines())
            context.setdefault("steps", {})[step["id"]] = {"outputs": pairs}
        return code

    def uses(self, step, folder, context):
        given = {key: self.text(value, context) for key, value in step.get("with", {}).items()}
        match step["uses"]:
            case "actions/checkout@v4":
                self.check_out(folder)
            case "actions/cache@v4":
                self.only(given, {"path", "key", "restore-keys"})
            case "actions/upload-artifact@v4":
                self.only(given, {"name", "path", "if-no-files-found"})
                self.keep(given["name"], folder, given["path"].split(), given.get("if-no-files-found") == "warn")
            case "actions/download-artifact@v4":
                self.only(given, {"pattern", "merge-multiple"})
                pattern = re.compile(given["pattern"].replace("*", ".*"))
                self.fetch([name for name in self.artifacts if pattern.fullmatch(name)], folder)
            case name:
                return self.composite(name, given, folder)
        return 0

    def composite(self, name, given, folder):
        place = next((place for end, place in self.actions.items() if name.split("@")[0].endswith(end)), None)
        if place is None:
            raise Unknown(f"the action {name}")
        action = yaml.safe_load((pathlib.Path(place) / "action.yml").read_text())
        self.only(given, set(action["inputs"]))
        inputs = {}
        for key, said in action["inputs"].items():
            if said.get("required") and key not in given:
                raise Unknown(f"{name} without {key}")
            inputs[key] = given.get(key, said.get("default"))
        context = {"inputs": inputs}
        code = self.steps(action["runs"]["steps"], folder, context)
        self.outputs = {key: self.text(said["value"], context) for key, said in action["outputs"].items()}
        return code

    @staticmethod
    def only(given, known):
        if not set(given) <= known:
            raise Unknown(f"inputs {sorted(set(given) - known)}")

    def text(self, value, context):
        def found(match):
            place = context
            for part in match.group(1).split("."):
                if not isinstance(place, dict) or part not in place:
                    raise Unknown(f"the expression {match.group(1)}")
                place = place[part]
            return str(place)

        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", found, str(value))

    def holds(self, condition, context):
        for part in condition.removeprefix("${{ ").removesuffix(" }}").split(" && "):
            if part == "!cancelled()":
                continue
            match = re.fullmatch(r"([\w.]+) != ''", part)
            if not match:
                raise Unknown(f"the condition {condition}")
            if self.text("${{ " + match.group(1) + " }}", context) == "":
                return False
        return True


class GitLab(Runner):
    """A pipeline of GitLab's; artifacts of earlier stages are there in later ones."""

    def run(self, pipeline):
        description = yaml.safe_load(pathlib.Path(pipeline).read_text())
        stages, default = description.pop("stages"), description.pop("default")
        if default["image"]["entrypoint"] != [""]:
            raise Unknown("an image whose entry point is the program cannot give GitLab a shell")
        for stage in stages:
            if any(code != 0 for code in self.jobs.values()):
                return
            earlier = list(self.artifacts)
            for name, job in description.items():
                if job["stage"] == stage:
                    self.job(name, job, earlier)

    def job(self, name, job, earlier):
        total = job.get("parallel", 1)
        for number in range(1, total + 1):
            folder = self.workspace(f"{name}-{number}")
            self.check_out(folder)
            self.fetch(earlier, folder)
            code = self.shell("\n".join(job["script"]), folder, {
                "CI_NODE_INDEX": str(number), "CI_NODE_TOTAL": str(total)})
            self.jobs[name] = self.jobs.get(name) or code
            kept = job.get("artifacts", {})
            if code == 0 or kept.get("when") == "always":
                patterns = kept.get("paths", []) + list(kept.get("reports", {}).values())
                self.keep(f"{name}-{number}", folder, patterns, code != 0)
