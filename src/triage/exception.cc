#include "triage/exception.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "base/text.h"
#include "triage/place.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

/// Recursion fills a traceback with thousands; what matters is at its ends.
constexpr size_t kMostFrames = 128;
constexpr size_t kMostParts = 16;

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '.' || c >= 0x80;
  }) && std::isdigit(static_cast<unsigned char>(text[0])) == 0;
}

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

bool is_syntax_error(std::string_view type) {
  return type == "SyntaxError" || type == "IndentationError" || type == "TabError";
}

bool is_import_error(std::string_view type, std::string_view message) {
  return type == "ImportError" || type == "ModuleNotFoundError" ||
         (type == "AttributeError" && message.starts_with("partially initialized module"));
}

/// What the message of an ImportError names.
void name_subject(ToolEntry& entry) {
  const std::vector<std::string> words = quoted_words(entry.message);
  if (words.empty()) return;
  const auto begins = [&](std::string_view with) { return entry.message.starts_with(with); };
  if (begins("No module named ") || begins("partially initialized module ")) {
    entry.module = words[0];
  } else if (begins("cannot import name ")) {
    entry.symbols = {words[0]};
    if (words.size() > 1) entry.module = words[1];
  }
}

}  // namespace

void Exception::line(std::string_view text, bool is_marked) {
  const bool wants_statement = std::exchange(wants_statement_, false);
  if (const auto place = quoted_place(text)) {
    if (place->has_name || !is_marked) add_frame(place->file, place->line, "");
    parts_.back().syntax = {std::string(place->file), place->line, {}};
    wants_statement_ = true;
    return;
  }
  if (is_marked) {
    if (!continues(text)) raised(trimmed(text));
    return;
  }
  if (text.starts_with(">")) {
    marked_ = trimmed(text.substr(1));
    return;
  }
  if (wants_statement && text.starts_with("    ") && !parts_.back().frames.empty()) {
    parts_.back().frames.back().statement = trimmed(text);
    return;
  }
  if (text.starts_with(' ')) return;
  const auto place = place_before(text);
  if (!place) return;
  const std::string_view rest = trimmed(place->rest);
  if (rest.starts_with("in ")) {
    add_frame(place->file, place->line, "");
    wants_statement_ = true;
  } else if (rest.empty() || is_name(rest)) {
    add_frame(place->file, place->line, std::exchange(marked_, {}));
  }
}

void Exception::add_frame(std::string_view file, uint32_t line, std::string_view statement) {
  std::vector<ReportedFrame>& frames = parts_.back().frames;
  if (frames.size() == kMostFrames) frames.erase(frames.begin() + kMostFrames / 2);
  frames.push_back({std::string(file), line, std::string(statement)});
}

bool Exception::raised(std::string_view text) {
  const size_t colon = text.find(':');
  const std::string_view type = trimmed(text.substr(0, colon));
  Part& part = parts_.back();
  if (!is_name(type) || !part.type.empty()) return false;
  part.type = last_part(type);
  if (colon == std::string_view::npos) return true;
  part.message = trimmed(first_line(text.substr(colon + 1)));
  wants_message_ = part.message.empty() || part.message.ends_with(':');
  return true;
}

bool Exception::continues(std::string_view text) {
  if (!wants_message_) return false;
  const std::string_view words = trimmed(text);
  if (words.empty()) return true;
  std::string& message = parts_.back().message;
  message.append(message.empty() ? "" : " ").append(words);
  wants_message_ = false;
  return true;
}

void Exception::chain() {
  if (!parts_.back().is_told()) return;
  if (parts_.size() == kMostParts) parts_.erase(parts_.begin() + 1);
  parts_.emplace_back();
  wants_statement_ = false;
  wants_message_ = false;
}

void Exception::finish(const Sink& sink) {
  // A handler that raises something else hides what it handles, which is what was reported.
  const Part* told = &parts_.back();
  for (const Part& part : parts_) {
    if (!is_import_error(part.type, part.message) && !is_syntax_error(part.type)) continue;
    told = &part;
    break;
  }
  ToolEntry entry;
  entry.rule = told->type.empty() ? "exception" : told->type;
  entry.message = told->message.empty() ? entry.rule : told->message;
  entry.frames = parts_.back().frames;
  if (told != &parts_.back()) {
    entry.frames.insert(entry.frames.end(), told->frames.begin(), told->frames.end());
  }
  if (is_import_error(told->type, told->message)) {
    entry.about = ToolEntry::About::kImport;
    name_subject(entry);
  } else if (is_syntax_error(told->type)) {
    entry.about = ToolEntry::About::kSyntax;
    entry.file = told->syntax.file;
    entry.line = told->syntax.line;
  }
  if (entry.file.empty() && !entry.frames.empty()) {
    entry.file = entry.frames.back().file;
    entry.line = entry.frames.back().line;
  }
  *this = Exception();
  sink(std::move(entry));
}

}  // namespace headwater::triage
