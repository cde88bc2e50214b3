#pragma once

#include <strandcord/timestamp.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// How the bot appears.
/// Discord documentation: events/gateway-events, "Status Types".
enum class online_status { online, dnd, idle, invisible, offline };

/// What the bot is shown to be doing: of an activity Discord takes these four members from bots.
/// Discord documentation: events/gateway-events, "Activity Object".
class activity_draft {
public:
    enum class kind {
        playing = 0,
        streaming = 1,
        listening = 2,
        watching = 3,
        custom = 4,
        competing = 5
    };

    static activity_draft playing(std::string name) { return {kind::playing, std::move(name)}; }
    /// `url` on twitch.tv or youtube.com; the call that sends another throws
    /// `errc::invalid_argument`.
    static activity_draft streaming(std::string name, std::string url) {
        activity_draft out{kind::streaming, std::move(name)};
        out.url_ = std::move(url);
        return out;
    }
    static activity_draft listening_to(std::string name) {
        return {kind::listening, std::move(name)};
    }
    static activity_draft watching(std::string name) { return {kind::watching, std::move(name)}; }
    static activity_draft competing_in(std::string name) {
        return {kind::competing, std::move(name)};
    }
    /// A text alone.
    static activity_draft custom(std::string text) {
        // Not shown, but it has to be there.
        activity_draft out{kind::custom, "Custom Status"};
        out.state_ = std::move(text);
        return out;
    }

    /// A second line.
    activity_draft&& state(std::string text) && {
        state_ = std::move(text);
        return std::move(*this);
    }

    kind what() const noexcept { return what_; }
    const std::string& name() const& noexcept { return name_; }
    const std::optional<std::string>& state() const& noexcept { return state_; }
    const std::optional<std::string>& url() const& noexcept { return url_; }

private:
    activity_draft(kind what, std::string name) : what_{what}, name_{std::move(name)} {}
    kind what_;
    std::string name_;
    std::optional<std::string> state_;
    std::optional<std::string> url_;
};

/// A presence to set:
/// `sc::presence_draft::idle().with(sc::activity_draft::watching("the logs"))`.
/// Discord documentation: events/gateway-events, "Update Presence".
class presence_draft {
public:
    /// Online, doing nothing.
    presence_draft() noexcept {
    } // NOLINT: a constructor of its own keeps it from being an aggregate
    presence_draft(online_status status) noexcept : status_{status} {}

    static presence_draft online() { return online_status::online; }
    static presence_draft dnd() { return online_status::dnd; }
    static presence_draft idle() { return online_status::idle; }
    static presence_draft invisible() { return online_status::invisible; }

    presence_draft&& with(activity_draft activity) && {
        activities_.push_back(std::move(activity));
        return std::move(*this);
    }
    /// Idle since then. Without it `idle` counts from the moment of sending.
    presence_draft&& since(timestamp moment) && {
        since_ = moment;
        return std::move(*this);
    }
    presence_draft&& afk(bool away = true) && {
        afk_ = away;
        return std::move(*this);
    }

    online_status status() const noexcept { return status_; }
    const std::vector<activity_draft>& activities() const& noexcept { return activities_; }
    const std::optional<timestamp>& since() const& noexcept { return since_; }
    bool is_afk() const noexcept { return afk_; }

private:
    online_status status_ = online_status::online;
    std::vector<activity_draft> activities_;
    std::optional<timestamp> since_;
    bool afk_ = false;
};

// An aggregate temporary inside a co_await expression is destroyed twice by GCC 12.
static_assert(!std::is_aggregate_v<activity_draft>);
static_assert(!std::is_aggregate_v<presence_draft>);

} // namespace strandcord
