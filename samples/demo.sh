#!/bin/sh
# Shows a bot of four shards in an emulated Discord on this machine, over TLS and stream compression: no token, no
# network. Installs what is missing and builds the programs in build/ first.
#   sh samples/demo.sh
# Exit code 0: every event arrived, although one shard lost its connection on the way.
set -u

root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$root/tests/support/prepare.sh"

# A build directory that exists may be named, to show what it has.
if [ -n "${STRANDCORD_DEMO_BUILD:-}" ]; then
    build=$STRANDCORD_DEMO_BUILD
else
    prepare_packages
    prepare_build
    compile_programs
fi

seconds=${STRANDCORD_DEMO_SECONDS:-9}
work=$(mktemp -d) || exit 1
sandbox=
bot=

# Whatever happens, nothing is left behind.
clean_up() {
    trap - EXIT
    trap '' INT TERM HUP
    for each in $bot $sandbox; do
        kill "$each" 2>/dev/null
    done
    for each in $bot $sandbox; do
        wait "$each" 2>/dev/null
    done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

# value NAME FILE: of the last `NAME=value` in it.
value() {
    sed -n "s/.*\\b$1=\\([^ ]*\\).*/\\1/p" "$2" | tail -n 1
}

: >"$work/sandbox"
"$build/tools/strandcord-sandbox" --tls --shards 4 --max-concurrency 4 --guilds 24 --members 300 --rate 1000 \
    --conversation --drop-after $((seconds / 2)) --drop-shard 2 --duration "$seconds" >"$work/sandbox" &
sandbox=$!
until grep -q '^listening' "$work/sandbox"; do
    kill -0 "$sandbox" 2>/dev/null || fail 'the sandbox did not start'
    sleep 0.1
done
grep '^export ' "$work/sandbox" >"$work/environment"
. "$work/environment"
unset DISCORD_GATEWAY_INTENTS

printf 'An emulated Discord at %s: 24 guilds of 300 members, 1000 events a second.\n' "$DISCORD_API_BASE"
printf 'A bot of four shards on four threads; after %s seconds shard 2 loses its connection.\n\n' $((seconds / 2))
"$build/samples/demo/demo_bot" "$work/bot" &
bot=$!
# The sandbox ends after its time, and tells the bot to leave before that.
wait "$sandbox"
code=$?
sandbox=
[ "$code" -eq 0 ] || fail "the sandbox ended with exit code $code"
tries=100
while kill -0 "$bot" 2>/dev/null; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail 'the bot did not leave when it was told !bye'
    sleep 0.1
done
wait "$bot"
code=$?
bot=
[ "$code" -eq 0 ] || fail "the bot ended with exit code $code"

grep '^summary' "$work/sandbox" >"$work/sent" || fail 'the sandbox ended without a summary'
sent=$(value sent "$work/sent")
pings=$(value pings "$work/sent")
numbered=$(value messages "$work/sent")
violations=$(value violations "$work/sent")
delivered=$(value events "$work/bot")
twice=$(value twice "$work/bot")
replies=$(value replies "$work/bot")
resumes=$(value resumes "$work/bot")
cuts=$(value disconnects "$work/bot")
lost=$((sent - delivered))

cat <<EOF

Summary
  events sent          $sent, over TLS and stream compression, to 4 shards
  events delivered     $delivered
  events lost          $lost
  events twice         $twice
  numbered messages    $(value messages "$work/bot") of $numbered read, $(value messages_twice "$work/bot") of them twice
  !ping answered       $replies of $pings
  connections cut      $cuts; resumed: $resumes
  sandbox to handler   $(value latency "$work/bot") ms on average, $(value latency_worst "$work/bot") ms at worst
EOF

[ "$lost" -eq 0 ] && [ "$twice" -eq 0 ] && [ "$(value messages "$work/bot")" -eq "$numbered" ] ||
    fail 'events were lost or came twice'
[ "$cuts" -eq 1 ] && [ "$resumes" -eq 1 ] || fail 'the lost connection was not resumed'
[ "$replies" -eq "$pings" ] || fail 'not every !ping was answered'
[ "$violations" -eq 0 ] || { grep '^violation' "$work/sandbox" >&2; fail 'the bot broke rules of the protocol'; }
