#pragma once

#include <strandcord/flag_set.hpp>
#include <strandcord/json.hpp>
#include <strandcord/model/channel.hpp>
#include <strandcord/model/emoji.hpp>

namespace strandcord {

struct resolved_data;

/// Discord documentation: components/reference, "Component Types".
enum class component_type : std::int32_t {
    action_row = 1,
    button = 2,
    string_select = 3,
    text_input = 4,
    user_select = 5,
    role_select = 6,
    mentionable_select = 7,
    channel_select = 8,
    section = 9,
    text_display = 10,
    thumbnail = 11,
    media_gallery = 12,
    file = 13,
    separator = 14,
    container = 17,
    label = 18,
    file_upload = 19,
    radio_group = 21,
    checkbox_group = 22,
    checkbox = 23,
};
STRANDCORD_EXTERN_ENUM(component_type)

/// Discord documentation: components/reference, "Button Styles".
enum class button_style : std::int32_t {
    primary = 1,
    secondary = 2,
    success = 3,
    danger = 4,
    link = 5,
    premium = 6,
};
STRANDCORD_EXTERN_ENUM(button_style)

/// Discord documentation: components/reference, "Text Input Styles".
enum class text_input_style : std::int32_t {
    short_ = 1,
    paragraph = 2,
};
STRANDCORD_EXTERN_ENUM(text_input_style)

/// Discord documentation: components/reference, "Separator Structure".
enum class separator_spacing : std::int32_t {
    small = 1,
    large = 2,
};
STRANDCORD_EXTERN_ENUM(separator_spacing)

/// Discord documentation: components/reference, "Unfurled Media Item Flags".
enum class unfurled_media_flag : std::uint64_t {
    is_animated = 1ULL << 0,
};
STRANDCORD_EXTERN_ENUM(unfurled_media_flag)

/// Discord documentation: components/reference, "Unfurled Media Item Structure".
struct unfurled_media_item {
    std::string url = {};
    std::optional<std::string> proxy_url = {};
    nullable<std::int32_t> height = {};
    nullable<std::int32_t> width = {};
    std::optional<std::string> placeholder = {}; ///< thumbhash
    std::optional<std::int32_t> placeholder_version = {};
    std::optional<std::string> content_type = {};
    nullable<flag_set<unfurled_media_flag>> flags = {};
    std::optional<snowflake> attachment_id = {}; ///< only if uploaded
};
STRANDCORD_EXTERN_MODEL(unfurled_media_item)

/// Discord documentation: components/reference, "Media Gallery Item Structure".
struct media_gallery_item {
    unfurled_media_item media = {};
    nullable<std::string> description = {}; ///< alt text, max 1024 characters
    std::optional<bool> spoiler = {};       ///< default false
};
STRANDCORD_EXTERN_MODEL(media_gallery_item)

/// An option of a select, a radio group or a checkbox group.
/// Discord documentation: components/reference, "Select Option Structure".
struct select_option {
    std::string label = {};
    std::string value = {};
    std::optional<std::string> description = {};
    boxed<strandcord::emoji> emoji = {};
    std::optional<bool> default_ = {};
};
STRANDCORD_EXTERN_MODEL(select_option)

/// Discord documentation: components/reference, "Select Default Value Structure".
struct select_default_value {
    snowflake id = {};
    std::string type = {}; ///< `user`, `role` or `channel`
};
STRANDCORD_EXTERN_MODEL(select_default_value)

/// Every kind of component, in messages and in what a modal brings back; `type` says which members
/// are there. A component of a type that is not known keeps its type and what it has in common.
/// Discord documentation: components/reference, "Component Object".
struct component {
    component_type type = {};
    std::optional<std::int32_t> id = {};
    boxed<std::vector<strandcord::component>> components = {};
    std::optional<std::int32_t> style = {}; ///< `button_style` or `text_input_style`
    std::optional<std::string> label = {};  ///< of buttons and labels
    boxed<strandcord::emoji> emoji = {};
    std::optional<std::string> custom_id = {};
    std::optional<snowflake> sku_id = {}; ///< of premium buttons
    std::optional<std::string> url = {};  ///< of link buttons
    std::optional<bool> disabled = {};
    boxed<std::vector<select_option>> options = {};
    std::optional<std::string> placeholder = {};
    std::optional<std::int32_t> min_values = {};
    std::optional<std::int32_t> max_values = {};
    std::optional<bool> required = {}; ///< in modals; absent means true
    std::optional<std::int32_t> min_length = {};
    std::optional<std::int32_t> max_length = {};
    boxed<std::vector<select_default_value>> default_values = {};
    boxed<std::vector<channel_type>> channel_types = {}; ///< the only ones offered
    boxed<strandcord::component> accessory = {};         ///< button or thumbnail
    std::optional<std::string> content = {};             ///< of text displays
    boxed<unfurled_media_item> media = {};               ///< of thumbnails
    nullable<std::string> description = {};
    std::optional<bool> spoiler = {};
    boxed<std::vector<media_gallery_item>> items = {}; ///< of media galleries
    boxed<unfurled_media_item> file = {};              ///< of files
    std::optional<std::string> name = {};              ///< of files
    std::optional<std::int64_t> size = {};             ///< of files, bytes
    std::optional<bool> divider = {};                  ///< of separators; absent means true
    nullable<separator_spacing> spacing = {};
    nullable<std::int32_t> accent_color = {};        ///< of containers, 24 bits
    boxed<strandcord::component> component = {};     ///< inside a label
    boxed<std::vector<std::string>> file_types = {}; ///< of file uploads
    std::optional<bool> default_ = {};               ///< ticked at first
    raw_json value = {};                             ///< text, choice or tick that came back
    boxed<std::vector<std::string>> values = {};     ///< what was chosen
    boxed<resolved_data> resolved = {};              ///< include model/resolved.hpp
};
STRANDCORD_EXTERN_MODEL(component)

} // namespace strandcord
