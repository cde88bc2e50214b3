#pragma once

#include <strandcord/json.hpp>
#include <strandcord/model/attachment.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/member.hpp>
#include <strandcord/model/message.hpp>
#include <strandcord/model/role.hpp>
#include <strandcord/model/user.hpp>

namespace strandcord {

/// The entities that an interaction names, by their ids. Members have no `user`, channels and
/// messages are partial.
/// Discord documentation: interactions/receiving-and-responding, "Resolved Data Structure".
struct resolved_data {
    boxed<json_map<user>> users = {};
    boxed<json_map<guild_member>> members = {};
    boxed<json_map<role>> roles = {};
    boxed<json_map<channel>> channels = {};
    boxed<json_map<message>> messages = {};
    boxed<json_map<attachment>> attachments = {};
};
STRANDCORD_EXTERN_MODEL(resolved_data)

} // namespace strandcord
