#!/usr/bin/env python3
"""strandcord-sandbox: its command line, its files of events, and how it counts and ends."""

import json
import os
import signal
import socket
import tempfile
import urllib.error
import urllib.request

from programs import Program, ProgramTest, Sandbox, main, run

SANDBOX = TAIL = ''


class CommandLine(ProgramTest):
    def test_help_names_every_option(self):
        code, out, err = run(SANDBOX, '--help')
        self.assertEqual((code, err), (0, ''))
        for word in ('--port', '--tls', '--no-tls', '--token', '--privileged', '--shards',
                     '--max-concurrency', '--guilds', '--channels', '--users', '--members',
                     '--seed', '--rate', '--events', '--conversation', '--drop-after',
                     '--drop-shard', '--duration', '--version'):
            self.assertIn(word, out)

    def test_version(self):
        code, out, _ = run(SANDBOX, '--version')
        self.assertEqual(code, 0)
        self.assertRegex(out, r'^strandcord-sandbox \d+\.\d+\.\d+\n$')

    def test_wrong_values_are_refused_by_name(self):
        for options, word in ((['--port', '65536'], '--port'), (['--port', 'x'], "'x'"),
                              (['--shards', '0'], '--shards'), (['--rate', '-1'], '--rate'),
                              (['--rate', 'nan'], '--rate'), (['--guilds', '0'], '--guilds'),
                              (['--duration', '1s'], "'1s'"), (['--token', ''], '--token'),
                              (['--privileged', 'guilds'], "'guilds'"),
                              (['--privileged', 'mesage_content'], 'mesage_content'),
                              (['--drop-shard', '1'], '--drop-after'), (['events'], 'events')):
            with self.subTest(options=options):
                self.assert_refused([SANDBOX, *options], word)

    def test_unknown_option(self):
        code, out, err = run(SANDBOX, '--colour')
        self.assertEqual((code, out), (2, ''))
        self.assertIn('colour', err)

    def test_port_that_is_taken(self):
        with socket.create_server(('127.0.0.1', 0)) as taken:
            port = taken.getsockname()[1]
            self.assert_refused([SANDBOX, '--port', port], str(port))


class EventFile(ProgramTest):
    def file(self, text):
        name = tempfile.mkstemp(suffix='.jsonl')[1]
        self.addCleanup(os.unlink, name)
        with open(name, 'w', encoding='utf-8') as file:
            file.write(text)
        return name

    def test_wrong_lines_are_refused_by_number(self):
        good = '{"t":"TYPING_START","d":{}}\n'
        for line in ('nonsense', '[]', '{"t":"X"}', '{"d":{}}', '{"t":"X","d":{}} x',
                     '{"t":"X","d":{},"guild_id":1}', '{"t":"X","d":{},"after_ms":"soon"}'):
            with self.subTest(line=line):
                name = self.file(good + '\n' + line + '\n' + good)
                self.assert_refused([SANDBOX, '--events', name], name + ':3: ')

    def test_files_that_cannot_be_read(self):
        for name in ('/nowhere/events', '/tmp'):
            with self.subTest(name=name):
                self.assert_refused([SANDBOX, '--events', name], f"'{name}'")
        self.assert_refused([SANDBOX, '--events', self.file('\n')], 'has none')

    def test_events_arrive_as_written_and_on_the_shard_of_their_guild(self):
        # (guild >> 22) % 2 is the shard.
        guilds = [str(number << 22) for number in range(100, 104)]
        written = [{'t': 'MESSAGE_CREATE', 'd': {'id': str(index), 'content': 'line ' + str(index),
                                                 'guild_id': guild, 'nothing': None, 'list': [1.5]}}
                   for index, guild in enumerate(guilds * 5)]
        written.append({'t': 'A_THING_OF_TOMORROW', 'd': {'known': False}, 'guild_id': guilds[1],
                        'after_ms': 5})
        name = self.file(''.join(json.dumps(event) + '\n' for event in written))
        with Sandbox(SANDBOX, '--events', name, '--rate', '1000', '--max-concurrency', '2') as sandbox, \
                Program(TAIL, '--shards', '2', env=sandbox.environment(DISCORD_GATEWAY_INTENTS='all')) as tail:
            tail.line('A_THING_OF_TOMORROW')
            summary = sandbox.summary()
            self.assertEqual(summary['made'], len(written))
            self.assertEqual(summary['messages'], 0)
            self.assertEqual(tail.stop(), 0)
            seen = [json.loads(line) for line in tail.out]
        for shard in (0, 1):
            mine = [event for event in written
                    if (int(event.get('guild_id') or event['d']['guild_id']) >> 22) % 2 == shard]
            self.assertEqual([event['d'] for event in seen
                              if event['shard'] == shard and event['t'] in ('MESSAGE_CREATE', 'A_THING_OF_TOMORROW')],
                             [event['d'] for event in mine])


class Serving(ProgramTest):
    def ask(self, sandbox, path, token):
        request = urllib.request.Request(sandbox.exports['DISCORD_API_BASE'] + path, headers={
            'Authorization': 'Bot ' + token, 'User-Agent': 'DiscordBot (https://example.org, 1)'})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def test_what_was_asked_for(self):
        with Sandbox(SANDBOX, '--token', 'it"s mine', '--shards', '7', '--max-concurrency', '3') as sandbox:
            token = sandbox.exports['DISCORD_BOT_TOKEN']
            self.assertEqual(token, 'it"s mine')
            status, body = self.ask(sandbox, '/gateway/bot', token)
            self.assertEqual(status, 200)
            self.assertEqual(body['shards'], 7)
            self.assertEqual(body['session_start_limit']['max_concurrency'], 3)
            self.assertEqual(body['url'], f'ws://127.0.0.1:{sandbox.port}')
            self.assertEqual(self.ask(sandbox, '/gateway/bot', 'other')[0], 401)

    def test_environment_is_shell(self):
        with Sandbox(SANDBOX, '--tls', '--token', "it's") as sandbox:
            exports = '\n'.join(line for line in sandbox.out if line.startswith('export '))
            code, out, _ = run('sh', '-c', exports + '\nprintf %s\\\\n "$DISCORD_BOT_TOKEN" "$SSL_CERT_FILE"')
            self.assertEqual(code, 0)
            token, certificate = out.splitlines()
            self.assertEqual(token, "it's")
            with open(certificate, encoding='ascii') as file:
                self.assertIn('BEGIN CERTIFICATE', file.read())

    def test_the_same_seed_makes_the_same_events(self):
        def contents(seed):
            with Sandbox(SANDBOX, '--seed', seed, '--rate', '500', '--guilds', '1') as sandbox, \
                    Program(TAIL, '--filter', 'MESSAGE_CREATE', env=sandbox.environment(
                        DISCORD_GATEWAY_INTENTS='guilds,guild_messages,message_content')) as tail:
                tail.line('MESSAGE_CREATE', 20)
                return [json.loads(line)['d']['content'] for line in tail.out[:20]]
        self.assertEqual(contents('7'), contents('7'))
        self.assertNotEqual(contents('7'), contents('8'))

    def test_duration_ends_it(self):
        with Sandbox(SANDBOX, '--rate', '100', '--duration', '1') as sandbox, \
                Program(TAIL, env=sandbox.environment()) as tail:
            self.assertEqual(sandbox.end(), 0)
            summary = sandbox.summary()
            self.assertGreaterEqual(summary['made'], 90)
            self.assertEqual(summary['unconfirmed'], 0)
            self.assertEqual(tail.stop(), 0)

    def test_signals_end_it_without_a_bot(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number=number), Sandbox(SANDBOX) as sandbox:
                self.assertEqual(sandbox.stop(number, limit=10), 0)
                self.assertEqual(sandbox.summary()['made'], 0)

    def test_only_the_named_shard_is_dropped(self):
        with Sandbox(SANDBOX, '--shards', '3', '--max-concurrency', '3', '--drop-after', '0.2',
                     '--drop-shard', '1') as sandbox, \
                Program(TAIL, env=sandbox.environment()) as tail:
            sandbox.line(r'^resume shard=1/3 seq=\d+$')
            self.assertEqual([line for line in sandbox.out if line.startswith('drop ')],
                             ['drop shard=1/3 code=4000'])
            tail.line('"t":"RESUMED"')
            self.assertEqual(tail.stop(), 0)
            self.assertEqual(sandbox.summary()['resumes'], 1)

    def test_a_bot_that_never_answers_does_not_keep_it(self):
        with Sandbox(SANDBOX, '--conversation') as sandbox, \
                Program(TAIL,
                        env=sandbox.environment(DISCORD_GATEWAY_INTENTS='all')) as tail:
            tail.line('!ping')
            summary = sandbox.summary()
            self.assertGreaterEqual(summary['pings'], 1)
            self.assertEqual(summary['replies'], 0)
            tail.stop()


if __name__ == '__main__':
    main(['SANDBOX', 'TAIL'])
