#pragma once

#include <strandcord/model/integration.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(integration_account, (), (id, name))

BOOST_DESCRIBE_STRUCT(integration, (),
                      (id, name, type, enabled, syncing, role_id, enable_emoticons, expire_behavior,
                       expire_grace_period, user, account, synced_at, subscriber_count, revoked,
                       application, scopes))

} // namespace strandcord
