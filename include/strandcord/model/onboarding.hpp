#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/emoji.hpp>

namespace strandcord {

/// Discord documentation: resources/guild, "Onboarding Mode".
enum class onboarding_mode : std::int32_t {
    onboarding_default = 0,
    onboarding_advanced = 1,
};
STRANDCORD_EXTERN_ENUM(onboarding_mode)

/// Discord documentation: resources/guild, "Prompt Types".
enum class onboarding_prompt_type : std::int32_t {
    multiple_choice = 0,
    dropdown = 1,
};
STRANDCORD_EXTERN_ENUM(onboarding_prompt_type)

/// Discord documentation: resources/guild, "Prompt Option Structure".
struct onboarding_prompt_option {
    snowflake id = {};
    std::vector<snowflake> channel_ids = {};
    std::vector<snowflake> role_ids = {};
    boxed<strandcord::emoji> emoji = {};        ///< responses only
    std::optional<snowflake> emoji_id = {};     ///< in requests
    std::optional<std::string> emoji_name = {}; ///< in requests
    std::optional<bool> emoji_animated = {};    ///< in requests
    std::string title = {};
    nullable<std::string> description = {};
};
STRANDCORD_EXTERN_MODEL(onboarding_prompt_option)

/// Discord documentation: resources/guild, "Onboarding Prompt Structure".
struct onboarding_prompt {
    snowflake id = {};
    onboarding_prompt_type type = {};
    std::vector<onboarding_prompt_option> options = {};
    std::string title = {};
    bool single_select = false;
    bool required = false;
    bool in_onboarding = false; ///< false: shown only in Channels & Roles
};
STRANDCORD_EXTERN_MODEL(onboarding_prompt)

/// Discord documentation: resources/guild, "Guild Onboarding Structure".
struct guild_onboarding {
    snowflake guild_id = {};
    std::vector<onboarding_prompt> prompts = {};
    std::vector<snowflake> default_channel_ids = {};
    bool enabled = false;
    onboarding_mode mode = {};
};
STRANDCORD_EXTERN_MODEL(guild_onboarding)

} // namespace strandcord
