#include "base/text.h"
#include "triage/line_reader.h"
#include "triage/pytest_lines.h"
#include "triage/readers.h"

namespace headwater::triage {
namespace {

/// The text between rules of `c`, as in "==== ERRORS ====".
std::string_view titled(std::string_view line, char c) {
  const size_t begin = line.find_first_not_of(c);
  const size_t end = line.find_last_not_of(c);
  if (begin == std::string_view::npos || begin < 1 || end + 1 == line.size()) return {};
  const std::string_view title = line.substr(begin, end - begin + 1);
  return title.size() > 2 && title.starts_with(' ') && title.ends_with(' ') ? trimmed(title)
                                                                            : std::string_view();
}

constexpr std::string_view kConftest = "ImportError while loading conftest ";

bool recognises(std::string_view text) {
  const std::string line = without_colors(text);
  return titled(line, '=') == "test session starts" || titled(line, '=') == "ERRORS" ||
         titled(line, '_').starts_with("ERROR collecting ") || line.starts_with(kConftest);
}

/// Each error and failure has a title between underscores, each part one between equals signs.
class Pytest : public TextReader {
 public:
  void take(std::string_view piece, const Sink& sink) override {
    lines_.take(piece, [&](std::string_view text) { line(without_colors(text), sink); });
  }
  /// The last line is one of equals signs, or with -q the numbers.
  bool finish(const Sink& sink) override {
    lines_.finish([&](std::string_view text) { line(without_colors(text), sink); });
    const bool is_whole = !is_inside_ || is_conftest_;
    error_.finish(sink);
    return is_whole;
  }

 private:
  void line(std::string_view text, const Sink& sink) {
    const std::string_view part = titled(text, '=');
    const bool is_error = !titled(text, '_').empty();
    const bool is_conftest = text.starts_with(kConftest);
    if (!part.empty() || is_error || is_conftest) {
      error_.finish(sink);
      is_inside_ = is_error || is_conftest;
      is_conftest_ = is_conftest;
      is_summary_ = part == "short test summary info";
      was_told_ |= is_inside_;
      return;
    }
    if (is_inside_) error_.line(text);
    if (is_summary_ && !was_told_) summary_line(text, sink);
  }

  /// "ERROR tests/test_a.py - ModuleNotFoundError: ...": all there is with --tb=no.
  static void summary_line(std::string_view text, const Sink& sink) {
    constexpr std::string_view kError = "ERROR ";
    const size_t dash = text.find(" - ");
    if (!text.starts_with(kError) || dash == std::string_view::npos) return;
    Exception exception;
    if (!exception.raised(text.substr(dash + 3))) return;
    exception.finish([&](ToolEntry entry) {
      const std::string_view file = text.substr(kError.size(), dash - kError.size());
      entry.file = file.substr(0, file.find("::"));
      sink(std::move(entry));
    });
  }

  Lines lines_;
  PytestError error_;
  bool is_inside_ = false;
  bool is_conftest_ = false;  // of which nothing follows
  bool is_summary_ = false;
  bool was_told_ = false;  // more than the summary
};

std::unique_ptr<TextReader> make() { return std::make_unique<Pytest>(); }

}  // namespace

constinit const TextFormat kPytest{"pytest", recognises, make};

}  // namespace headwater::triage
