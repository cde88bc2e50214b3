#pragma once

#include <strandcord/model/scheduled_event.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(scheduled_event_entity_metadata, (), (location))

BOOST_DESCRIBE_STRUCT(recurrence_n_weekday, (), (n, day))

BOOST_DESCRIBE_STRUCT(recurrence_rule, (),
                      (start, end, frequency, interval, by_weekday, by_n_weekday, by_month,
                       by_month_day, by_year_day, count))

BOOST_DESCRIBE_STRUCT(scheduled_event, (),
                      (id, guild_id, channel_id, creator_id, name, description,
                       scheduled_start_time, scheduled_end_time, privacy_level, status, entity_type,
                       entity_id, entity_metadata, creator, user_count, image, recurrence_rule))

BOOST_DESCRIBE_STRUCT(scheduled_event_user, (), (guild_scheduled_event_id, user, member))

} // namespace strandcord
