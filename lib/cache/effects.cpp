#include "cache/effects.hpp"

#include "model/catalogue.hpp"

#include <unordered_map>

namespace strandcord::cache {

const effect* effect_of(std::string_view event) noexcept {
    static const auto all = [] {
        std::unordered_map<std::string_view, effect> made;
        for (const auto family :
             {session_effects(), guild_effects(), guild_list_effects(), channel_effects(),
              thread_effects(), member_effects(), message_effects(), reaction_effects()})
            for (const effect& one : family)
                if (const catalogue_row* known = find_event(one.event))
                    made.emplace(one.event, effect{one.event, one.apply, known->touches});
        return made;
    }();
    const auto found = all.find(event);
    return found == all.end() ? nullptr : &found->second;
}

} // namespace strandcord::cache
