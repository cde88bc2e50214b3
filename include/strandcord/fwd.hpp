#pragma once

namespace strandcord {

class bot;
class bot_engine;
class client;
class dispatcher;
class logger;
class memory_cache;
class meter;
class rest_client;
class session_store;
class shard;
class transport; ///< opens byte streams; real sockets unless a test or embedder brings its own
struct bot_config;
struct client_config;

namespace testing {
class discord;
}

} // namespace strandcord
