#include "fixtures.hpp"

#include "testing/json.hpp"

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

class subjects {
public:
    std::vector<subject> all;

    template <class T>
    void add(const std::string& name, std::initializer_list<int> numbers,
             std::string_view event = {}) {
        for (const int number : numbers)
            add_one<T>(name + '-' + std::to_string(number), {}, event);
    }
    /// Objects that are a part of the example.
    template <class T>
    void inside(const std::string& name, std::initializer_list<int> numbers,
                const std::string& where) {
        for (const int number : numbers)
            add_one<T>(name + '-' + std::to_string(number), where, {});
    }

private:
    template <class T>
    void add_one(std::string name, std::string where, std::string_view event) {
        all.push_back({std::move(name), &sc::codec::describe<T>(), &sc::codec::table<T>::create,
                       event, std::move(where)});
    }
};

std::vector<subject> list() {
    subjects to;
    to.add<sc::activity>("activity", {1});
    to.add<sc::application>("application", {1});
    to.add<sc::application_command>("application-command", {1, 3, 4, 6, 7, 9, 10});
    to.add<sc::interaction>("application-command", {12}, "INTERACTION_CREATE");
    to.add<sc::integration>("audit-log", {1});
    to.add<sc::automod_rule>("auto-moderation", {1}, "AUTO_MODERATION_RULE_CREATE");
    to.add<sc::ban>("ban", {1});
    to.add<sc::channel>("channel", {1, 3, 4, 6, 7}, "CHANNEL_CREATE");
    to.add<sc::message>("component-message", {1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16},
                        "MESSAGE_CREATE");
    to.add<sc::interaction>("component-modal", {1, 3, 4, 6, 7, 9, 10, 12}, "INTERACTION_CREATE");
    to.add<sc::application_command>("embedded-app-sdk", {1});
    to.add<sc::user>("embedded-app-sdk", {9}, "USER_UPDATE");
    to.add<sc::emoji>("emoji", {1, 3, 4});
    to.add<sc::entitlement>("entitlement", {1}, "ENTITLEMENT_CREATE");
    to.add<sc::gateway_bot>("gateway-url", {1});
    to.add<sc::guild>("guild", {1}, "GUILD_UPDATE");
    to.add<sc::guild_create_data>("guild", {1}, "GUILD_CREATE");
    to.add<sc::invite>("guild", {3});
    to.add<sc::guild_member>("guild-member", {1});
    to.add<sc::guild_member_add_data>("guild-member", {1}, "GUILD_MEMBER_ADD");
    to.add<sc::guild_widget_settings>("guild-widget", {1});
    to.add<sc::interaction>("interaction-command", {1, 3, 4}, "INTERACTION_CREATE");
    to.add<sc::interaction>("interaction-component", {1, 3, 4, 6}, "INTERACTION_CREATE");
    to.add<sc::interaction>("interaction-modal-submit", {1, 3, 4, 6, 7, 9, 10},
                            "INTERACTION_CREATE");
    to.add<sc::invite>("invite", {1});
    to.add<sc::message>("message", {1, 3, 4}, "MESSAGE_CREATE");
    to.add<sc::message>("message-create-request", {1}, "MESSAGE_CREATE");
    to.inside<sc::guild>("oauth2", {3}, "guild");
    to.inside<sc::webhook>("oauth2", {4}, "webhook");
    to.add<sc::guild_onboarding>("onboarding", {1});
    to.add<sc::role>("role", {1});
    to.inside<sc::application>("rpc", {4}, "data.application");
    to.inside<sc::user>("rpc", {4}, "data.user");
    to.inside<sc::user>("rpc", {43}, "data");
    to.inside<sc::entitlement>("rpc", {45, 46}, "data.entitlement");
    to.add<sc::sku>("sku", {1});
    to.add<sc::soundboard_sound>("soundboard", {1}, "GUILD_SOUNDBOARD_SOUND_CREATE");
    to.add<sc::stage_instance>("stage-instance", {1}, "STAGE_INSTANCE_CREATE");
    to.add<sc::sticker>("sticker", {1});
    to.add<sc::subscription>("subscription", {1}, "SUBSCRIPTION_CREATE");
    to.add<sc::unavailable_guild>("unavailable-guild", {1}, "GUILD_DELETE");
    to.add<sc::user>("user", {1}, "USER_UPDATE");
    to.add<sc::voice_server>("voice-server-update", {1}, "VOICE_SERVER_UPDATE");
    to.add<sc::voice_state>("voice-state", {1}, "VOICE_STATE_UPDATE");
    to.add<sc::webhook>("webhook", {1, 3});
    to.inside<sc::entitlement>("webhook-event", {3, 4}, "event.data");
    to.inside<sc::message>("webhook-event", {9, 10}, "event.data");
    to.add<sc::welcome_screen>("welcome-screen", {1});
    for (subject& of : to.all)
        if (of.name == "interaction-modal-submit-7")
            of.refused = 1;
    return std::move(to.all);
}

std::string read(const std::string& file_name) {
    std::ifstream file{STRANDCORD_TEST_DATA "/docs/" + file_name, std::ios::binary};
    CAPTURE(file_name);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

const std::vector<subject>& all() {
    static const std::vector<subject> subjects = list();
    return subjects;
}

std::map<std::string, std::string> index() {
    std::map<std::string, std::string> examples;
    std::istringstream lines{read("index.tsv")};
    std::string line;
    while (std::getline(lines, line)) {
        if (line.starts_with('#'))
            continue;
        const auto tab = line.find('\t');
        CAPTURE(line);
        REQUIRE(tab != std::string::npos);
        examples[line.substr(0, tab)] = line.substr(tab + 1);
    }
    return examples;
}

std::string text_of(const subject& of) {
    std::string text = read(of.name + ".json");
    if (of.inside.empty())
        return text;
    const auto file = sc::testing::json_value::parse(text);
    REQUIRE(file);
    const auto* at = &*file;
    std::istringstream names{of.inside};
    std::string name;
    while (std::getline(names, name, '.')) {
        at = at->find(name);
        REQUIRE(at);
    }
    return at->dump();
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
