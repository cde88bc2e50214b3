#include "shards/event_key.hpp"

namespace strandcord::shards {
namespace {

// FNV-1a: the keys of one run are compared with each other only.
std::uint64_t mixed(std::uint64_t hash, std::string_view text) noexcept {
    for (const char each : text)
        hash = (hash ^ static_cast<unsigned char>(each)) * 1099511628211ULL;
    return hash;
}

constexpr std::uint64_t start = 14695981039346656037ULL;

bool is_named_by_id(std::string_view type) noexcept {
    return type == "GUILD_CREATE" || type == "GUILD_UPDATE" || type == "GUILD_DELETE";
}

} // namespace

bool event_reader::scan(std::string_view data) {
    text_.assign(data);
    codec::token_list::make_room(text_);
    return tokens_.scan(text_) == nullptr && tokens_.first(0) == '{';
}

event_key event_reader::key(std::string_view type, std::string_view data) {
    event_key out{{}, mixed(start, type)};
    if (!scan(data)) {
        out.hash = mixed(out.hash, data);
        return out;
    }
    std::uint64_t members = 0;
    for (token at = 0; at < tokens_.count(); ++at) {
        if (std::string_view{"{}[]:,"}.find(tokens_.first(at)) != std::string_view::npos)
            continue;
        const bool named =
            tokens_.first(at) == '"' && at + 1 < tokens_.count() && tokens_.first(at + 1) == ':';
        const auto name = named ? tokens_.quoted(at) : std::string_view{};
        if (named)
            at += 2;
        if (!tokens_.opens(at))
            members += mixed(mixed(start, name), tokens_.value(at));
    }
    out.hash += members;
    out.guild = top_level_id(is_named_by_id(type) ? "id" : "guild_id");
    return out;
}

snowflake event_reader::top_level_id(std::string_view name) const {
    for (token at = 1; tokens_.first(at) == '"'; at = next_member(at))
        if (tokens_.quoted(at) == name && tokens_.first(at + 2) == '"')
            return parse_snowflake(tokens_.quoted(at + 2)).value_or(snowflake{});
    return {};
}

event_reader::token event_reader::next_member(token name) const noexcept {
    const auto behind = tokens_.behind(name + 2);
    return tokens_.first(behind) == ',' ? behind + 1 : behind;
}

} // namespace strandcord::shards
