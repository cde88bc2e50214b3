#include "bot/checks.hpp"

#include "codec/inflate.hpp"

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
    if (options.heartbeat_interval)
        check_positive(*options.heartbeat_interval, "gateway.heartbeat_interval");
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
    if (options.grace.count() < 0)
        refuse("handlers.grace must not be negative; zero cancels running handlers at once");
}

void check_autoscale(std::chrono::milliseconds every) {
    if (every.count() != 0 && every < std::chrono::minutes{1})
        refuse(
            "autoscale_every must be zero or at least a minute: Discord's advice changes slowly");
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

void warn_about_missing_intents(const bot_detail::handler_list& handlers, intents effective,
                                const logger& log) {
    for (const auto& handler : handlers) {
        const auto& what = handler->what;
        if (!what.needs.empty() && (what.needs & effective).empty()) {
            const bool privileged = intents::privileged().has(what.needs);
            std::string text = "the " + what.event + " handler is never called without the ";
            text += privileged ? "privileged intent " : "intent ";
            text += to_string(what.needs);
            text +=
                privileged
                    ? "; enable it in the developer portal and name it in bot_config::privileged"
                    : "; it was left out by the configured intents";
            log.write(level::warning, "bot", {}, text,
                      {{"event", what.event},
                       {"handler", handler->place},
                       {"intent", to_string(what.needs)}});
            continue;
        }
        const bool content = what.event == "MESSAGE_CREATE" || what.event == "MESSAGE_UPDATE";
        if (!content || !what.type || effective.has(intent::message_content))
            continue;
        if (const auto field = first_content_field(*what.type); !field.empty())
            log.write(level::warning, "bot", {},
                      what.event + " handlers read `" + std::string{field} +
                          "`, which needs the privileged intent message_content; enable it in the "
                          "developer portal and "
                          "name it in bot_config::privileged",
                      {{"event", what.event},
                       {"handler", handler->place},
                       {"intent", "message_content"}});
    }
}

} // namespace strandcord
