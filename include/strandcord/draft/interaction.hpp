#pragma once

#include <strandcord/draft/message.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace strandcord {

/// The first answer to an interaction; a message or a text converts to one.
/// Discord documentation: interactions/receiving-and-responding, "Interaction Response Object".
class interaction_response {
public:
    enum class kind {
        pong = 1,
        message = 4,
        deferred_message = 5, ///< "is thinking", the message follows within 15 minutes
        deferred_update = 6,  ///< components only: acknowledges, changes nothing
        update_message = 7,   ///< components only: replaces the message the component is on
    };

    interaction_response(message_draft draft) : what_{kind::message}, message_{std::move(draft)} {}
    interaction_response(std::string text) : interaction_response{message_draft{std::move(text)}} {}
    interaction_response(const char* text) : interaction_response{message_draft{text}} {}

    static interaction_response update(message_draft draft) {
        return interaction_response{kind::update_message, std::move(draft)};
    }
    /// Ephemeral is decided here and stays.
    static interaction_response deferred(bool ephemeral = false) {
        std::optional<message_draft> only_flags;
        if (ephemeral)
            only_flags = message_draft{}.ephemeral();
        return interaction_response{kind::deferred_message, std::move(only_flags)};
    }
    static interaction_response deferred_update() {
        return interaction_response{kind::deferred_update, std::nullopt};
    }

    kind what() const noexcept { return what_; }
    const std::optional<message_draft>& data() const noexcept { return message_; }

private:
    interaction_response(kind what, std::optional<message_draft> draft)
        : what_{what}, message_{std::move(draft)} {}
    kind what_;
    std::optional<message_draft> message_;
};

// An aggregate temporary inside a co_await expression is destroyed twice by GCC 12.
static_assert(!std::is_aggregate_v<interaction_response>);

} // namespace strandcord
