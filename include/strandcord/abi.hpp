#pragma once

#include <boost/asio/version.hpp>

// Asio is header-only on both sides of this library's boundary, so a program and the library must
// agree on its version and on the macros that change its types. The name of one function spells all
// of them; the library defines it for its own build, and `bot`'s inline constructors call it for
// the program's. A disagreement is an undefined reference that names both sides' settings, and not
// a crash at run time.

#if defined(BOOST_ASIO_SEPARATE_COMPILATION)
#define STRANDCORD_ABI_FORM separate
#else
#define STRANDCORD_ABI_FORM header_only
#endif

#if defined(BOOST_ASIO_ENABLE_HANDLER_TRACKING) || defined(BOOST_ASIO_CUSTOM_HANDLER_TRACKING)
#define STRANDCORD_ABI_TRACKING tracked
#else
#define STRANDCORD_ABI_TRACKING untracked
#endif

#if defined(BOOST_ASIO_DISABLE_THREADS)
#define STRANDCORD_ABI_THREADS threadless
#else
#define STRANDCORD_ABI_THREADS threaded
#endif

#if defined(BOOST_ASIO_HAS_IO_URING_AS_DEFAULT) ||                                                 \
    (defined(BOOST_ASIO_HAS_IO_URING) && defined(BOOST_ASIO_DISABLE_EPOLL))
#define STRANDCORD_ABI_REACTOR io_uring
#elif defined(BOOST_ASIO_DISABLE_EPOLL)
#define STRANDCORD_ABI_REACTOR no_epoll
#elif defined(BOOST_ASIO_DISABLE_TIMERFD)
#define STRANDCORD_ABI_REACTOR no_timerfd
#else
#define STRANDCORD_ABI_REACTOR usual_reactor
#endif

// Where coroutine frames come from: one side must not give back what the other side took.
#if defined(BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
#define STRANDCORD_ABI_FRAMES plain_frames
#else
#define STRANDCORD_ABI_FRAMES recycled_frames
#endif

#define STRANDCORD_ABI_JOIN(version, form, tracking, threads, reactor, frames)                     \
    built_with_asio_##version##_##form##_##tracking##_##threads##_##reactor##_##frames
#define STRANDCORD_ABI_EXPAND(version, form, tracking, threads, reactor, frames)                   \
    STRANDCORD_ABI_JOIN(version, form, tracking, threads, reactor, frames)
#define STRANDCORD_ABI_SYMBOL                                                                      \
    STRANDCORD_ABI_EXPAND(BOOST_ASIO_VERSION, STRANDCORD_ABI_FORM, STRANDCORD_ABI_TRACKING,        \
                          STRANDCORD_ABI_THREADS, STRANDCORD_ABI_REACTOR, STRANDCORD_ABI_FRAMES)

namespace strandcord::abi {

/// Proof that the caller and the library were built against the same Asio in the same modes.
struct tag {};

/// Defined in the library under the name that its own build gave it.
tag STRANDCORD_ABI_SYMBOL() noexcept;

/// Links only when both sides agree.
inline tag built_with() noexcept {
    return STRANDCORD_ABI_SYMBOL();
}

} // namespace strandcord::abi
