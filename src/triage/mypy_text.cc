#include "base/text.h"
#include "triage/line_reader.h"
#include "triage/mypy_message.h"
#include "triage/place.h"
#include "triage/readers.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kError = " error: ";

bool recognises(std::string_view line) {
  const std::string plain = without_colors(line);
  const auto place = place_before(plain);
  return place && place->rest.starts_with(kError);
}

/// `file:line: error: message  [code]`; what is a note goes on with the entry before it.
class MypyText : public TextReader {
 public:
  void take(std::string_view piece, const Sink& sink) override {
    lines_.take(piece, [&](std::string_view text) { line(text, sink); });
  }
  bool finish(const Sink& sink) override {
    lines_.finish([&](std::string_view text) { line(text, sink); });
    return true;
  }

 private:
  static void line(std::string_view text, const Sink& sink) {
    const std::string plain = without_colors(text);
    const auto place = place_before(plain);
    if (!place || !place->rest.starts_with(kError)) return;
    ToolEntry entry;
    entry.file = place->file;
    entry.line = place->line;
    std::string_view message = trimmed(place->rest.substr(kError.size()));
    const size_t code = message.rfind(" [");
    if (code != std::string_view::npos && message.ends_with(']')) {
      entry.rule = message.substr(code + 2, message.size() - code - 3);
      message = trimmed(message.substr(0, code));
    }
    entry.message = message;
    understand_mypy(entry);
    sink(std::move(entry));
  }

  Lines lines_;
};

std::unique_ptr<TextReader> make() { return std::make_unique<MypyText>(); }

}  // namespace

constinit const TextFormat kMypyText{"mypy", recognises, make};

}  // namespace headwater::triage
