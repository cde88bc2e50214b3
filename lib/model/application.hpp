#pragma once

#include <strandcord/model/application.hpp>

#include <boost/describe/class.hpp>

namespace strandcord {

BOOST_DESCRIBE_STRUCT(partial_application, (), (id, name, icon, description, flags))

} // namespace strandcord
