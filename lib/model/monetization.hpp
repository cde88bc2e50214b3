#pragma once

#include <strandcord/model/monetization.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(entitlement, (),
                      (id, sku_id, application_id, user_id, type, deleted, starts_at, ends_at,
                       guild_id, consumed))

BOOST_DESCRIBE_STRUCT(sku, (), (id, type, application_id, name, slug, flags))

BOOST_DESCRIBE_STRUCT(subscription, (),
                      (id, user_id, sku_ids, entitlement_ids, renewal_sku_ids, current_period_start,
                       current_period_end, status, canceled_at, country))

} // namespace strandcord
