#!/usr/bin/env python3
"""samples/demo.sh: what it shows, on a terminal and elsewhere, and that it leaves nothing behind."""

import os
import pty
import re
import signal
import subprocess
import tempfile
import time

from programs import DEADLINE, Program, ProgramTest, environment, main

DEMO = BUILD = ''


def processes_with(word):
    """The processes whose environment has that word."""
    found = []
    for process in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{process}/environ', 'rb') as file:
                if word.encode() in file.read():
                    found.append(process)
        except OSError:
            pass
    return found


class Demo(ProgramTest):
    def setUp(self):
        self.mark = f'demo-test-{os.getpid()}-{time.monotonic_ns()}'
        self.env = environment(STRANDCORD_DEMO_BUILD=BUILD, DEMO_TEST_MARK=self.mark,
                               STRANDCORD_DEMO_SECONDS='6')

    def check_nothing_is_left(self):
        end = time.monotonic() + DEADLINE
        while processes_with(self.mark) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(processes_with(self.mark), [])

    def check_summary(self, text):
        summary = text[text.index('Summary'):]

        def number(pattern):
            return int(re.search(pattern, summary)[1])
        sent = number(r'events sent +(\d+)')
        self.assertGreater(sent, 1000)
        self.assertEqual(number(r'events delivered +(\d+)'), sent)
        self.assertEqual(number(r'events lost +(\d+)'), 0)
        self.assertEqual(number(r'events twice +(\d+)'), 0)
        self.assertRegex(summary, r'!ping answered +(\d+) of \1\n')
        self.assertIn('connections cut      1; resumed: 1', summary)

    def test_lines_where_there_is_no_terminal(self):
        with tempfile.TemporaryDirectory() as elsewhere, \
                Program('sh', DEMO, env=self.env, cwd=elsewhere) as demo:
            self.assertEqual(demo.end(), 0, demo.err)
        text = '\n'.join(demo.out) + '\n'
        self.assertEqual(demo.err, [])
        self.assertNotIn('\x1b', text)
        self.assertRegex(text, r'\d s \| 0 ready \d+ .*\| 3 ready \d+ .*events/s')
        self.assertIn('ada: !ping   bot: pong', text)
        self.assertRegex(text, r'shard 2: The connection is closed\. code=4000')
        self.assertRegex(text, r'shard 2: Resumed, at event \d+\.')
        self.check_summary(text)
        self.check_nothing_is_left()

    def test_panel_on_a_terminal(self):
        ours, theirs = pty.openpty()
        try:
            demo = subprocess.Popen(['sh', DEMO], env=self.env, stdin=subprocess.DEVNULL, stdout=theirs)
            os.close(theirs)
            text = b''
            while True:
                try:
                    more = os.read(ours, 65536)
                except OSError:  # the other end is closed
                    break
                if not more:
                    break
                text += more
            self.assertEqual(demo.wait(DEADLINE), 0)
        finally:
            os.close(ours)
        text = text.decode().replace('\r\n', '\n')
        self.assertIn('\x1b[', text)
        self.assertRegex(text, r'2/4    ready')
        self.assertRegex(text, r'\d+ events, \d+ a second')
        self.check_summary(text)
        self.check_nothing_is_left()

    def test_interrupted_it_takes_its_programs_along(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            with self.subTest(number=number):
                # A shell that is not interactive ignores SIGINT if it was started that way.
                with Program('sh', DEMO, env=self.env) as demo:
                    demo.line('ready')
                    self.assertEqual(demo.stop(number), code, demo.err)
                self.check_nothing_is_left()


if __name__ == '__main__':
    main(['DEMO', 'BUILD'])
