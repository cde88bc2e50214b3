#pragma once

#include <strandcord/draft/embed.hpp>
#include <strandcord/snowflake.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// Who a message may notify. Without one Discord notifies everybody the text mentions.
/// Discord documentation: resources/message, "Allowed Mentions Object".
class mention_rule {
public:
    /// Nobody, whatever the text says.
    static mention_rule nobody() { return mention_rule{}; }
    /// Every user mentioned, but no role and not `@everyone`.
    static mention_rule users_only() {
        mention_rule rule;
        rule.parse_.emplace_back("users");
        return rule;
    }

    /// The author of the message replied to as well.
    mention_rule&& replied_user() && {
        replied_user_ = true;
        return std::move(*this);
    }
    /// This user, if the text mentions them; not together with `users_only()`.
    mention_rule&& user(snowflake id) && {
        users_.push_back(id);
        return std::move(*this);
    }
    /// This role, if the text mentions it.
    mention_rule&& role(snowflake id) && {
        roles_.push_back(id);
        return std::move(*this);
    }

    const std::vector<std::string>& parse() const noexcept { return parse_; }
    const std::vector<snowflake>& users() const noexcept { return users_; }
    const std::vector<snowflake>& roles() const noexcept { return roles_; }
    bool notifies_replied_user() const noexcept { return replied_user_; }

private:
    mention_rule() = default;
    std::vector<std::string> parse_;
    std::vector<snowflake> users_;
    std::vector<snowflake> roles_;
    bool replied_user_ = false;
};

/// A message to send; a text converts to one. Fluent:
/// `sc::message_draft("Gone.").with(sc::embed().title("Receipt")).ephemeral()`.
/// Discord documentation: resources/message, "Create Message".
class message_draft {
public:
    message_draft() noexcept {} // NOLINT: a constructor of its own keeps it from being an aggregate
    message_draft(std::string text) : content_{std::move(text)} {}
    message_draft(std::string_view text) : content_{text} {}
    message_draft(const char* text) : content_{text} {}

    /// At most 2000 characters.
    message_draft&& content(std::string text) && {
        content_ = std::move(text);
        return std::move(*this);
    }
    /// At most 10 of them.
    message_draft&& with(embed one) && {
        embeds_.push_back(std::move(one));
        return std::move(*this);
    }
    /// Refers to this message of the same channel; it is sent as an ordinary message when that one
    /// is gone.
    message_draft&& reply_to(snowflake message_id) && {
        reply_to_ = message_id;
        return std::move(*this);
    }
    /// Interaction responses only: visible to the one who asked.
    message_draft&& ephemeral() && {
        ephemeral_ = true;
        return std::move(*this);
    }
    message_draft&& mentions(mention_rule rule) && {
        mentions_ = std::move(rule);
        return std::move(*this);
    }

    const std::optional<std::string>& content() const& noexcept { return content_; }
    const std::vector<embed>& embeds() const& noexcept { return embeds_; }
    const std::optional<snowflake>& reply_to() const& noexcept { return reply_to_; }
    bool is_ephemeral() const noexcept { return ephemeral_; }
    const std::optional<mention_rule>& mentions() const& noexcept { return mentions_; }

private:
    std::optional<std::string> content_;
    std::vector<embed> embeds_;
    std::optional<snowflake> reply_to_;
    std::optional<mention_rule> mentions_;
    bool ephemeral_ = false;
};

// An aggregate temporary inside a co_await expression is destroyed twice by GCC 12.
static_assert(!std::is_aggregate_v<mention_rule>);
static_assert(!std::is_aggregate_v<message_draft>);

} // namespace strandcord
