#pragma once

#include <strandcord/cache_policy.hpp>
#include <strandcord/draft/presence.hpp>
#include <strandcord/fwd.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/log.hpp>
#include <strandcord/shard_plan.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strandcord {

class gateway_source;
class identify_gate;

/// The environment variable's value. Throws `error` (`errc::invalid_configuration`) that names the
/// variable when it is not set or empty.
std::string env(const char* name);
/// The same, with a value for when it is not set or empty.
std::string env(const char* name, std::string_view otherwise);

/// Transport compression of the gateway connection.
/// Discord documentation: events/gateway, "Encoding and Compression".
enum class compression {
    automatic, ///< zstd-stream when built with libzstd, else zlib-stream
    none,
    zlib_stream,
    zstd_stream, ///< `errc::unsupported` when not built in
};

/// What happens to an event when `handler_options::in_flight` handlers are running on its shard.
enum class overflow {
    pause_reading, ///< nothing is lost: the connection is read again when a handler ends
    drop_newest,   ///< the event just received is dropped and counted
    drop_oldest,   ///< the longest-running handler is cancelled and counted
};

enum class payload_direction { received, sent };

/// Sees every payload as JSON text, inflated, before it is interpreted or sent. The token is in the
/// sent Identify and Resume: mask it before you store the text. Called on the shard's strand.
using payload_hook =
    std::function<void(int shard, payload_direction direction, std::string_view text)>;

/// The presence that a shard begins each session with; nothing: online. Called on the shard's
/// strand at each Identify, and once before anything connects.
using presence_source = std::function<std::optional<presence_draft>(shard_id)>;

/// The connection to the gateway. Every wait in it ends on cancellation.
struct gateway_options {
    compression compress = compression::automatic;
    /// Beats faster than Discord asks, for tests and debugging; never slower. At least 1 s.
    std::optional<std::chrono::milliseconds> heartbeat_interval = {};
    /// 50 to 250. Discord documentation: events/gateway-events, "Identify Structure".
    int large_threshold = 50;
    /// Bytes of one inflated payload; a longer one closes the connection and resumes.
    std::size_t maximum_payload = 512U * 1024 * 1024;
    std::chrono::milliseconds connect_timeout =
        std::chrono::seconds{20}; ///< TCP, TLS and WebSocket handshake together
    std::chrono::milliseconds hello_timeout = std::chrono::seconds{20};
    std::chrono::milliseconds write_timeout = std::chrono::seconds{20};
    std::chrono::milliseconds close_timeout = std::chrono::seconds{3};
    payload_hook on_payload = {};
};

/// `DISCORD_API_BASE` when set and not empty, else `https://discord.com/api/v10`.
std::string default_api_base();

/// REST calls.
struct rest_options {
    /// `http://` or `https://`, any host, port and path; the version is part of it.
    std::string api_base = default_api_base();
    /// One call, its waits for rate limits and its retries included.
    std::chrono::milliseconds timeout = std::chrono::seconds{60};
    /// Tries of one call on network faults, 5xx and 429.
    int attempts = 5;
};

/// How handlers run.
struct handler_options {
    /// Handlers running at once on one shard.
    std::size_t in_flight = 1024;
    overflow when_full = overflow::pause_reading;
    /// Longer-running handlers are cancelled and reported; zero: no limit.
    std::chrono::milliseconds deadline = {};
    /// A handler that runs this long, its waits for events apart, is named in the log: it may wait
    /// for something that never comes. One with a deadline when it is that late. Zero: never.
    std::chrono::milliseconds warn_after = std::chrono::minutes{5};
    /// After `stop()` handlers may finish for this long, then they are cancelled and reported.
    std::chrono::milliseconds grace = std::chrono::seconds{3};
};

/// Which sequence a `resume_point` carries to a later process.
enum class session_commit {
    received, ///< the last one received: work that a crash cuts off is not repeated
    /// The one before the first event whose handlers have not all returned: what a crash cuts off
    /// comes again. Handlers must bear to see an event twice.
    finished,
};

/// Everything a bot can be told. Only `token` has no default.
struct bot_config {
    /// From the developer portal, without `Bot `.
    std::string token = {};
    /// Privileged intents must be named; the others follow from the handlers.
    strandcord::intents privileged = {};
    /// Exactly these, whatever the handlers need. `DISCORD_GATEWAY_INTENTS` overrides this too.
    std::optional<strandcord::intents> intents = {};
    shard_plan shards = shard_plan::automatic();
    /// Who says where the gateway is and how many shards there should be; Discord's REST API unless
    /// set.
    std::shared_ptr<strandcord::gateway_source> gateway_source = {};
    /// A gate shared with other processes; one of this bot's own unless set.
    std::shared_ptr<strandcord::identify_gate> identify_gate = {};
    /// How often `bot::autoscale` is called by itself, also when a shard is closed with 4011; zero:
    /// never. Not with `shard_plan::range`.
    std::chrono::milliseconds autoscale_every = {};
    presence_source presence = {};
    gateway_options gateway = {};
    rest_options rest = {};
    handler_options handlers = {};
    /// See `bot::cache`.
    cache_options cache = cache_options::defaults();
    /// Sessions to continue, from `hand_over()`. One that does not fit is logged, and a new session
    /// is started instead.
    std::vector<resume_point> resume = {};
    /// Keeps sessions for a later process: loaded before anything connects, saved when a session
    /// begins or ends, within half a second while events flow, and at the end of `run()`. A shard
    /// that is in `resume` ignores what is stored for it. Empty: off.
    std::shared_ptr<session_store> sessions = {};
    session_commit commit = session_commit::finished;
    strandcord::logger log = strandcord::logger{level::info, stderr_sink()};
    std::shared_ptr<strandcord::meter> metrics = {};
    /// Real sockets unless set.
    std::shared_ptr<strandcord::transport> transport = {};
};

/// One shard without a bot.
struct client_config {
    std::string token = {};
    strandcord::intents intents = strandcord::intents::defaults();
    shard_id shard = {0, 1};
    presence_source presence = {};
    /// Asked of `/gateway/bot` when empty.
    std::string gateway_url = {};
    gateway_options gateway = {};
    rest_options rest = {};
    handler_options handlers = {};
    /// Nothing is kept unless said here.
    cache_options cache = {};
    /// The last three: see `bot_config`.
    std::vector<resume_point> resume = {};
    std::shared_ptr<session_store> sessions = {};
    session_commit commit = session_commit::finished;
    strandcord::logger log = strandcord::logger{level::info, stderr_sink()};
    std::shared_ptr<strandcord::meter> metrics = {};
    std::shared_ptr<strandcord::transport> transport = {};
};

} // namespace strandcord
