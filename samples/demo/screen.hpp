#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

/// Lines on stdout, above a panel that is redrawn in place. Where stdout is no terminal there is no
/// panel, only lines. Any thread.
class screen {
public:
    screen();
    bool has_panel() const noexcept { return terminal_; }
    /// A line that stays.
    void line(const std::string& text);
    void panel(std::vector<std::string> lines);
    /// Leaves the panel as it is.
    void leave_panel();

private:
    void erase_panel() const;
    void draw_panel();

    std::mutex mutex_;
    bool terminal_;
    std::vector<std::string> panel_;
};
