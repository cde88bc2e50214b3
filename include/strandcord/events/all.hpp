#pragma once

#include <strandcord/events/channel.hpp>
#include <strandcord/events/guild.hpp>
#include <strandcord/events/guild_changes.hpp>
#include <strandcord/events/interaction.hpp>
#include <strandcord/events/member.hpp>
#include <strandcord/events/message.hpp>
#include <strandcord/events/presence.hpp>
#include <strandcord/events/reaction.hpp>
#include <strandcord/events/role.hpp>
#include <strandcord/events/session.hpp>
#include <strandcord/events/soundboard.hpp>
#include <strandcord/events/voice.hpp>
