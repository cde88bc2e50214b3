#pragma once

#include <strandcord/intents.hpp>
#include <strandcord/model/monetization.hpp>

namespace strandcord {

struct entitlement_create {
    using data = entitlement;
    static constexpr std::string_view name = "ENTITLEMENT_CREATE";
    static constexpr intents needs = {};
};

/// Of a subscription: only when it ends.
struct entitlement_update {
    using data = entitlement;
    static constexpr std::string_view name = "ENTITLEMENT_UPDATE";
    static constexpr intents needs = {};
};

/// Refunded or taken back; not sent when it merely expires.
struct entitlement_delete {
    using data = entitlement;
    static constexpr std::string_view name = "ENTITLEMENT_DELETE";
    static constexpr intents needs = {};
};

/// Its status may still be inactive.
struct subscription_create {
    using data = subscription;
    static constexpr std::string_view name = "SUBSCRIPTION_CREATE";
    static constexpr intents needs = {};
};

struct subscription_update {
    using data = subscription;
    static constexpr std::string_view name = "SUBSCRIPTION_UPDATE";
    static constexpr intents needs = {};
};

struct subscription_delete {
    using data = subscription;
    static constexpr std::string_view name = "SUBSCRIPTION_DELETE";
    static constexpr intents needs = {};
};

} // namespace strandcord
