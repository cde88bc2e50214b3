#pragma once

#include <strandcord/model/onboarding.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(onboarding_prompt_option, (),
                      (id, channel_ids, role_ids, emoji, emoji_id, emoji_name, emoji_animated,
                       title, description))

BOOST_DESCRIBE_STRUCT(onboarding_prompt, (),
                      (id, type, options, title, single_select, required, in_onboarding))

BOOST_DESCRIBE_STRUCT(guild_onboarding, (), (guild_id, prompts, default_channel_ids, enabled, mode))

} // namespace strandcord
