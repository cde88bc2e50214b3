#pragma once

#include "model/integration.hpp"

#include <strandcord/events/integration.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(guild_integrations_update_data, (), (guild_id))

BOOST_DESCRIBE_STRUCT(integration_event_data, (integration), (guild_id))

BOOST_DESCRIBE_STRUCT(integration_delete_data, (), (id, guild_id, application_id))

BOOST_DESCRIBE_STRUCT(webhooks_update_data, (), (guild_id, channel_id))

} // namespace strandcord
