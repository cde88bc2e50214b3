#pragma once

#include "net/transport.hpp"
#include "testing/driver.hpp"
#include "testing/hub.hpp"

#include <memory>
#include <string_view>

namespace strandcord::testing {

// The names under which the emulator is found in memory.
inline constexpr std::string_view api_host = "api.discord.test";
inline constexpr std::string_view gateway_host = "gateway.discord.test";
inline constexpr std::string_view resume_host = "resume.discord.test";

detail::hub_addresses memory_addresses();

class io_plan;

/// Opens pipes to a driver in this process instead of sockets. Whatever the emulator has become by
/// then: a transport may outlive it, and finds nobody at home.
std::shared_ptr<transport> make_memory_transport(std::weak_ptr<driver> driver,
                                                 std::weak_ptr<detail::hub> hub,
                                                 std::shared_ptr<io_plan> plan);

} // namespace strandcord::testing
