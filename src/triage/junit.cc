#include "triage/line_reader.h"
#include "triage/pytest_lines.h"
#include "triage/readers.h"
#include "triage/xml_events.h"

namespace headwater::triage {
namespace {

bool recognises(std::string_view line) { return line.find("<testsuite") != std::string_view::npos; }

std::string_view name_of_tag(std::string_view tag) {
  return tag.substr(0, tag.find_first_of(" \t\r\n"));
}

/// pytest --junitxml: the text of each `error` and `failure` is what pytest prints of it.
class JUnit : public TextReader, XmlEvents::Handler {
 public:
  void take(std::string_view piece, const Sink& sink) override {
    sink_ = &sink;
    xml_.take(piece);
  }
  bool finish(const Sink& sink) override {
    sink_ = &sink;
    const bool is_whole = xml_.finish() && !is_inside_ && depth_ == 0;
    end();
    return is_whole;
  }

 private:
  void on_tag(std::string_view tag) override {
    const bool is_end = tag.starts_with('/');
    const std::string_view name = name_of_tag(tag.substr(is_end ? 1 : 0));
    const bool is_empty = tag.ends_with('/');
    if (name == "testsuite" || name == "testsuites") {
      if (!is_empty) depth_ += is_end ? -1 : 1;
    }
    if (name != "error" && name != "failure") return;
    end();
    is_inside_ = !is_end && !is_empty;
  }

  void on_text(std::string_view text) override {
    if (!is_inside_) return;
    lines_.take(text, [&](std::string_view line) { error_.line(line); });
  }

  void end() {
    if (!is_inside_) return;
    lines_.finish([&](std::string_view line) { error_.line(line); });
    error_.finish(*sink_);
    is_inside_ = false;
  }

  XmlEvents xml_{*this};
  Lines lines_;
  PytestError error_;
  const Sink* sink_ = nullptr;
  bool is_inside_ = false;
  int depth_ = 0;  // test suites that are open
};

std::unique_ptr<TextReader> make() { return std::make_unique<JUnit>(); }

}  // namespace

constinit const TextFormat kJUnit{"pytest", recognises, make};

}  // namespace headwater::triage
