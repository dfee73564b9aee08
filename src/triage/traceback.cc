#include "base/text.h"
#include "triage/exception.h"
#include "triage/line_reader.h"
#include "triage/readers.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kBegin = "Traceback (most recent call last):";
constexpr std::string_view kDuring =
    "During handling of the above exception, another exception occurred:";
constexpr std::string_view kDirect =
    "The above exception was the direct cause of the following exception:";

bool recognises(std::string_view line) { return line.find(kBegin) != std::string_view::npos; }

/// Python's own tracebacks, anywhere in a text. What stands before `Traceback` on its line, as a
/// log writes it, stands before the other lines, too.
class Tracebacks : public TextReader {
 public:
  void take(std::string_view piece, const Sink& sink) override {
    lines_.take(piece, [&](std::string_view text) { line(text, sink); });
  }
  bool finish(const Sink& sink) override {
    lines_.finish([&](std::string_view text) { line(text, sink); });
    const bool is_whole = !is_inside_;
    flush(sink);
    return is_whole;
  }

 private:
  void line(std::string_view text, const Sink& sink) {
    const size_t begin = text.find(kBegin);
    if (begin != std::string_view::npos) {
      if (is_inside_ || !is_chained_) flush(sink);
      is_inside_ = true;
      is_chained_ = false;
      prefix_ = text.substr(0, begin);
      return;
    }
    if (text.starts_with(prefix_)) text.remove_prefix(prefix_.size());
    if (!is_inside_) {
      if (text == kDuring || text == kDirect) {
        exception_.chain();
        is_chained_ = true;
      } else if (!exception_.continues(text) && !trimmed(text).empty()) {
        flush(sink);
      }
      return;
    }
    if (text.starts_with(' ') || text.empty()) {
      exception_.line(text);
    } else if (exception_.raised(text)) {
      is_inside_ = false;
    }
  }

  void flush(const Sink& sink) {
    if (!exception_.is_empty()) exception_.finish(sink);
    is_inside_ = false;
    is_chained_ = false;
  }

  Lines lines_;
  Exception exception_;
  std::string prefix_;
  bool is_inside_ = false;
  bool is_chained_ = false;
};

std::unique_ptr<TextReader> make() { return std::make_unique<Tracebacks>(); }

}  // namespace

constinit const TextFormat kTraceback{"traceback", recognises, make};

}  // namespace headwater::triage
