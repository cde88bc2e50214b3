#!/usr/bin/env python3
"""The samples, as they are, against the sandbox."""

import json
import signal
import urllib.request

from programs import Program, ProgramTest, Sandbox, environment, main, run

SANDBOX = HELLO_BOT = PROJECTION = SHARDED = EMBEDDED_SERVER = HANDOVER = MODERATION = CONVERSATION = METRICS = ''


class Samples(ProgramTest):
    def talk(self, program):
        for transport in ('--no-tls', '--tls'):
            with self.subTest(transport=transport), \
                    Sandbox(SANDBOX, transport, '--conversation', '--guilds', '2') as sandbox, \
                    Program(program, env=sandbox.environment()) as bot:
                sandbox.line('^reply content="pong"$', 2)
                self.assertEqual(bot.stop(limit=10), 0, bot.err)
                sandbox.line('^left shard=0 code=1000$')
                self.assertEqual(sandbox.violations(), [])

    def test_hello_bot_answers(self):
        self.talk(HELLO_BOT)

    def test_projection_answers(self):
        self.talk(PROJECTION)

    def test_every_program_refuses_to_run_without_a_token(self):
        for program in (HELLO_BOT, PROJECTION, SHARDED, EMBEDDED_SERVER, HANDOVER, MODERATION, CONVERSATION,
                        METRICS):
            with self.subTest(program=program):
                code, out, err = run(program, *(['0'] if program in (EMBEDDED_SERVER, METRICS) else []),
                                     env=environment(DISCORD_API_BASE='http://127.0.0.1:9/api'))
                self.assertNotEqual(code, 0)
                self.assertIn('DISCORD_BOT_TOKEN', err)
                self.assertNotIn('listening', out)

    def test_hello_bot_without_its_privileged_intent_is_one_clear_sentence(self):
        with Sandbox(SANDBOX, '--privileged', 'none') as sandbox:
            code, _, err = run(HELLO_BOT, env=sandbox.environment())
            self.assertEqual(code, 2)
            self.assertIn('message_content', err.splitlines()[-1])
            self.assertEqual(sandbox.summary()['identifies'], 1)

    def test_sharded_gets_every_guild_on_its_shard(self):
        with Sandbox(SANDBOX, '--shards', '4', '--max-concurrency', '4', '--guilds', '15') as sandbox, \
                Program(SHARDED, env=sandbox.environment()) as bot:
            bot.line(r'^guild \d+ on shard [0-3]/4$', 16)  # and the default guild
            for line in bot.out:
                _, guild, _, _, shard = line.split()
                self.assertEqual((int(guild) >> 22) % 4, int(shard.split('/')[0]))
            self.assertEqual(len({line.split()[1] for line in bot.out}), 16)
            self.assertEqual(bot.stop(limit=10), 0, bot.err)
            sandbox.line('^left shard=[0-3] code=1000$', 4)

    def test_embedded_server_serves_http_and_discord_from_one_loop(self):
        with Sandbox(SANDBOX, '--conversation', '--guilds', '2') as sandbox, \
                Program(EMBEDDED_SERVER, '0', env=sandbox.environment()) as bot:
            address = bot.line(r'^(http://127\.0\.0\.1:\d+/)$')[1]
            sandbox.line('^reply content="pong"$', 1)
            with urllib.request.urlopen(address, timeout=60) as answer:
                self.assertRegex(answer.read().decode(), r'^shard 0 ready after \d+ events\n$')
            self.assertEqual(bot.stop(signal.SIGINT, limit=10), 0, bot.err)
            sandbox.line('^left shard=0 code=1000$')

    def test_metrics_are_served_beside_the_bot(self):
        with Sandbox(SANDBOX, '--conversation', '--guilds', '2') as sandbox, \
                Program(METRICS, '0', env=sandbox.environment()) as bot:
            address = bot.line(r'^(http://127\.0\.0\.1:\d+/)$')[1]
            sandbox.line('^reply content="pong"$', 1)
            with urllib.request.urlopen(address + 'metrics', timeout=60) as answer:
                text = answer.read().decode()
            self.assertRegex(text, r'(?m)^strandcord_shards_ready 1$')
            self.assertRegex(text, r'(?m)^strandcord_handler_run_seconds_count [1-9]')
            with urllib.request.urlopen(address + 'state', timeout=60) as answer:
                state = json.load(answer)
            self.assertEqual([one['state'] for one in state['shards']], ['ready'])
            self.assertEqual([one['name'] for one in state['handlers']], ['ping'])
            self.assertGreater(state['metrics']['counters']['events_received'], 0)
            self.assertIn('guild', [one['kind'] for one in state['cache']['kinds']])
            self.assertEqual(bot.stop(limit=10), 0, bot.err)
            for line in bot.err:
                self.assertIn('component', json.loads(line))

    def test_moderation_answers_who_repeats_himself(self):
        with Sandbox(SANDBOX, '--conversation', '--guilds', '2') as sandbox, \
                Program(MODERATION, env=sandbox.environment()) as bot:
            sandbox.line('^reply content="Once is enough. Reminder 1"$')
            sandbox.line('^reply content="Once is enough. Reminder 2"$')
            self.assertEqual(bot.stop(limit=10), 0, bot.err)
            self.assertEqual(sandbox.violations(), [])

    def test_handover_loses_nothing_from_one_generation_to_the_next(self):
        with Sandbox(SANDBOX, '--rate', '200', '--guilds', '2', '--members', '20') as sandbox, \
                Program(HANDOVER, env=sandbox.environment()) as bot:
            for generation in (1, 2, 3):
                bot.line(rf'^generation {generation}: #', 20)
                if generation < 3:
                    bot.send(signal.SIGHUP)
            summary = sandbox.summary()
            self.assertEqual((summary['identifies'], summary['resumes']), (1, 2))
            bot.line(rf'^generation 3: #{summary["messages"]} ')
            numbers = [int(line.split('#')[1].split()[0]) for line in bot.out]
            self.assertEqual(numbers, list(range(1, summary['messages'] + 1)))
            self.assertEqual(bot.stop(limit=10), 0, bot.err)


if __name__ == '__main__':
    main(['SANDBOX', 'HELLO_BOT', 'PROJECTION', 'SHARDED', 'EMBEDDED_SERVER', 'HANDOVER', 'MODERATION',
          'CONVERSATION', 'METRICS'])
