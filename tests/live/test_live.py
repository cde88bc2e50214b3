#!/usr/bin/env python3
"""The live smoke test itself: it skips without a token, and passes against the sandbox."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'programs'))

from programs import ProgramTest, Sandbox, environment, main, run  # noqa: E402

LIVE = SANDBOX = ''


class Live(ProgramTest):
    def test_skipped_without_a_token(self):
        for token in (None, ''):
            with self.subTest(token=token):
                code, out, _ = run(LIVE, env=environment(DISCORD_GATEWAY_TOKEN=token))
                self.assertEqual(code, 77)
                self.assertIn('DISCORD_GATEWAY_TOKEN is not set', out)

    def test_every_step_against_the_sandbox(self):
        for transport in ('--tls', '--no-tls'):
            with self.subTest(transport=transport), Sandbox(SANDBOX, transport) as sandbox:
                token = sandbox.exports['DISCORD_BOT_TOKEN']
                code, out, err = run(LIVE, env=sandbox.environment(DISCORD_GATEWAY_TOKEN=token))
                self.assertEqual(code, 0, out + err)
                self.assertEqual(out.splitlines(), ['READY', 'a heartbeat acknowledged',
                                                    'a session resumed', 'closed with 1000'])
                summary = sandbox.summary()
                self.assertEqual((summary['identifies'], summary['resumes']), (1, 1))
                self.assertIn('left shard=0 code=1000', sandbox.out)
                self.assertEqual(sandbox.violations(), [])

    def test_refused_token_is_a_failure(self):
        with Sandbox(SANDBOX) as sandbox:
            code, _, err = run(LIVE, env=sandbox.environment(DISCORD_GATEWAY_TOKEN='wrong'))
            self.assertEqual(code, 1)
            self.assertIn('token', err)


if __name__ == '__main__':
    main(['LIVE', 'SANDBOX'])
