#!/usr/bin/env python3
"""strandcord-tail against the sandbox: what it prints, and how it ends."""

import json
import signal

from programs import Program, ProgramTest, Sandbox, environment, main, run

TAIL = SANDBOX = ''


class CommandLine(ProgramTest):
    def test_help_names_every_option(self):
        code, out, err = run(TAIL, '--help')
        self.assertEqual((code, err), (0, ''))
        for word in ('--compress', '--shards', '--filter', '--no-data', '--log', '--version',
                     'DISCORD_BOT_TOKEN', 'DISCORD_API_BASE', 'DISCORD_GATEWAY_INTENTS',
                     'SSL_CERT_FILE'):
            self.assertIn(word, out)

    def test_version(self):
        code, out, _ = run(TAIL, '--version')
        self.assertEqual(code, 0)
        self.assertRegex(out, r'^strandcord-tail \d+\.\d+\.\d+\n$')

    def test_wrong_options_are_refused_by_name(self):
        for options, word in ((['--compress', 'gzip'], 'gzip'), (['--shards', '0'], "'0'"),
                              (['--shards', 'many'], 'many'), (['--filter', ''], '--filter'),
                              (['--filter', 'READY,ready'], "'ready'"), (['--log', 'loud'], 'loud'),
                              (['READY'], 'READY')):
            with self.subTest(options=options):
                self.assert_refused([TAIL, *options], word)

    def test_unknown_options_and_missing_values_are_refused(self):
        for options, word in ((['--colour'], 'colour'), (['--compress'], 'compress')):
            with self.subTest(options=options):
                code, out, err = run(TAIL, *options)
                self.assertEqual((code, out), (2, ''))
                self.assertIn(word, err)
                self.assertIn('--help', err)


class Configuration(ProgramTest):
    """Bad settings: one clear sentence each, exit code 2."""

    def refused(self, *words, **settings):
        settings.setdefault('DISCORD_API_BASE', 'http://127.0.0.1:9/api/v10')
        self.assert_refused([TAIL], *words, env=environment(**settings))

    def test_no_token(self):
        self.refused('DISCORD_BOT_TOKEN')
        self.refused('DISCORD_BOT_TOKEN', DISCORD_BOT_TOKEN='')

    def test_token_with_white_space(self):
        for token in ('to ken', 'token\n', '\ttoken'):
            with self.subTest(token=token):
                self.refused('whitespace', DISCORD_BOT_TOKEN=token)

    def test_token_with_prefix(self):
        self.refused('Bot ', DISCORD_BOT_TOKEN='Bot token')

    def test_unknown_intent(self):
        self.refused('guild_massages', DISCORD_BOT_TOKEN='token',
                     DISCORD_GATEWAY_INTENTS='guilds,guild_massages')

    def test_undefined_intent_bit(self):
        self.refused('4013', DISCORD_BOT_TOKEN='token', DISCORD_GATEWAY_INTENTS=str(1 << 30))

    def test_bad_address(self):
        for base in ('ftp://127.0.0.1/api', 'discord.com/api', 'http://', 'http://host:port/api'):
            with self.subTest(base=base):
                self.refused(base, DISCORD_BOT_TOKEN='token', DISCORD_API_BASE=base)

    def test_unverifiable_certificate(self):
        with Sandbox(SANDBOX, '--tls') as sandbox:
            env = sandbox.environment()
            del env['SSL_CERT_FILE']
            self.assert_refused([TAIL], 'certificate', env=env)

    def test_refused_token(self):
        with Sandbox(SANDBOX) as sandbox:
            self.assert_refused([TAIL], 'token',
                                env=sandbox.environment(DISCORD_BOT_TOKEN='another-token'))
            self.assertEqual(sandbox.summary()['identifies'], 0)

    def test_intent_that_is_not_switched_on(self):
        with Sandbox(SANDBOX, '--privileged', 'none') as sandbox:
            self.assert_refused([TAIL], 'message_content', env=sandbox.environment(
                DISCORD_GATEWAY_INTENTS='guilds,guild_messages,message_content'))
            self.assertEqual(sandbox.summary()['identifies'], 1)


class TailTest(ProgramTest):
    def lines(self, program):
        return [json.loads(line) for line in program.out]

    def check_order(self, events, shards=1):
        """Every event of every shard once, in order, the first being READY. RESUMED repeats a number."""
        for shard in range(shards):
            mine = [event for event in events if event['shard'] == shard and event['t'] != 'RESUMED']
            self.assertEqual([event['s'] for event in mine], list(range(1, len(mine) + 1)))
            self.assertEqual(mine[0]['t'], 'READY')
        self.assertEqual({event['shard'] for event in events}, set(range(shards)))

    def check_whole(self, events, summary):
        self.check_order(events)
        self.assertEqual(len([event for event in events if event['t'] != 'RESUMED']), summary['sent'])
        self.assertEqual(summary['unconfirmed'], 0)
        numbers = [int(event['d']['content'].split()[0][1:]) for event in events
                   if event['t'] == 'MESSAGE_CREATE']
        self.assertEqual(numbers, list(range(1, summary['messages'] + 1)))


class Events(TailTest):
    def follow(self, sandbox_options, tail_options=(), messages=50):
        """Tails until so many messages came; gives the events and the sandbox's summary."""
        with Sandbox(SANDBOX, '--rate', '200', '--guilds', '4', *sandbox_options) as sandbox, \
                Program(TAIL, *tail_options,
                        env=sandbox.environment(DISCORD_GATEWAY_INTENTS='all')) as tail:
            tail.line('"t":"MESSAGE_CREATE"', messages)
            # The sandbox waits until everything is delivered; the tail is its only bot.
            summary = sandbox.summary()
            code = tail.stop()
            self.assertEqual(code, 0, tail.err)
            self.assertEqual(sandbox.violations(), [])
            return self.lines(tail), summary

    def test_every_event_is_a_line_whatever_the_transport(self):
        for transport in ('--no-tls', '--tls'):
            for compress in ('none', 'zlib-stream', 'zstd-stream'):
                with self.subTest(transport=transport, compress=compress):
                    events, summary = self.follow([transport], ['--compress', compress])
                    self.check_whole(events, summary)

    def test_members_of_a_line(self):
        events, _ = self.follow([], messages=1)
        for event in events:
            self.assertEqual(list(event), ['shard', 's', 't', 'd'])
        self.assertEqual(events[0]['d']['user']['bot'], True)
        guild = next(event for event in events if event['t'] == 'GUILD_CREATE')
        self.assertEqual(len(guild['d']['members']), guild['d']['member_count'])

    def test_no_data(self):
        events, summary = self.follow([], ['--no-data'], messages=5)
        self.check_order(events)
        self.assertEqual(len(events), summary['sent'])
        for event in events:
            self.assertEqual(list(event), ['shard', 's', 't'])

    def test_filter(self):
        events, summary = self.follow([], ['--filter', 'MESSAGE_CREATE,READY'])
        self.assertEqual({event['t'] for event in events}, {'READY', 'MESSAGE_CREATE'})
        self.assertEqual(len(events), 1 + summary['messages'])

    def test_two_shards(self):
        events, summary = self.follow(['--max-concurrency', '2'], ['--shards', '2'])
        self.check_order(events, shards=2)
        self.assertEqual(len(events), summary['sent'])

    def test_as_many_shards_as_recommended(self):
        events, _ = self.follow(['--shards', '3', '--max-concurrency', '3'])
        self.check_order(events, shards=3)

    def test_nothing_is_lost_with_a_connection(self):
        with Sandbox(SANDBOX, '--rate', '500', '--drop-after', '0.5') as sandbox, \
                Program(TAIL, env=sandbox.environment(DISCORD_GATEWAY_INTENTS='all')) as tail:
            tail.line('"t":"RESUMED"')
            tail.line('"t":"MESSAGE_CREATE"', sum('MESSAGE_CREATE' in line for line in tail.out) + 50)
            summary = sandbox.summary()
            self.assertEqual(tail.stop(), 0, tail.err)
            self.assertEqual((summary['drops'], summary['resumes']), (1, 1))
            self.check_whole(self.lines(tail), summary)


class End(TailTest):
    def check_clean_end(self, number):
        with Sandbox(SANDBOX) as sandbox, Program(TAIL, env=sandbox.environment()) as tail:
            tail.line('"t":"GUILD_CREATE"')
            self.assertEqual(tail.stop(number, limit=5), 0, tail.err)
            sandbox.line('^left shard=0 code=1000$')

    def test_signals_close_with_1000_and_exit_0(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number=number):
                self.check_clean_end(number)

    def test_signal_before_anything_is_connected(self):
        with Sandbox(SANDBOX) as sandbox:
            # Nobody listens there: the tail is trying again and again.
            env = sandbox.environment(DISCORD_API_BASE='http://127.0.0.1:9/api/v10')
            with Program(TAIL, '--log', 'info', env=env) as tail:
                tail.until(lambda: tail.err, 'its first line of log')
                self.assertEqual(tail.stop(limit=5), 0, tail.err)

    def test_stalled_reader_holds_up_neither_heartbeats_nor_the_end(self):
        with Sandbox(SANDBOX, '--rate', '3000', '--members', '1000', '--guilds', '50') as sandbox, \
                Program(TAIL, env=sandbox.environment(), read_stdout=False) as tail:
            # Long past what the pipe holds.
            sandbox.line(r'^stats .*made=[1-9]\d{3,}')
            self.assertEqual(tail.stop(limit=5), 0, tail.err)
            sandbox.line('^left shard=0 code=1000$')

    def test_reader_that_was_stalled_gets_everything(self):
        self.check_stalled_reader(blocking=True)

    def test_pipe_that_somebody_made_non_blocking_gets_everything(self):
        self.check_stalled_reader(blocking=False)

    def check_stalled_reader(self, blocking):
        with Sandbox(SANDBOX, '--rate', '2000', '--members', '1000', '--guilds', '50') as sandbox, \
                Program(TAIL, env=sandbox.environment(DISCORD_GATEWAY_INTENTS='all'),
                        read_stdout=False, blocking_stdout=blocking) as tail:
            sandbox.line(r'^stats .*made=[1-9]\d{3,}')
            tail.read_stdout()
            summary = sandbox.summary()
            self.assertEqual(summary['unconfirmed'], 0)
            self.assertEqual(tail.stop(), 0, tail.err)
            self.check_whole(self.lines(tail), summary)

    def test_reader_that_leaves(self):
        with Sandbox(SANDBOX, '--rate', '100') as sandbox, \
                Program(TAIL, env=sandbox.environment(), read_stdout=False) as tail:
            tail.process.stdout.readline()
            tail.process.stdout.close()
            self.assertEqual(tail.end(), 1)
            self.assertEqual(tail.err, ['strandcord-tail: stdout was closed'])
            sandbox.line('^left shard=0 code=1000$')


if __name__ == '__main__':
    main(['TAIL', 'SANDBOX'])
