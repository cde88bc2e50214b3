#include "bot/checks.hpp"

#include "codec/inflate.hpp"
#include "shards/planner.hpp"

#include <strandcord/error.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace strandcord {

namespace {

[[noreturn]] void refuse(std::string sentence) {
    throw error{errc::invalid_configuration, std::move(sentence)};
}

template <class Duration>
void check_positive(Duration length, const char* name) {
    if (length.count() <= 0)
        refuse(std::string{name} + " must be longer than zero");
}

/// Discord blanks these without message_content. Discord documentation: events/gateway, "Message
/// Content Intent".
constexpr std::array<std::string_view, 5> content_fields{"content", "embeds", "attachments",
                                                         "components", "poll"};

std::string_view first_content_field(const codec::type_desc& type) {
    for (const auto& field : type)
        if (std::find(content_fields.begin(), content_fields.end(), field.json_name()) !=
            content_fields.end())
            return field.json_name();
    return {};
}

} // namespace

void check_gateway(const gateway_options& options) {
    if (options.heartbeat_interval && *options.heartbeat_interval < std::chrono::seconds{1})
        refuse("gateway.heartbeat_interval must be at least 1 s: Discord closes a connection that "
               "sends more than 120 payloads in 60 s, and beats are some of them");
    if (options.large_threshold < 50 || options.large_threshold > 250)
        refuse("gateway.large_threshold must be from 50 to 250, not " +
               std::to_string(options.large_threshold));
    if (options.maximum_payload < 4096)
        refuse("gateway.maximum_payload must be at least 4096 bytes, or not even Hello would pass");
    check_positive(options.connect_timeout, "gateway.connect_timeout");
    check_positive(options.hello_timeout, "gateway.hello_timeout");
    check_positive(options.write_timeout, "gateway.write_timeout");
    check_positive(options.close_timeout, "gateway.close_timeout");
    codec::make_inflater(codec::resolve(options.compress),
                         options.maximum_payload); // throws when not built in
}

void check_handlers(const handler_options& options) {
    if (options.in_flight == 0)
        refuse("handlers.in_flight must be at least 1, or no handler could ever run");
    if (options.deadline.count() < 0)
        refuse("handlers.deadline must not be negative; zero means no deadline");
    if (options.warn_after.count() < 0)
        refuse("handlers.warn_after must not be negative; zero means that long runs are not told "
               "of");
    if (options.grace.count() < 0)
        refuse("handlers.grace must not be negative; zero cancels running handlers at once");
}

void check_registration(const registration& how) {
    if (how.deadline.count() < 0)
        refuse("the deadline of a handler must not be negative; zero means that of "
               "handlers.deadline");
    if (how.retries < 0 || how.retry_after.count() < 0)
        refuse("retries and retry_after of a handler must not be negative");
    if (how.queued == 0 && how.when_full == overflow::pause_reading &&
        (how.order != order_by::none || how.in_flight != 0))
        refuse("a handler that pauses reading when its queue is full needs a queue: `queued` must "
               "be at least 1");
}

void check_autoscale(std::chrono::milliseconds every, const shard_plan& plan) {
    if (every.count() != 0 && every < std::chrono::minutes{1})
        refuse(
            "autoscale_every must be zero or at least a minute: Discord's advice changes slowly");
    if (every.count() != 0 && shards::runs_a_part(plan))
        refuse("autoscale_every does not go with shard_plan::range, because the other shards run "
               "in other processes; use shard_plan::chosen_by, or reshard them together");
}

void check_intents(intents asked) {
    if (const intents unknown{asked.bits() & ~intents::all().bits()}; !unknown.empty())
        refuse("the intents contain bits that Discord has not defined: " + to_string(unknown) +
               "; Discord would close the connection with 4013");
}

intents effective_intents(intents needed, intents privileged, const std::optional<intents>& exact) {
    if (const char* text = std::getenv("DISCORD_GATEWAY_INTENTS"); text && *text)
        return intents::from_env();
    if (exact)
        return *exact;
    // By bits: `~` keeps to defined intents, and what is not defined must reach `check_intents`.
    return (needed & ~intents::privileged()) | privileged;
}

bool starves(intents needs, intents effective) noexcept {
    return !needs.empty() && (needs & effective).empty();
}

namespace {

/// Comes for the bot's own member whatever the intents. Discord documentation: events/gateway,
/// "Caveats".
bool comes_for_oneself(std::string_view event) noexcept {
    return event == "GUILD_MEMBER_UPDATE";
}

std::string without(const std::string& what, intents needs) {
    const bool privileged = intents::privileged().has(needs);
    std::string text = what + " without the ";
    text += privileged ? "privileged intent " : "intent ";
    text += to_string(needs);
    text += privileged ? "; enable it in the developer portal and name it in bot_config::privileged"
                       : "; it was left out by the configured intents";
    return text;
}

/// Handlers that lack the same.
struct lacking {
    intents needs = {};
    bool but_for_oneself = false;
    std::string events = {};
    std::string handlers = {};

    void add(const bot_detail::registered& one) {
        if (events.find(one.call.event) == std::string::npos)
            events += (events.empty() ? "" : ", ") + one.call.event;
        if (handlers.find(one.name) == std::string::npos)
            handlers += (handlers.empty() ? "" : ", ") + one.name;
    }
};

bool reads_blanked_content(const bot_detail::registered& one) {
    const bool content = one.call.event == "MESSAGE_CREATE" || one.call.event == "MESSAGE_UPDATE";
    return content && one.call.what.type && !first_content_field(*one.call.what.type).empty();
}

} // namespace

void warn_about_missing_intents(const bot_detail::handler_list& handlers, intents effective,
                                const logger& log) {
    std::vector<lacking> starving;
    lacking blanked;
    std::string_view field;
    for (const auto& one : handlers) {
        if (starves(one->call.what.needs, effective)) {
            const lacking what{one->call.what.needs, comes_for_oneself(one->call.event)};
            auto group = std::find_if(starving.begin(), starving.end(), [&](const auto& each) {
                return each.needs == what.needs && each.but_for_oneself == what.but_for_oneself;
            });
            if (group == starving.end())
                group = starving.insert(group, what);
            group->add(*one);
        } else if (!effective.has(intent::message_content) && reads_blanked_content(*one)) {
            blanked.add(*one);
            field = first_content_field(*one->call.what.type);
        }
    }
    for (const auto& group : starving)
        log.write(level::warning, "bot", {},
                  without("handlers of " + group.events +
                              (group.but_for_oneself ? " are called for the bot's own member only"
                                                     : " are never called"),
                          group.needs),
                  {{"event", group.events},
                   {"handler", group.handlers},
                   {"intent", to_string(group.needs)}});
    if (!blanked.events.empty())
        log.write(level::warning, "bot", {},
                  blanked.events + " handlers read `" + std::string{field} +
                      "`, which needs the privileged intent message_content; enable it in the "
                      "developer portal and name it in bot_config::privileged",
                  {{"event", blanked.events},
                   {"handler", blanked.handlers},
                   {"intent", "message_content"}});
}

void warn_of_starving_wait(const detail::interest& what, const logger& log) {
    const std::string event{what.event};
    log.write(level::warning, "bot", {},
              without("a wait for " + event +
                          (comes_for_oneself(event) ? " hears of the bot's own member only"
                                                    : " never ends"),
                      what.needs),
              {{"event", event}, {"intent", to_string(what.needs)}});
}

} // namespace strandcord
