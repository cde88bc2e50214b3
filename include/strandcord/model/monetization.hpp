#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>

namespace strandcord {

/// Discord documentation: resources/entitlement, "Entitlement Types".
enum class entitlement_type : std::int32_t {
    purchase = 1,
    premium_subscription = 2,
    developer_gift = 3,
    test_mode_purchase = 4,
    free_purchase = 5,
    user_gift = 6,
    premium_purchase = 7,
    application_subscription = 8,
};
STRANDCORD_EXTERN_ENUM(entitlement_type)

/// Discord documentation: resources/sku, "SKU Types".
enum class sku_type : std::int32_t {
    durable = 2,
    consumable = 3,
    subscription = 5,
    subscription_group = 6,
};
STRANDCORD_EXTERN_ENUM(sku_type)

/// Discord documentation: resources/sku, "SKU Flags".
enum class sku_flag : std::uint64_t {
    available = 1ULL << 2,
    guild_subscription = 1ULL << 7,
    user_subscription = 1ULL << 8,
};
STRANDCORD_EXTERN_ENUM(sku_flag)

/// Discord documentation: resources/subscription, "Subscription Statuses".
enum class subscription_status : std::int32_t {
    active = 0,
    inactive = 1,
    ending = 2,
};
STRANDCORD_EXTERN_ENUM(subscription_status)

/// Discord documentation: resources/entitlement, "Entitlement Structure".
struct entitlement {
    snowflake id = {};
    snowflake sku_id = {};
    snowflake application_id = {};
    std::optional<snowflake> user_id = {};
    entitlement_type type = {};
    bool deleted = false;
    nullable<timestamp> starts_at = {}; ///< null: always valid (test entitlements)
    nullable<timestamp> ends_at = {};   ///< null: no end
    std::optional<snowflake> guild_id = {};
    std::optional<bool> consumed = {}; ///< consumables
};
STRANDCORD_EXTERN_MODEL(entitlement)

/// Discord documentation: resources/sku, "SKU Structure".
struct sku {
    snowflake id = {};
    sku_type type = {};
    snowflake application_id = {};
    std::string name = {};
    std::string slug = {};
    flag_set<sku_flag> flags = {};
};
STRANDCORD_EXTERN_MODEL(sku)

/// Discord documentation: resources/subscription, "Subscription Object".
struct subscription {
    snowflake id = {};
    snowflake user_id = {};
    std::vector<snowflake> sku_ids = {};
    std::vector<snowflake> entitlement_ids = {};
    boxed<std::vector<snowflake>> renewal_sku_ids = {};
    timestamp current_period_start = {};
    timestamp current_period_end = {};
    subscription_status status = {};
    nullable<timestamp> canceled_at = {};
    std::optional<std::string> country = {}; ///< ISO 3166-1 alpha-2; private scope only
};
STRANDCORD_EXTERN_MODEL(subscription)

} // namespace strandcord
