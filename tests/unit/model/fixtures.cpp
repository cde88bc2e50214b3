#include "fixtures.hpp"

#include <strandcord/events/all.hpp>
#include <strandcord/model/gateway.hpp>
#include <strandcord/model/guild_widget.hpp>
#include <strandcord/model/onboarding.hpp>
#include <strandcord/model/webhook.hpp>

#include <catch2/catch.hpp>
#include <fstream>
#include <initializer_list>
#include <sstream>

namespace fixtures {

namespace sc = strandcord;

namespace {

template <class T>
void add(std::vector<subject>& to, const std::string& name, std::initializer_list<int> numbers) {
    for (const int number : numbers)
        to.push_back({name + '-' + std::to_string(number), &sc::codec::describe<T>(),
                      &sc::codec::table<T>::create, 0});
}

std::vector<subject> list() {
    std::vector<subject> to;
    add<sc::activity>(to, "activity", {1});
    add<sc::application>(to, "application", {1});
    add<sc::application_command>(to, "application-command", {1, 3, 4, 6, 7, 9, 10});
    add<sc::integration>(to, "audit-log", {1});
    add<sc::automod_rule>(to, "auto-moderation", {1});
    add<sc::ban>(to, "ban", {1});
    add<sc::channel>(to, "channel", {1, 3, 4, 6, 7});
    add<sc::message>(to, "component-message", {1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16});
    add<sc::interaction>(to, "component-modal", {1, 3, 4, 6, 7, 9, 10, 12});
    add<sc::emoji>(to, "emoji", {1, 3, 4});
    add<sc::entitlement>(to, "entitlement", {1});
    add<sc::gateway_bot>(to, "gateway-url", {1});
    add<sc::guild>(to, "guild", {1});
    add<sc::guild_create_data>(to, "guild", {1});
    add<sc::invite>(to, "guild", {3});
    add<sc::guild_member>(to, "guild-member", {1});
    add<sc::guild_member_add_data>(to, "guild-member", {1});
    add<sc::guild_widget_settings>(to, "guild-widget", {1});
    add<sc::interaction>(to, "application-command", {12});
    add<sc::interaction>(to, "interaction-command", {1, 3, 4});
    add<sc::interaction>(to, "interaction-component", {1, 3, 4, 6});
    add<sc::interaction>(to, "interaction-modal-submit", {1, 3, 4, 6, 7, 9, 10});
    add<sc::invite>(to, "invite", {1});
    add<sc::message>(to, "message", {1, 3, 4});
    add<sc::guild_onboarding>(to, "onboarding", {1});
    add<sc::role>(to, "role", {1});
    add<sc::sku>(to, "sku", {1});
    add<sc::soundboard_sound>(to, "soundboard", {1});
    add<sc::stage_instance>(to, "stage-instance", {1});
    add<sc::sticker>(to, "sticker", {1});
    add<sc::subscription>(to, "subscription", {1});
    add<sc::unavailable_guild>(to, "unavailable-guild", {1});
    add<sc::user>(to, "user", {1});
    add<sc::voice_server>(to, "voice-server-update", {1});
    add<sc::voice_state>(to, "voice-state", {1});
    add<sc::webhook>(to, "webhook", {1, 3});
    add<sc::welcome_screen>(to, "welcome-screen", {1});
    for (subject& of : to)
        if (of.name == "interaction-modal-submit-7")
            of.refused = 1;
    return to;
}

} // namespace

const std::vector<subject>& all() {
    static const std::vector<subject> subjects = list();
    return subjects;
}

std::string text_of(const subject& of) {
    std::ifstream file{STRANDCORD_TEST_DATA "/docs/" + of.name + ".json", std::ios::binary};
    CAPTURE(of.name);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::shared_ptr<void> decoded(const subject& of, std::string_view text,
                              sc::codec::decode_report& report) {
    auto object = of.create();
    sc::codec::decode(*of.type, object.get(), text, report);
    return object;
}

std::string encoded(const subject& of, const void* object) {
    std::string text;
    sc::codec::encode(*of.type, object, text);
    return text;
}

} // namespace fixtures
