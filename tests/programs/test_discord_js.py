#!/usr/bin/env python3
"""An unmodified discord.js bot in the sandbox: logs in, reads messages, answers, resumes, leaves.

Runs where Node and npm are and npm can fetch discord.js, into the build directory.
"""

import os
import shutil
import subprocess
import sys

from programs import Program, ProgramTest, Sandbox, main

SANDBOX = PLACE = ''
SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'discord-js')


def skip(reason):
    print(f'skipped: {reason}')
    sys.exit(77)


def install(place):
    """Brings bot and discord.js to the place; skips when that cannot be."""
    for tool in ('node', 'npm'):
        if not shutil.which(tool):
            skip(f'{tool} is not installed')
    os.makedirs(place, exist_ok=True)
    for name in ('bot.js', 'package.json'):
        shutil.copy(os.path.join(SOURCES, name), place)
    if subprocess.run(['npm', 'ls'], cwd=place, capture_output=True, check=False).returncode == 0:
        return
    done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock'], cwd=place,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stderr)
        skip('npm cannot fetch discord.js')


class DiscordJs(ProgramTest):
    def test_logs_in_reads_answers_and_resumes(self):
        for transport in ('--no-tls', '--tls'):
            with self.subTest(transport=transport), \
                    Sandbox(SANDBOX, transport, '--conversation', '--rate', '50',
                            '--drop-after', '1.5') as sandbox, \
                    Program('node', os.path.join(PLACE, 'bot.js'), env=sandbox.environment()) as bot:
                bot.line('^ready as emulated-bot, guilds 9, shards 1$')
                bot.line('^answered ada in #general with pong$')
                sandbox.line('^reply content="pong"$')
                bot.line(r'^resumed 0, replayed \d+$')
                sandbox.line('^reply content="pong"$', 3)
                summary = sandbox.summary()  # says !bye
                self.assertEqual(bot.end(), 0, bot.err)
                self.assertEqual(bot.err, [])
                self.assertEqual(summary['replies'], summary['pings'])
                self.assertEqual((summary['identifies'], summary['resumes']), (1, 1))
                self.assertEqual(summary['unconfirmed'], 0)
                self.assertIn('left shard=0 code=1000', sandbox.out)
                # It offers to compress frames, which Discord's gateway never accepts.
                self.assertEqual([line for line in sandbox.violations() if 'GW-CONN-11' not in line], [])


if __name__ == '__main__':
    if len(sys.argv) > 2:
        install(sys.argv[2])
    main(['SANDBOX', 'PLACE'])
