#include "scan/python/pattern_parser.h"

#include <algorithm>

namespace headwater::scan {
namespace {

/// Walks a pattern once; a stack of open brackets knows where each level's element began.
class PatternParser {
 public:
  explicit PatternParser(TokenView pattern) : pattern_(pattern), levels_(1) {}

  std::vector<Capture> run() {
    for (size_t i = 0; i < pattern_.size(); ++i) step(i);
    // Captures come inner first; reversed among equals, an outer one stands before what it holds.
    std::reverse(captures_.begin(), captures_.end());
    std::stable_sort(captures_.begin(), captures_.end(),
                     [](const Capture& a, const Capture& b) { return a.offset < b.offset; });
    return std::move(captures_);
  }

 private:
  struct Level {
    size_t element = 0;  // index of the element's first token
    size_t open = 0;     // index of the bracket
    bool is_mapping = false;
    bool at_key = false;  // in a mapping: before the element's colon
  };

  void step(size_t i) {
    Level& level = levels_.back();
    if (pattern_.opens(i)) {
      const bool is_mapping = pattern_.is_op(i, '{');
      levels_.push_back({i + 1, i, is_mapping, is_mapping});
    } else if (pattern_.closes(i)) {
      if (levels_.size() > 1) levels_.pop_back();
    } else if (pattern_.is_op(i, ',')) {
      level.element = i + 1;
      level.at_key = level.is_mapping;
    } else if (pattern_.is_op(i, ':') || pattern_.is_op(i, '=')) {
      level.element = i + 1;
      level.at_key = false;
    } else if (pattern_.is_name(i)) {
      name(i, level);
    }
  }

  void name(size_t i, const Level& level) {
    const std::string_view word = pattern_.word_at(i);
    if (word == "as" || word == "_") return;
    if (i > 0 && pattern_.is(i - 1, "as")) {
      captures_.push_back({pattern_[level.element].begin, word});
    } else if (i > 0 && pattern_.is_op(i - 1, '*')) {
      const bool is_rest = pattern_.word_at(i - 1) == "**";
      captures_.push_back({pattern_[is_rest ? level.open : i - 1].begin, word});
    } else if (!level.at_key && stands_alone(i) && word != "None" && word != "True" &&
               word != "False") {
      captures_.push_back({pattern_[i].begin, word});
    }
  }

  /// Neither an attribute, a class, nor a keyword of a class pattern.
  bool stands_alone(size_t i) const {
    if (i > 0 && pattern_.is_op(i - 1, '.')) return false;
    return !pattern_.is_op(i + 1, '.') && !pattern_.is_op(i + 1, '(') &&
           !pattern_.is_op(i + 1, '=');
  }

  TokenView pattern_;
  std::vector<Level> levels_;
  std::vector<Capture> captures_;
};

}  // namespace

std::vector<Capture> pattern_captures(TokenView pattern) { return PatternParser(pattern).run(); }

}  // namespace headwater::scan
