#include "testing/event_intents.hpp"

#include "model/catalogue.hpp"

namespace strandcord::testing {

bool gets_event(intents wanted, std::string_view type, bool in_guild, bool about_bot) noexcept {
    if (about_bot && type == "GUILD_MEMBER_UPDATE")
        return true;
    // The intent for guilds alone brings the bot's own joins and leaves.
    if (!about_bot && type == "THREAD_MEMBERS_UPDATE")
        return wanted.has(intent::guild_members);
    const catalogue_row* found = find_event(type);
    if (!found || found->needs.empty())
        return true;
    return !(wanted & (in_guild ? found->in_guild() : found->elsewhere())).empty();
}

bool carries_content(std::string_view type) noexcept {
    return type == "MESSAGE_CREATE" || type == "MESSAGE_UPDATE" ||
           type == "AUTO_MODERATION_ACTION_EXECUTION";
}

} // namespace strandcord::testing
