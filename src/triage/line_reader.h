#pragma once

#include <string>
#include <string_view>

namespace headwater::triage {

/// Pieces of a text put together to lines, without their ends. Of a line that is longer than
/// anybody writes, the first part stands for it: so memory is bounded whatever the text is.
class Lines {
 public:
  static constexpr size_t kLongest = 65536;  // bytes

  template <typename Visit>
  void take(std::string_view piece, Visit visit) {
    while (!piece.empty()) {
      const size_t end = piece.find('\n');
      const std::string_view part = piece.substr(0, end);
      line_ += part.substr(0, kLongest - line_.size());
      if (end == std::string_view::npos) return;
      piece.remove_prefix(end + 1);
      finish(visit);
    }
  }

  /// The last line need not end.
  template <typename Visit>
  void finish(Visit visit) {
    if (line_.ends_with('\r')) line_.pop_back();
    visit(std::string_view(line_));
    line_.clear();
  }

  bool has_rest() const { return !line_.empty(); }

 private:
  std::string line_;
};

/// `text` without sequences that colour a terminal.
std::string without_colors(std::string_view text);

}  // namespace headwater::triage
