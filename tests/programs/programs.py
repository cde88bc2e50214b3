"""What the tests of programs share: processes whose lines are waited for, and the sandbox.

Nothing here sleeps for a fixed time: a test waits for what it wants to see, up to a deadline that
only a broken program reaches.
"""

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import unittest

DEADLINE = 60


def environment(**changes):
    """This process's environment, without what would lead a bot elsewhere."""
    out = {key: value for key, value in os.environ.items()
           if not key.startswith('DISCORD_') and key not in ('SSL_CERT_FILE', 'SSL_CERT_DIR')}
    out.update({key: value for key, value in changes.items() if value is not None})
    return out


class Program:
    """A running program; its lines are read as they come."""

    def __init__(self, *command, env=None, read_stdout=True, cwd=None, blocking_stdout=True):
        self.out = []
        self.err = []
        self._changed = threading.Condition()
        self.process = subprocess.Popen(
            [str(word) for word in command], env=env if env is not None else environment(), cwd=cwd,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=None if blocking_stdout else lambda: os.set_blocking(1, False))
        self._readers = []
        if read_stdout:
            self.read_stdout()
        self._read(self.process.stderr, self.err)

    def read_stdout(self):
        self._read(self.process.stdout, self.out)

    def _read(self, stream, lines):
        def read():
            for line in stream:
                with self._changed:
                    lines.append(line.decode('utf-8').rstrip('\n'))
                    self._changed.notify_all()
            with self._changed:
                self._changed.notify_all()
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        self._readers.append(reader)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join(DEADLINE)
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()

    def until(self, condition, what):
        """Waits until `condition()`, which is asked again after each line and at the end."""
        end = time.monotonic() + DEADLINE
        with self._changed:
            while not condition():
                over = not any(reader.is_alive() for reader in self._readers)
                left = end - time.monotonic()
                if over or left <= 0:
                    raise AssertionError(
                        f'{self.process.args[0]} {"ended" if over else "was given up"} before '
                        f'{what}\nstdout: {self.out[-20:]}\nstderr: {self.err[-20:]}')
                self._changed.wait(min(left, 1))

    def line(self, pattern, times=1):
        """Waits for that many lines of stdout that match; gives the last match."""
        found = []

        def look():
            found[:] = [match for match in map(re.compile(pattern).search, list(self.out)) if match]
            return len(found) >= times
        self.until(look, f'{times} line(s) of stdout like {pattern!r}')
        return found[times - 1]

    def send(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def end(self, limit=DEADLINE):
        """Waits for the end; gives the exit code. All lines are there afterwards."""
        code = self.process.wait(limit)
        for reader in self._readers:
            reader.join(DEADLINE)
        return code

    def stop(self, number=signal.SIGTERM, limit=DEADLINE):
        self.send(number)
        return self.end(limit)


class Sandbox(Program):
    """`strandcord-sandbox`, ready for bots."""

    def __init__(self, program, *options):
        # Killed, it leaves the file of its certificate behind.
        self._place = tempfile.TemporaryDirectory()
        super().__init__(program, *options, env=environment(TMPDIR=self._place.name))
        self.port = int(self.line(r'^listening port=(\d+)$')[1])
        self.exports = {}
        for line in self.out:
            exported = re.match(r"export (\w+)='?([^']*)'?$", line)
            if exported:
                self.exports[exported[1]] = exported[2]

    def kill(self):
        super().kill()
        self._place.cleanup()

    def environment(self, **changes):
        return environment(**{**self.exports, **changes})

    def summary(self):
        """Ends the sandbox; gives the numbers of its summary."""
        if self.process.poll() is None:
            self.send()
        code = self.end()
        if code != 0:
            raise AssertionError(f'the sandbox ended with {code}: {self.err}')
        line = next(line for line in self.out if line.startswith('summary '))
        return {name: int(number) for name, number in re.findall(r'(\w+)=(-?\d+)', line)}

    def violations(self):
        return [line for line in self.out if line.startswith('violation ')]


def run(*command, env=None):
    """Runs a program to its end; gives exit code, stdout and stderr."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=DEADLINE, check=False,
                          env=env if env is not None else environment())
    return done.returncode, done.stdout, done.stderr


class ProgramTest(unittest.TestCase):
    """Adds the assertions that all programs share."""

    maxDiff = None

    def assert_one_sentence(self, stderr, *words):
        lines = stderr.splitlines()
        self.assertEqual(len(lines), 1, stderr)
        for word in words:
            self.assertIn(word, lines[0])

    def assert_refused(self, command, *words, env=None):
        code, out, err = run(*command, env=env)
        self.assertEqual(code, 2, err)
        self.assertEqual(out, '')
        self.assert_one_sentence(err, *words)


def main(names):
    """Runs the tests of the calling script; its arguments are the values of `names`."""
    import sys
    module = sys.modules['__main__']
    values = sys.argv[1:1 + len(names)]
    if len(values) != len(names):
        raise SystemExit(f'usage: {sys.argv[0]} {" ".join(names)} [test...]')
    for name, value in zip(names, values):
        setattr(module, name, value)
    unittest.main(argv=[sys.argv[0], *sys.argv[1 + len(names):]], verbosity=2)
