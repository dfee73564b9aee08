#pragma once

#include <string_view>

namespace headwater::triage {

/// What a tool prints that finds nothing, where that is not what it prints otherwise: its last line
/// says so, and no other line speaks of an error.
class CleanRun {
 public:
  void line(std::string_view text);

  bool is_blank() const { return is_blank_; }
  /// Of what has been read; empty: it is not such a text.
  std::string_view tool() const { return has_errors_ ? std::string_view() : tool_; }

 private:
  std::string_view tool_;  // by the last line that is not blank
  bool is_blank_ = true;
  bool has_errors_ = false;
};

}  // namespace headwater::triage
