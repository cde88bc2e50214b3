#pragma once

// Everything a bot needs. `strandcord/testing/...` and `strandcord/format.hpp` are included by
// those who use them.

#include <strandcord/bot.hpp>
#include <strandcord/cache.hpp>
#include <strandcord/client.hpp>
#include <strandcord/color.hpp>
#include <strandcord/config.hpp>
#include <strandcord/dispatcher.hpp>
#include <strandcord/effective_permissions.hpp>
#include <strandcord/error.hpp>
#include <strandcord/event.hpp>
#include <strandcord/events/all.hpp>
#include <strandcord/image.hpp>
#include <strandcord/intents.hpp>
#include <strandcord/json.hpp>
#include <strandcord/log.hpp>
#include <strandcord/mention.hpp>
#include <strandcord/metrics.hpp>
#include <strandcord/registration.hpp>
#include <strandcord/rest.hpp>
#include <strandcord/session_store.hpp>
#include <strandcord/shard.hpp>
#include <strandcord/snowflake.hpp>
#include <strandcord/task.hpp>
#include <strandcord/timestamp.hpp>
#include <strandcord/version.hpp>
