#pragma once

#include <strandcord/delivery.hpp>
#include <strandcord/draft/message.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/snowflake.hpp>
#include <strandcord/task.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace strandcord {

namespace detail {

template <class T>
concept has_id = requires(const T& object) { snowflake{object.id}; };
template <class T>
concept has_channel_id = requires(const T& object) { snowflake{object.channel_id}; };
template <class T>
concept has_token = requires(const T& object) { std::string_view{object.token}; };

task<message> reply_to_message(rest_client& rest, snowflake channel, snowflake message,
                               message_draft draft);
task<> reply_to_interaction(rest_client& rest, snowflake interaction, std::string token,
                            message_draft draft);

} // namespace detail

/// One delivery of the event `E`, decoded as `T`: the event's own type, or a struct of yours that
/// names the fields you read. Holds the decoded object; copies share it.
template <class E, class T = typename E::data>
class event : public delivery {
public:
    explicit event(delivery base) noexcept : delivery{std::move(base)} {}

    const T& operator*() const noexcept { return *static_cast<const T*>(object()); }
    const T* operator->() const noexcept { return static_cast<const T*>(object()); }

    /// Answers: a message that refers to this one (`task<message>`), or the response to an
    /// interaction (`task<>`, due within 3 seconds). Throws `error`. Discord documentation:
    /// resources/message "Create Message", interactions/receiving-and-responding.
    auto reply(message_draft draft) const {
        if constexpr (E::name == std::string_view{"INTERACTION_CREATE"}) {
            static_assert(
                detail::has_id<T> && detail::has_token<T>,
                "reply() to an interaction needs its id and token: add `sc::snowflake id` and "
                "`std::string token` to your struct and its BOOST_DESCRIBE_STRUCT");
            return detail::reply_to_interaction(rest(), (**this).id, (**this).token,
                                                std::move(draft));
        } else {
            static_assert(detail::has_channel_id<T>,
                          "reply() needs to know the channel: add `sc::snowflake channel_id` to "
                          "your struct and its "
                          "BOOST_DESCRIBE_STRUCT");
            static_assert(
                detail::has_id<T>,
                "reply() needs to know the message: add `sc::snowflake id` to your struct and its "
                "BOOST_DESCRIBE_STRUCT");
            return detail::reply_to_message(rest(), (**this).channel_id, (**this).id,
                                            std::move(draft));
        }
    }
};

/// An event of which nothing was decoded: name, raw JSON, shard and sequence only.
template <class E>
class event<E, void> : public delivery {
public:
    explicit event(delivery base) noexcept : delivery{std::move(base)} {}
};

} // namespace strandcord
