#include <strandcord/timestamp.hpp>

namespace strandcord {
namespace {

// Takes a text apart from the left; the first thing that does not fit makes it fail for good.
class reader {
public:
    explicit reader(std::string_view text) noexcept : rest_{text} {}

    int digits(std::size_t count) noexcept {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!next_is_digit()) {
                failed_ = true;
                return 0;
            }
            value = value * 10 + (take() - '0');
        }
        return value;
    }
    void expect(char c) noexcept {
        if (!accept(c))
            failed_ = true;
    }
    bool accept(char c) noexcept {
        if (rest_.empty() || rest_.front() != c)
            return false;
        rest_.remove_prefix(1);
        return true;
    }
    // 1 to 9 digits after the point; what is below a microsecond is cut off.
    std::chrono::microseconds fraction() noexcept {
        int value = 0;
        int count = 0;
        for (; next_is_digit(); ++count) {
            const int digit = take() - '0';
            if (count < 6)
                value = value * 10 + digit;
        }
        if (count == 0 || count > 9)
            failed_ = true;
        for (; count < 6; ++count)
            value *= 10;
        return std::chrono::microseconds{value};
    }
    bool complete() const noexcept { return !failed_ && rest_.empty(); }

private:
    bool next_is_digit() const noexcept {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    char take() noexcept {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    std::string_view rest_;
    bool failed_ = false;
};

std::chrono::minutes read_offset(reader& in, bool& possible) noexcept {
    if (in.accept('Z'))
        return std::chrono::minutes{0};
    const bool west = in.accept('-');
    if (!west)
        in.expect('+');
    const int hours = in.digits(2);
    in.expect(':');
    const int minutes = in.digits(2);
    possible = hours < 24 && minutes < 60;
    const std::chrono::minutes offset{hours * 60 + minutes};
    return west ? -offset : offset;
}

void append_padded(std::string& out, long long value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width)
        out.append(width - digits.size(), '0');
    out += digits;
}

} // namespace

std::optional<timestamp> parse_timestamp(std::string_view text) noexcept {
    using namespace std::chrono;
    reader in{text};
    const int y = in.digits(4);
    in.expect('-');
    const int m = in.digits(2);
    in.expect('-');
    const int d = in.digits(2);
    in.expect('T');
    const int hour = in.digits(2);
    in.expect(':');
    const int minute = in.digits(2);
    in.expect(':');
    const int second = in.digits(2);
    const microseconds fraction = in.accept('.') ? in.fraction() : microseconds{0};
    bool offset_possible = true;
    const minutes offset = read_offset(in, offset_possible);
    if (!in.complete() || !offset_possible || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;

    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return std::nullopt;
    timestamp moment;
    moment.value =
        sys_days{date} + hours{hour} + minutes{minute} + seconds{second} + fraction - offset;
    return moment;
}

std::string to_string(timestamp moment) {
    using namespace std::chrono;
    const auto midnight = floor<days>(moment.value);
    const year_month_day date{midnight};
    const hh_mm_ss time{moment.value - midnight};
    std::string out;
    append_padded(out, static_cast<int>(date.year()), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    append_padded(out, time.hours().count(), 2);
    out += ':';
    append_padded(out, time.minutes().count(), 2);
    out += ':';
    append_padded(out, time.seconds().count(), 2);
    out += '.';
    append_padded(out, time.subseconds().count(), 6);
    out += "+00:00";
    return out;
}

} // namespace strandcord
