#include "cache/effects.hpp"

#include <unordered_map>

namespace strandcord::cache {

const effect* effect_of(std::string_view event) noexcept {
    static const auto all = [] {
        std::unordered_map<std::string_view, const effect*> made;
        for (const auto family :
             {session_effects(), guild_effects(), guild_list_effects(), channel_effects(),
              thread_effects(), member_effects(), message_effects(), reaction_effects()})
            for (const effect& one : family)
                made.emplace(one.event, &one);
        return made;
    }();
    const auto found = all.find(event);
    return found == all.end() ? nullptr : found->second;
}

} // namespace strandcord::cache
