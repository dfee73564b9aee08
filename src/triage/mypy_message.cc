#include "triage/mypy_message.h"

#include "triage/words.h"

namespace headwater::triage {

void understand_mypy(ToolEntry& entry) {
  using enum ToolEntry::About;
  const std::vector<std::string> words = quoted_words(entry.message);
  const auto begins = [&](std::string_view with) { return entry.message.starts_with(with); };
  if (entry.rule == "syntax") {
    entry.about = kSyntax;
  } else if (begins("Module \"") && words.size() >= 2 &&
             entry.message.find(" attribute \"") != std::string::npos) {
    entry.about = kImport;  // "has no attribute", "does not explicitly export attribute"
    entry.module = words[0];
    entry.symbols = {words[1]};
  } else if (!words.empty() &&
             (begins("Cannot find implementation or library stub for module named ") ||
              begins("Cannot find module named ") || begins("Skipping analyzing ") ||
              begins("Library stubs not installed for "))) {
    entry.about = kImport;
    entry.module = words[0];
  } else if (begins("No parent module -- cannot perform relative import")) {
    entry.about = kImport;
  }
}

}  // namespace headwater::triage
