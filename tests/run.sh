#!/bin/sh
# Installs what is missing, builds in build/, runs every test.
#   sh tests/run.sh [ARGUMENT...]        arguments go to `meson test`: --suite unit, -v, a test's name
#   STRANDCORD_MESON_OPTIONS="--werror"  more options for `meson setup`
set -u

case ${1:-} in
-h | --help)
    sed -n '2,4s/^# *//p' "$0"
    exit 0
    ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$root/tests/support/prepare.sh"

prepare_packages
# shellcheck disable=SC2086 # a list of words
prepare_build ${STRANDCORD_MESON_OPTIONS:-}
compile

rm -f "$build/meson-logs/testlog.json"
meson test -C "$build" --no-rebuild --print-errorlogs --num-processes "$(nproc 2>/dev/null || echo 2)" "$@"
status=$?
python3 "$root/tests/support/summary.py" "$build/meson-logs/testlog.json" || status=1
exit $status
