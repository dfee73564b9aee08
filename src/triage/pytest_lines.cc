#include "triage/pytest_lines.h"

#include "base/text.h"

namespace headwater::triage {

void PytestError::line(std::string_view text) {
  if (text.starts_with("Traceback (most recent call last):")) {
    is_native_ = true;
  } else if (text.starts_with("During handling of the above exception") ||
             text.starts_with("The above exception was the direct cause")) {
    exception_.chain();
    is_native_ = false;
  } else if (text.starts_with("E ")) {
    exception_.line(text.substr(1), true);
  } else if (is_native_ && !text.empty() && !text.starts_with(' ') && exception_.raised(text)) {
    is_native_ = false;
  } else {
    exception_.line(text);
  }
}

void PytestError::finish(const Sink& sink) {
  if (!exception_.is_empty()) exception_.finish(sink);
  is_native_ = false;
}

}  // namespace headwater::triage
