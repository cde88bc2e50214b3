#!/usr/bin/env python3
"""A bot that is killed again and again loses no event: the sandbox numbers what it sends, the bot
keeps its sessions in a file and writes down every number it has dealt with (GW-RES-17, GW-RES-7,
GW-DISP-4). Events may come twice, but only those that were not done when the file was last saved."""

import json
import os
import random
import tempfile

from programs import Program, ProgramTest, Sandbox, main

SANDBOX = BOT = ''
SHARDS = 2
SEED = 20


class Killed(ProgramTest):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.sessions = os.path.join(place.name, 'sessions')
        self.numbers = os.path.join(place.name, 'numbers')

    def lines(self):
        """What the bots have dealt with: (number, shard, sequence), in order."""
        with open(self.numbers, encoding='ascii') as file:
            return [tuple(map(int, line.split())) for line in file]

    def stored(self):
        """The sequence of each shard in the file, which is whole at every moment."""
        with open(self.sessions, encoding='utf-8') as file:
            sessions = json.load(file)['sessions']
        self.assertEqual(sorted(session['shard'] for session in sessions),
                         [[index, SHARDS] for index in range(SHARDS)])
        return {session['shard'][0]: session['sequence'] for session in sessions}

    def moment(self, dice):
        """What to wait for before the next kill: any moment of a short life."""
        kind = dice.random()
        if kind < 0.6:
            return lambda bot: bot.line(r'^done ', dice.randint(1, 400))
        if kind < 0.8:
            return lambda bot: bot.line(r'^saved 2$', dice.randint(1, 3))
        word = dice.choice(['Connecting', 'Connected', 'Resuming', 'Resumed'])
        times = dice.randint(1, SHARDS)
        return lambda bot: bot.until(lambda: sum(word in line for line in list(bot.err)) >= times, word)

    def survives(self, commit, kills):
        dice = random.Random(SEED)
        lives = []  # where each life's lines begin, and what was stored by then
        with Sandbox(SANDBOX, '--rate', '400', '--shards', SHARDS, '--max-concurrency', SHARDS,
                     '--guilds', '4', '--members', '20') as sandbox:
            def start():
                return Program(BOT, self.sessions, self.numbers, commit, env=sandbox.environment())

            for life in range(kills):
                with start() as bot:
                    if life == 0:
                        # A session that was never stored cannot be resumed by anybody.
                        bot.line(r'^saved 2$')
                        bot.line(r'^done ', 20)
                    self.moment(dice)(bot)
                    bot.process.kill()
                    bot.end()
                    self.assertEqual([line for line in bot.out if line.startswith('gap')], [])
                lives.append((len(self.lines()), self.stored()))
            with start() as bot:
                bot.line(r'^done ')
                summary = sandbox.summary()
                wanted = set(range(1, summary['messages'] + 1))
                bot.until(lambda: {number for number, _, _ in self.lines()} == wanted,
                          f'all of {len(wanted)} messages were dealt with')
                self.assertEqual(bot.stop(), 0)

            lines = self.lines()
            self.assertEqual(summary['identifies'], SHARDS)
            self.assertEqual(sandbox.violations(), [])
        for (begin, stored), (end, _) in zip(lives, lives[1:] + [(len(lines), {})]):
            for number, shard, sequence in lines[begin:end]:
                self.assertGreater(sequence, stored[shard], f'{number} was done and stored before')
        print(f'{commit}: {kills} kills, {summary["resumes"]} resumes, {len(wanted)} messages, 0 missing, '
              f'{len(lines) - len(wanted)} came twice, all of them not yet stored as done (seed {SEED})')

    def test_what_is_stored_is_finished(self):
        self.survives('finished', 50)

    def test_what_is_stored_was_received_and_handlers_are_immediate(self):
        self.survives('received', 15)

    def test_a_signal_hands_over_to_the_next_process(self):
        with Sandbox(SANDBOX, '--rate', '200', '--shards', SHARDS, '--max-concurrency', SHARDS,
                     '--guilds', '4', '--members', '20') as sandbox:
            for life in (1, 2, 3):
                with Program(BOT, self.sessions, self.numbers, 'finished', env=sandbox.environment()) as bot:
                    bot.line(r'^done ', 30)
                    bot.line(r'^saved 2$')
                    if life == 3:
                        sandbox.line(r'^left shard=\d code=4000$', 2 * SHARDS)
                        summary = sandbox.summary()
                    self.assertEqual(bot.stop(), 0)
                self.assertEqual(len(self.stored()), SHARDS)
        self.assertEqual((summary['identifies'], summary['resumes']), (SHARDS, 2 * SHARDS))
        numbers = [number for number, _, _ in self.lines()]
        self.assertEqual(sorted(numbers), list(range(1, summary['messages'] + 1)))


if __name__ == '__main__':
    main(['SANDBOX', 'BOT'])
