# shellcheck shell=sh disable=SC2154
# Sourced by tests/run.sh and samples/demo.sh, after `root` is set to the top of the checkout:
# finds what is missing, installs it where that is known how, and configures $build.

build=$root/build
# Meson's unity files name sources by their whole path; with this ccache knows them in another checkout too.
export CCACHE_BASEDIR="$root"

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# One line for each Debian package that provides something this machine does not have.
missing_packages() {
    while read -r package kind what; do
        case $kind in
        command) command -v "${what%% *}" ;;
        module) pkg-config --exists "$what" 2>&1 ;;
        boost) printf '#include <boost/version.hpp>\n#if BOOST_VERSION < 108100\n#error old\n#endif\n' |
            ${CXX:-g++} -E -x c++ - 2>&1 ;;
        esac >/dev/null || printf '%s\n' "$package"
    done <<EOF
g++ command ${CXX:-g++}
meson command meson
ninja-build command ninja
pkg-config command pkg-config
python3 command python3
openssl command openssl
libboost1.81-dev boost 1.81
libssl-dev module openssl
libsimdjson-dev module simdjson
libfmt-dev module fmt
zlib1g-dev module zlib
libzstd-dev module libzstd
catch2 module catch2
EOF
}

is_debian_12() {
    [ -r /etc/os-release ] && command -v apt-get >/dev/null &&
        (. /etc/os-release && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ])
}

# install PACKAGE... with apt-get, as root or through sudo.
install_packages() {
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            die "these Debian packages are missing, and installing them needs root or sudo: $*"
        as_root=sudo
    fi
    printf 'Installing from Debian: %s\n' "$*"
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120"
    log=$(mktemp)
    # The lists are fetched only when they are absent or too old to be of use.
    if ! $apt install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null &&
        ! { $apt update && $apt install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "apt-get could not install: $*"
    fi
    rm -f "$log"
}

prepare_packages() {
    missing=$(missing_packages | tr '\n' ' ')
    [ -z "$missing" ] && return
    is_debian_12 || die "this is not Debian 12, so please install these yourself (Debian's names): $missing"
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing
    missing=$(missing_packages | tr '\n' ' ')
    [ -z "$missing" ] || die "still missing after installing: $missing"
}

# prepare_build [MESON OPTION...]: configures $build, anew when the options, the compiler or the checkout's place changed.
prepare_build() {
    wanted="$root|${CXX:-g++}|${CXXFLAGS:-}|$*"
    if [ -f "$build/build.ninja" ] && [ "$(cat "$build/strandcord-configuration" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    rm -rf "$build"
    # Optimised without debug information: this is also what the demo and the benchmarks run.
    # Both kinds of library, to be installed by the consumer test from where they are.
    meson setup "$build" "$root" -Doptimization=2 -Ddebug=false -Db_ndebug=false \
        -Ddefault_library=both -Dpkgconfig.relocatable=true "$@" ||
        die "meson could not configure the build, see above"
    printf '%s' "$wanted" >"$build/strandcord-configuration"
}

# compile [TARGET...]: what changed; silent but for ninja's progress.
compile() {
    ninja -C "$build" -j "$(nproc 2>/dev/null || echo 2)" "$@" || die "the build failed, see above"
}

# compile_programs: the installed programs and the samples, and not the tests.
compile_programs() {
    # shellcheck disable=SC2046 # target names have no spaces
    compile $(meson introspect "$build" --targets | python3 -c '
import json, os, sys
for target in json.load(sys.stdin):
    where = os.path.relpath(target["defined_in"], sys.argv[1])
    if target["type"] == "executable" and where.split("/")[0] in ("tools", "samples"):
        print(os.path.relpath(target["filename"][0], sys.argv[2]))
' "$root" "$build")
}
