"""Tests of the adapter for Dask, on clusters of this machine and with a stand-in for the program.

Needs the package distributed; scripts/verify-with-dask runs them where it is.
"""
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parent
ADAPTER = TESTS.parent / "dask/ucmsim_dask.py"
sys.dont_write_bytecode = True
specification = importlib.util.spec_from_file_location("ucmsim_dask", ADAPTER)
ucmsim_dask = importlib.util.module_from_spec(specification)
sys.modules["ucmsim_dask"] = ucmsim_dask
specification.loader.exec_module(ucmsim_dask)


class Folder(unittest.TestCase):
    """A working folder with cases and the stand-in for the program."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="dask-test-")))
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.folder)
        self.program = self.folder / "bin/ucmsim"
        self.program.parent.mkdir()
        shutil.copy(TESTS / "fake_ucmsim.py", self.program)
        self.program.chmod(0o755)

    def cases(self, *texts):
        (self.folder / "cases").mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            (self.folder / f"cases/{number:02}.case").write_text(text)

    def adapter(self, *arguments, **more):
        # What a shell starts in the background does not hear of Ctrl-C, and neither would what that starts.
        return subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(ADAPTER), "cases", "--program", "bin/ucmsim", *arguments],
            cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **more)

    def ran(self, *arguments):
        process = self.adapter(*arguments)
        out, told = process.communicate(timeout=120)
        return process.returncode, out, told


class RunTests(Folder):
    """Against one scheduler with two workers, as elsewhere."""

    @classmethod
    def setUpClass(cls):
        from distributed import LocalCluster

        cluster = cls.enterClassContext(
            LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None))
        cls.scheduler = ("--scheduler", cluster.scheduler_address)

    def test_shards_on_two_workers_merge_to_what_one_run_says(self):
        self.cases(*["pass"] * 11)
        code, out, told = self.ran(*self.scheduler, "--shards", "8", "--junit", "j.xml", "--results-folder", "kept")
        self.assertEqual((code, told), (0, ""))
        self.assertEqual(out, "".join(f"pass cases/{number:02}.case\n" for number in range(11)))
        self.assertEqual((self.folder / "j.xml").read_text(), out)
        self.assertEqual(len(list((self.folder / "kept").glob("shard-*.json"))), 8)

    def test_a_failed_expectation_is_a_result_with_its_exit_code(self):
        self.cases("pass", "fail", "pass")
        code, out, told = self.ran(*self.scheduler, "--shards", "2")
        self.assertEqual((code, told), (1, ""))
        self.assertIn("fail cases/01.case\n", out)

    def test_a_case_that_cannot_be_used_is_a_result_too(self):
        self.cases("pass", "unusable")
        code, out, _ = self.ran(*self.scheduler, "--shards", "2")
        self.assertEqual((code, out), (3, "pass cases/00.case\nunusable cases/01.case\n"))

    def test_a_shard_without_results_is_named_with_the_end_of_what_it_said(self):
        self.cases("pass", "crash", "abort")
        code, out, told = self.ran(*self.scheduler, "--shards", "3")
        self.assertEqual((code, out), (3, ""))
        self.assertIn("shard 2/3 on tcp://127.0.0.1:", told)
        self.assertIn("exit code 4", told)
        self.assertIn("\n  it fell over\n", told)
        self.assertIn("shard 3/3 on", told)
        self.assertIn("signal 6", told)
        self.assertLess(len(told), 2 * ucmsim_dask.STDERR_TAIL_BYTES)

    def test_a_shard_whose_worker_is_lost_is_begun_again_and_that_is_told(self):
        self.cases("pass", f"kill-worker {self.folder}/was-here", "pass")
        code, out, told = self.ran("--local", "1", "--shards", "3", "--verbose", "--upload", "cases")
        self.assertEqual(code, 0, told)
        self.assertIn("pass cases/01.case", out)
        self.assertIn("shard 2/3: begun 2 times, because a worker was lost", told)

    def test_a_result_that_was_lost_with_its_worker_is_waited_for(self):
        class Future:
            def __init__(self, *looks):
                self.looks = list(looks)

            @property
            def status(self):
                return self.looks[0]

            def result(self, timeout):
                if self.looks.pop(0) != self.looks[0]:
                    raise RuntimeError("lost while it was fetched")
                return {"results": b""}

        for status in ("pending", "lost"):
            with self.subTest(status):
                self.assertIsNone(ucmsim_dask.ended(Future(status), 1))
        self.assertIsNone(ucmsim_dask.ended(Future("finished", "lost"), 1))
        self.assertIn("results", ucmsim_dask.ended(Future("finished", "finished"), 1))
        self.assertIn("error", ucmsim_dask.ended(Future("cancelled"), 1))

    def test_a_cluster_of_its_own_says_nothing_beside_another(self):
        self.cases("pass")
        self.assertEqual(self.ran("--local", "1", "--shards", "1"), (0, "pass cases/00.case\n", ""))

    def test_a_shard_that_does_not_end_is_ended(self):
        self.cases(f"hang {self.folder}/pid")
        code, _, told = self.ran(*self.scheduler, "--shards", "1", "--timeout", "1")
        self.assertEqual(code, 3)
        self.assertIn("shard 1/1", told)
        self.assertIn("not done after 1 s", told)
        self.assert_gone(self.folder / "pid")

    def test_an_interruption_ends_the_programs_on_the_workers(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                pid = self.folder / f"pid-{number}"
                os.mkfifo(pid)
                self.cases(f"hang {pid}")
                process = self.adapter("--local", "1", "--shards", "1")
                text = pid.read_text()
                # As a terminal does it: to every process of the group.
                os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
                told = self.complaint(process)
                self.assertEqual(process.returncode, 130, told)
                self.assertIn("interrupted", told)
                self.assertFalse(pathlib.Path(f"/proc/{text}").exists())

    def complaint(self, process):
        """What it said on standard error; of one that does not end, where each of its threads stands."""
        try:
            return process.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)
            return process.communicate()[1]

    def assert_gone(self, pid):
        self.assertFalse(pathlib.Path("/proc", pid.read_text()).exists())


class SchedulerTests(Folder):
    def test_cases_are_sent_to_workers_that_do_not_see_them(self):
        from distributed import Client

        (self.folder / ".git").mkdir()
        (self.folder / "deep").mkdir()
        os.chdir(self.folder / "deep")
        pathlib.Path("a.case").write_text("pass")
        pathlib.Path("b.case").write_text("fail")
        plan = b'{"cells": [{"case": "a.case", "shard": 1}, {"case": "b.case", "shard": 2}]}'
        self.start_workers()
        with Client(scheduler_file=str(self.folder / "scheduler.json")) as client:
            lines = []
            results = ucmsim_dask.run(client, plan, 2, program=str(self.program), upload=["."], told=lines.append)
            self.assertEqual([b"pass" in results[0], b"fail" in results[1]], [True, True])
            self.assertEqual(len(lines), 2)
            with self.assertRaisesRegex(ucmsim_dask.RunError, "^shard 1/2 on .*ended with exit code 1"):
                ucmsim_dask.run(client, plan, 2, program=str(self.program), upload=["b.case"])
            with self.assertRaisesRegex(ucmsim_dask.RunError, "the worker has no program /nowhere"):
                ucmsim_dask.run(client, plan, 2, program="/nowhere")
            self.worker.terminate()
            self.worker.wait(30)
            with self.assertRaisesRegex(ucmsim_dask.RunError, "all workers are gone"):
                ucmsim_dask.run(client, plan, 2, program=str(self.program), upload=["."], wait_seconds=1)

    def start_workers(self):
        """A scheduler and a worker that know nothing of this process, in a folder of their own."""
        (self.folder / "elsewhere").mkdir()
        common = ["--scheduler-file", str(self.folder / "scheduler.json"), "--host", "127.0.0.1", "--no-dashboard"]
        for name, more in [("scheduler", ["--port", "0"]), ("worker", ["--nworkers", "1", "--nthreads", "1"])]:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + name, *common, *more], cwd=self.folder / "elsewhere",
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.addCleanup(lambda process=process: (process.terminate(), process.wait(30)))
            self.worker = process

    def test_a_scheduler_that_is_not_there_is_an_error_in_good_time(self):
        self.cases("pass")
        code, out, told = self.ran("--scheduler", "tcp://127.0.0.1:1", "--wait", "1")
        self.assertEqual((code, out), (3, ""))
        self.assertIn("no workers: ", told)
        self.assertNotIn("Traceback", told)

    def test_the_programs_own_complaint_ends_the_run(self):
        (self.folder / "cases").mkdir()
        code, _, told = self.ran("--local", "1", "--shards", "2")
        self.assertEqual(code, 2)
        self.assertIn("plan: no cases", told)

    def test_a_program_that_is_missing_is_said_before_a_cluster_is_begun(self):
        self.program.unlink()
        code, _, told = self.ran("--local", "1")
        self.assertEqual(code, 3)
        self.assertIn("bin/ucmsim; say with --program where it is", told)


class ArgumentTests(Folder):
    def test_wrong_usage_is_told(self):
        for arguments in [[], ["--local", "0"], ["--local", "2", "--scheduler", "tcp://a:1"], ["--local", "x"],
                          ["--local", "1", "--shards", "0"], ["--scheduler", "tls://a:1", "--tls-ca", "a.pem"],
                          ["--local", "1", "--tls-ca", "a", "--tls-cert", "b", "--tls-key", "c"]]:
            with self.subTest(arguments):
                code, out, told = self.ran(*arguments)
                self.assertEqual((code, out), (2, ""))
                self.assertIn("usage: ", told)


class PackingTests(Folder):
    def test_what_begins_with_a_dot_and_linked_folders_stay_here(self):
        import io
        import tarfile

        self.cases("pass")
        (self.folder / "cases/.secret").write_text("x")
        (self.folder / "elsewhere").mkdir()
        (self.folder / "elsewhere/b").write_text("x")
        (self.folder / "cases/link").symlink_to(self.folder / "elsewhere")
        archive, place = ucmsim_dask.packed(["cases", "cases/00.case"], 1 << 20)
        names = tarfile.open(fileobj=io.BytesIO(archive)).getnames()
        self.assertEqual((names, place), ([".", "cases/00.case"], "."))
        self.assertEqual(archive[10:], ucmsim_dask.packed(["cases"], 1 << 20)[0][10:])

    def test_what_cannot_be_sent_is_an_error_with_its_name(self):
        self.cases("x" * 100)
        for path, limit, words in [("cases", 99, "cases: more than 0 MiB"), ("none", 99, "none: there is no such"),
                                   ("..", 99, r"\.\.: outside of")]:
            with self.subTest(path), self.assertRaisesRegex(ucmsim_dask.RunError, words):
                ucmsim_dask.packed([path], limit)


if __name__ == "__main__":
    unittest.main()
