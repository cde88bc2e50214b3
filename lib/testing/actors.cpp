#include "testing/hub.hpp"
#include "testing/json.hpp"

#include <strandcord/json.hpp>
#include <strandcord/testing/actors.hpp>

#include <stdexcept>

namespace strandcord::testing {

using detail::hub;

channel::channel(hub& hub, snowflake id, snowflake guild, std::string name)
    : hub_{&hub}, id_{id}, guild_{guild}, name_{std::move(name)} {}

std::size_t channel::count() const {
    return hub_->locked([this](hub& self) { return self.state.find_channel(id_)->count; });
}

std::string channel::last_json() const {
    return hub_->locked([this](hub& self) {
        const auto& messages = self.state.find_channel(id_)->messages;
        if (messages.empty())
            throw std::out_of_range{"nothing was said in channel " + name_};
        return messages.back().json;
    });
}

message channel::last() const {
    return from_json<message>(last_json());
}

std::vector<message> channel::messages() const {
    const auto texts = hub_->locked([this](hub& self) {
        std::vector<std::string> out;
        for (const auto& each : self.state.find_channel(id_)->messages)
            out.push_back(each.json);
        return out;
    });
    std::vector<message> out;
    for (const auto& text : texts)
        out.push_back(from_json<message>(text));
    return out;
}

user::user(hub& hub, snowflake id, std::string name)
    : hub_{&hub}, id_{id}, name_{std::move(name)} {}

snowflake user::says(std::string_view content, const channel& where) {
    return replies(content, {}, where);
}

snowflake user::replies(std::string_view content, snowflake to, const channel& where) {
    message_parts parts;
    parts.author = id_;
    parts.channel = where.id();
    parts.content = content;
    parts.reference = to;
    return hub_->act([&parts](hub& self) { return self.state.send(parts).id; });
}

snowflake user::whispers(std::string_view content) {
    return says(content, direct_messages());
}

const channel& user::direct_messages() {
    return hub_->direct_channel(id_);
}

void user::edits(snowflake message, std::string_view content, const channel& where) {
    hub_->act([&](hub& self) { self.state.edit(where.id(), message, content); });
}

void user::deletes(snowflake message, const channel& where) {
    hub_->act([&](hub& self) { self.state.erase(where.id(), message); });
}

void user::reacts(std::string_view emoji, snowflake message, const channel& where) {
    hub_->act([&](hub& self) { self.state.react(id_, where.id(), message, emoji, true); });
}

void user::takes_back(std::string_view emoji, snowflake message, const channel& where) {
    hub_->act([&](hub& self) { self.state.react(id_, where.id(), message, emoji, false); });
}

void user::types(const channel& where) {
    hub_->act([&](hub& self) { self.state.type(id_, where.id()); });
}

snowflake user::runs(std::string_view command, const channel& where) {
    return runs(command, "[]", where);
}

snowflake user::runs(std::string_view command, std::string_view options, const channel& where) {
    constexpr int application_command = 2;
    const auto id = hub_->locked([](hub& self) { return self.state.next_id(); });
    json_object data;
    data.id("id", id).text("name", command).number("type", 1).raw("options", options);
    return hub_->interact(id_, where.id(), application_command, std::move(data).done(), {});
}

snowflake user::clicks(std::string_view custom_id, snowflake message, const channel& where) {
    constexpr int button = 2;
    json_object data;
    data.text("custom_id", custom_id).number("component_type", button).number("id", 1);
    return hub_->interact(id_, where.id(), 3, std::move(data).done(), message);
}

snowflake user::picks(std::string_view custom_id, std::string_view values, snowflake message,
                      const channel& where) {
    constexpr int string_select = 3;
    json_object data;
    data.text("custom_id", custom_id).number("component_type", string_select).number("id", 1);
    data.raw("values", values);
    return hub_->interact(id_, where.id(), 3, std::move(data).done(), message);
}

guild::guild(hub& hub, snowflake id, std::string name)
    : hub_{&hub}, id_{id}, name_{std::move(name)} {}

channel& guild::channel(std::string_view name) {
    return hub_->channel_named(id_, name);
}

void guild::add_member(const user& who) {
    hub_->act([&](hub& self) { self.state.add_member(id_, who.id()); });
}

void guild::remove_member(const user& who) {
    hub_->act([&](hub& self) { self.state.remove_member(id_, who.id()); });
}

void guild::populate(std::size_t members) {
    hub_->act([&](hub& self) { self.state.populate(id_, members); });
}

std::size_t guild::member_count() const {
    return hub_->locked([this](hub& self) { return self.state.find_guild(id_)->members.size(); });
}

void guild::rename(std::string_view name) {
    name_ = name;
    hub_->act([&](hub& self) { self.state.rename_guild(id_, name); });
}

void guild::goes_down() {
    hub_->act([this](hub& self) { self.state.set_down(id_, true); });
}

void guild::comes_back() {
    hub_->act([this](hub& self) { self.state.set_down(id_, false); });
}

void guild::removes_bot() {
    hub_->act([this](hub& self) { self.state.set_bot_inside(id_, false); });
}

void guild::invites_bot() {
    hub_->act([this](hub& self) { self.state.set_bot_inside(id_, true); });
}

} // namespace strandcord::testing
