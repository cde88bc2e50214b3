#include "screen.hpp"

#include <cstdio>
#include <unistd.h>

screen::screen() : terminal_{isatty(STDOUT_FILENO) == 1} {}

void screen::erase_panel() const {
    if (!panel_.empty())
        std::printf("\x1b[%zuA\x1b[J", panel_.size());
}

void screen::draw_panel() {
    for (const auto& each : panel_)
        std::printf("%s\n", each.c_str());
    std::fflush(stdout);
}

void screen::line(const std::string& text) {
    const std::lock_guard lock{mutex_};
    erase_panel();
    std::printf("%s\n", text.c_str());
    draw_panel();
}

void screen::panel(std::vector<std::string> lines) {
    const std::lock_guard lock{mutex_};
    erase_panel();
    panel_ = std::move(lines);
    draw_panel();
}

void screen::leave_panel() {
    const std::lock_guard lock{mutex_};
    panel_.clear();
}
