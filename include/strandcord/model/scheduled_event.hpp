#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// Discord documentation: resources/guild-scheduled-event, "Guild Scheduled Event Privacy Level".
enum class scheduled_event_privacy_level : std::int32_t {
    guild_only = 2,
};
STRANDCORD_EXTERN_ENUM(scheduled_event_privacy_level)

/// Discord documentation: resources/guild-scheduled-event, "Guild Scheduled Event Entity Types".
enum class scheduled_event_entity_type : std::int32_t {
    stage_instance = 1,
    voice = 2,
    external = 3,
};
STRANDCORD_EXTERN_ENUM(scheduled_event_entity_type)

/// Discord documentation: resources/guild-scheduled-event, "Guild Scheduled Event Status".
enum class scheduled_event_status : std::int32_t {
    scheduled = 1,
    active = 2,
    completed = 3,
    canceled = 4,
};
STRANDCORD_EXTERN_ENUM(scheduled_event_status)

/// Discord documentation: resources/guild-scheduled-event, "Recurrence Rule - Frequency".
enum class recurrence_frequency : std::int32_t {
    yearly = 0,
    monthly = 1,
    weekly = 2,
    daily = 3,
};
STRANDCORD_EXTERN_ENUM(recurrence_frequency)

/// Discord documentation: resources/guild-scheduled-event, "Recurrence Rule - Weekday".
enum class recurrence_weekday : std::int32_t {
    monday = 0,
    tuesday = 1,
    wednesday = 2,
    thursday = 3,
    friday = 4,
    saturday = 5,
    sunday = 6,
};
STRANDCORD_EXTERN_ENUM(recurrence_weekday)

/// Discord documentation: resources/guild-scheduled-event, "Recurrence Rule - Month".
enum class recurrence_month : std::int32_t {
    january = 1,
    february = 2,
    march = 3,
    april = 4,
    may = 5,
    june = 6,
    july = 7,
    august = 8,
    september = 9,
    october = 10,
    november = 11,
    december = 12,
};
STRANDCORD_EXTERN_ENUM(recurrence_month)

/// Discord documentation: resources/guild-scheduled-event, "Guild Scheduled Event Entity Metadata".
struct scheduled_event_entity_metadata {
    std::optional<std::string> location = {}; ///< 1-100 characters; required for EXTERNAL
};
STRANDCORD_EXTERN_MODEL(scheduled_event_entity_metadata)

/// Discord documentation: resources/guild-scheduled-event,
/// "Guild Scheduled Event Recurrence Rule - N_Weekday Structure".
struct recurrence_n_weekday {
    std::int32_t n = 0; ///< the first, second, ... of a month
    recurrence_weekday day = {};
};
STRANDCORD_EXTERN_MODEL(recurrence_n_weekday)

/// Discord documentation: resources/guild-scheduled-event,
/// "Guild Scheduled Event Recurrence Rule Structure".
struct recurrence_rule {
    timestamp start = {};
    nullable<timestamp> end = {};
    recurrence_frequency frequency = {};
    std::int32_t interval = 0;
    boxed<std::vector<recurrence_weekday>> by_weekday = {};
    boxed<std::vector<recurrence_n_weekday>> by_n_weekday = {};
    boxed<std::vector<recurrence_month>> by_month = {};
    boxed<std::vector<std::int32_t>> by_month_day = {};
    boxed<std::vector<std::int32_t>> by_year_day = {};
    nullable<std::int32_t> count = {};
};
STRANDCORD_EXTERN_MODEL(recurrence_rule)

/// Discord documentation: resources/guild-scheduled-event, "Guild Scheduled Event Structure".
struct scheduled_event {
    snowflake id = {};
    snowflake guild_id = {};
    nullable<snowflake> channel_id = {}; ///< null for external ones
    nullable<snowflake> creator_id = {}; ///< null for old events
    std::string name = {};
    nullable<std::string> description = {};
    timestamp scheduled_start_time = {};
    nullable<timestamp> scheduled_end_time = {}; ///< required for EXTERNAL
    scheduled_event_privacy_level privacy_level = {};
    scheduled_event_status status = {};
    scheduled_event_entity_type entity_type = {};
    nullable<snowflake> entity_id = {};
    boxed<scheduled_event_entity_metadata> entity_metadata = {};
    boxed<user> creator = {};                    ///< absent for old events
    std::optional<std::int64_t> user_count = {}; ///< with `with_user_count`
    nullable<std::string> image = {};
    boxed<strandcord::recurrence_rule> recurrence_rule = {};
};
STRANDCORD_EXTERN_MODEL(scheduled_event)

/// Discord documentation: resources/guild-scheduled-event, "Guild Scheduled Event User Structure".
struct scheduled_event_user {
    snowflake guild_scheduled_event_id = {};
    strandcord::user user = {};
    boxed<guild_member> member = {};
};
STRANDCORD_EXTERN_MODEL(scheduled_event_user)

} // namespace strandcord
