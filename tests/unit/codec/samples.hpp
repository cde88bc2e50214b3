#pragma once

#include <strandcord/json.hpp>
#include <strandcord/permissions.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Described structs that the codec's tests share: one member of every kind.

namespace sample {

namespace sc = strandcord;

enum class colour : std::int32_t { red = 0, green = 1 };
enum class tiny : std::uint8_t { none = 0, some = 1 };

struct numbers {
    bool flag = false;
    std::int8_t i8 = 0;
    std::int16_t i16 = 0;
    std::int32_t i32 = 0;
    std::int64_t i64 = 0;
    std::uint8_t u8 = 0;
    std::uint16_t u16 = 0;
    std::uint32_t u32 = 0;
    std::uint64_t u64 = 0;
    double f64 = 0;
    sample::colour colour = sample::colour::red;
    sample::tiny tiny = sample::tiny::none;
};
BOOST_DESCRIBE_STRUCT(numbers, (), (flag, i8, i16, i32, i64, u8, u16, u32, u64, f64, colour, tiny))

struct texts {
    std::string text = {};
    sc::snowflake id = {};
    sc::permissions allow = {};
    sc::timestamp when = {};
    sc::raw_json raw = {};
    std::string default_ = {};
};
BOOST_DESCRIBE_STRUCT(texts, (), (text, id, allow, when, raw, default_))

struct holders {
    std::optional<int> maybe = {};
    sc::nullable<std::string> three = {};
    std::vector<sc::snowflake> ids = {};
    std::vector<texts> list = {};
    sc::boxed<texts> box = {};
    std::unique_ptr<int> unique = {};
    std::shared_ptr<texts> shared = {};
    std::optional<std::vector<std::string>> words = {};
    texts inside = {};
};
BOOST_DESCRIBE_STRUCT(holders, (), (maybe, three, ids, list, box, unique, shared, words, inside))

struct tree {
    std::string name = {};
    std::vector<tree> children = {};
};
BOOST_DESCRIBE_STRUCT(tree, (), (name, children))

struct ping {
    sc::snowflake id = {};
    sc::snowflake channel_id = {};
    std::string content = {};
};
BOOST_DESCRIBE_STRUCT(ping, (), (id, channel_id, content))

struct author_name {
    std::string username = {};
};
BOOST_DESCRIBE_STRUCT(author_name, (), (username))

/// A projection within a projection.
struct signed_ping : ping {
    author_name author = {};
};
BOOST_DESCRIBE_STRUCT(signed_ping, (ping), (author))

} // namespace sample
