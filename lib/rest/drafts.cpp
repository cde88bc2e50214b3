#include "rest/drafts.hpp"

#include <strandcord/json.hpp>

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace strandcord::rest {

// The wire's forms of the drafts. Discord documentation: resources/message.

struct embed_footer_body {
    std::string text = {};
};
BOOST_DESCRIBE_STRUCT(embed_footer_body, (), (text))

struct embed_field_body {
    std::string name = {};
    std::string value = {};
    std::optional<bool> inline_ = {};
};
BOOST_DESCRIBE_STRUCT(embed_field_body, (), (name, value, inline_))

struct embed_body {
    std::optional<std::string> title = {};
    std::optional<std::string> description = {};
    std::optional<std::string> url = {};
    std::optional<strandcord::timestamp> timestamp = {};
    std::optional<std::uint32_t> color = {};
    std::optional<embed_footer_body> footer = {};
    std::optional<std::vector<embed_field_body>> fields = {};
};
BOOST_DESCRIBE_STRUCT(embed_body, (), (title, description, url, timestamp, color, footer, fields))

struct allowed_mentions_body {
    std::vector<std::string> parse = {};
    std::optional<std::vector<snowflake>> roles = {};
    std::optional<std::vector<snowflake>> users = {};
    bool replied_user = false;
};
BOOST_DESCRIBE_STRUCT(allowed_mentions_body, (), (parse, roles, users, replied_user))

struct message_reference_body {
    snowflake message_id = {};
    bool fail_if_not_exists = false;
};
BOOST_DESCRIBE_STRUCT(message_reference_body, (), (message_id, fail_if_not_exists))

struct create_message_body {
    std::optional<std::string> content = {};
    std::optional<std::string> nonce = {};
    std::optional<bool> enforce_nonce = {};
    std::optional<std::vector<embed_body>> embeds = {};
    std::optional<allowed_mentions_body> allowed_mentions = {};
    std::optional<message_reference_body> message_reference = {};
    std::optional<std::uint64_t> flags = {};
};
BOOST_DESCRIBE_STRUCT(create_message_body, (),
                      (content, nonce, enforce_nonce, embeds, allowed_mentions, message_reference,
                       flags))

struct interaction_response_body {
    int type = 4;
    std::optional<create_message_body> data = {};
};
BOOST_DESCRIBE_STRUCT(interaction_response_body, (), (type, data))

namespace {

constexpr std::uint64_t ephemeral_flag = 1U << 6;

embed_body encode(const embed& draft) {
    embed_body out;
    out.title = draft.title();
    out.description = draft.description();
    out.url = draft.url();
    out.timestamp = draft.at();
    out.color = draft.color();
    if (draft.footer())
        out.footer.emplace().text = *draft.footer();
    if (!draft.fields().empty())
        out.fields.emplace();
    for (const auto& field : draft.fields()) {
        embed_field_body& one = out.fields->emplace_back();
        one.name = field.name;
        one.value = field.value;
        if (field.is_inline)
            one.inline_ = true;
    }
    return out;
}

allowed_mentions_body encode(const mention_rule& rule) {
    allowed_mentions_body out;
    out.parse = rule.parse();
    if (!rule.roles().empty())
        out.roles = rule.roles();
    if (!rule.users().empty())
        out.users = rule.users();
    out.replied_user = rule.notifies_replied_user();
    return out;
}

create_message_body encode(const message_draft& draft) {
    create_message_body out;
    out.content = draft.content();
    if (!draft.embeds().empty())
        out.embeds.emplace();
    for (const auto& embed : draft.embeds())
        out.embeds->push_back(encode(embed));
    if (draft.mentions())
        out.allowed_mentions = encode(*draft.mentions());
    if (draft.reply_to())
        out.message_reference.emplace().message_id = *draft.reply_to();
    if (draft.is_ephemeral())
        out.flags = ephemeral_flag;
    return out;
}

} // namespace

std::string message_body(const message_draft& draft, std::string nonce) {
    create_message_body body = encode(draft);
    // Only interaction responses have somebody to be ephemeral for; Discord refuses the flag
    // elsewhere.
    body.flags.reset();
    body.nonce = std::move(nonce);
    body.enforce_nonce = true;
    return to_json(body);
}

std::string interaction_body(const interaction_response& response) {
    interaction_response_body body;
    body.type = static_cast<int>(response.what());
    if (response.data()) {
        body.data = encode(*response.data());
        body.data->message_reference.reset();
    }
    return to_json(body);
}

} // namespace strandcord::rest
