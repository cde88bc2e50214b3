#!/bin/sh
# Installs what is missing and builds the programs in build/.
#   sh samples/demo.sh
set -u

root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$root/tests/support/prepare.sh"

prepare_packages
prepare_build
compile_programs
