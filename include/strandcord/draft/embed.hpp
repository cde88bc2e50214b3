#pragma once

#include <strandcord/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace strandcord {

/// An embed to send. Fluent: `sc::embed().title("Receipt").field("deleted", "everything")`.
/// Discord documentation: resources/message, "Embed Object".
class embed {
public:
    struct field_text {
        std::string name = {};
        std::string value = {};
        bool is_inline = false;
    };

    embed() noexcept {} // NOLINT: a constructor of its own keeps it from being an aggregate

    /// At most 256 characters.
    embed&& title(std::string text) && {
        title_ = std::move(text);
        return std::move(*this);
    }
    /// At most 4096 characters.
    embed&& description(std::string text) && {
        description_ = std::move(text);
        return std::move(*this);
    }
    /// Where the title leads.
    embed&& url(std::string address) && {
        url_ = std::move(address);
        return std::move(*this);
    }
    /// `0xRRGGBB`.
    embed&& color(std::uint32_t rgb) && {
        color_ = rgb;
        return std::move(*this);
    }
    embed&& at(timestamp moment) && {
        moment_ = moment;
        return std::move(*this);
    }
    /// At most 2048 characters.
    embed&& footer(std::string text) && {
        footer_ = std::move(text);
        return std::move(*this);
    }
    /// At most 25 of them; 256 characters for the name, 1024 for the value.
    embed&& field(std::string name, std::string value, bool is_inline = false) && {
        field_text one;
        one.name = std::move(name);
        one.value = std::move(value);
        one.is_inline = is_inline;
        fields_.push_back(std::move(one));
        return std::move(*this);
    }

    const std::optional<std::string>& title() const& noexcept { return title_; }
    const std::optional<std::string>& description() const& noexcept { return description_; }
    const std::optional<std::string>& url() const& noexcept { return url_; }
    const std::optional<std::uint32_t>& color() const& noexcept { return color_; }
    const std::optional<timestamp>& at() const& noexcept { return moment_; }
    const std::optional<std::string>& footer() const& noexcept { return footer_; }
    const std::vector<field_text>& fields() const& noexcept { return fields_; }

private:
    std::optional<std::string> title_;
    std::optional<std::string> description_;
    std::optional<std::string> url_;
    std::optional<std::uint32_t> color_;
    std::optional<timestamp> moment_;
    std::optional<std::string> footer_;
    std::vector<field_text> fields_;
};

// An aggregate temporary inside a co_await expression is destroyed twice by GCC 12.
static_assert(!std::is_aggregate_v<embed>);

} // namespace strandcord
