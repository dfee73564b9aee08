#include "resolve/on_demand.h"

#include <algorithm>

#include "base/sort_distinct.h"
#include "base/text.h"

namespace headwater::resolve {
namespace {

/// `package` for one dot, what holds it for two; empty beyond the top.
std::string_view above(std::string_view package, size_t dots) {
  for (; dots > 1 && !package.empty(); --dots) {
    const size_t dot = package.rfind('.');
    package = dot == package.npos ? std::string_view() : package.substr(0, dot);
  }
  return package;
}

std::string joined(std::string_view package, std::string_view inner) {
  std::string dotted(package);
  if (!dotted.empty() && !inner.empty()) dotted += '.';
  return dotted.append(inner);
}

/// Reads the strings of a text as its dict displays pair them.
class Tables {
 public:
  Tables(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  /// The values of the key `name`, and the keys whose values hold it.
  std::vector<std::string_view> beside() {
    while (at_ < text_.size()) step();
    return std::move(found_);
  }

 private:
  /// An item of a dict display, or what stands in another bracket.
  struct Open {
    bool is_dict = false;
    bool has_key = false;
    std::string_view last{};  // string; the key, once there is one
    std::vector<std::string_view> values{};
  };

  void step() {
    const char c = text_[at_];
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '"' || c == '\'') {
      string(c);
    } else {
      ++at_;
      punctuation(c);
    }
  }

  void string(char quote) {
    const bool is_long = text_.substr(at_, 3) == std::string(3, quote);
    const std::string end(is_long ? 3 : 1, quote);
    const size_t begin = at_ + end.size();
    at_ = begin;
    while (at_ < text_.size() && text_.substr(at_, end.size()) != end) {
      if (!is_long && text_[at_] == '\n') return;
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= text_.size()) return;
    const std::string_view inside = text_.substr(begin, at_ - begin);
    at_ += end.size();
    if (is_long) return;
    // Brackets inside of a value belong to it.
    const auto dict = std::ranges::find_if(open_.rbegin(), open_.rend(), &Open::is_dict);
    if (dict == open_.rend()) return;
    if (!dict->has_key) {
      dict->last = dict == open_.rbegin() ? inside : std::string_view();
    } else {
      dict->values.push_back(inside);
    }
  }

  void punctuation(char c) {
    if (c == '(' || c == '[' || c == '{') {
      open_.push_back({.is_dict = c == '{'});
    } else if (open_.empty()) {
      return;
    } else if (c == ')' || c == ']' || c == '}') {
      end_item();
      open_.pop_back();
    } else if (c == ',') {
      end_item();
    } else if (c == ':') {
      open_.back().has_key = true;
    }
  }

  void end_item() {
    Open& item = open_.back();
    if (!item.is_dict) return;
    if (item.last == name_) {
      found_.insert(found_.end(), item.values.begin(), item.values.end());
    } else if (!item.last.empty() && std::ranges::find(item.values, name_) != item.values.end()) {
      found_.push_back(item.last);
    }
    item = {.is_dict = true};
  }

  const std::string_view text_;
  const std::string_view name_;
  size_t at_ = 0;
  std::vector<Open> open_;
  std::vector<std::string_view> found_;
};

bool is_dotted_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c == '.' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

/// A module as a table writes it: from the top, or below the package with or without dots.
void add_written(std::string_view package, std::string_view written,
                 std::vector<std::string>& modules) {
  written = written.substr(0, written.find(':'));  // `package.module:name`
  if (!is_dotted_name(written)) return;
  const size_t dots = std::min(written.find_first_not_of('.'), written.size());
  modules.push_back(joined(dots == 0 ? package : above(package, dots), written.substr(dots)));
  if (dots == 0) modules.emplace_back(written);
}

}  // namespace

std::string package_of(std::string_view module, bool is_package) {
  return std::string(above(module, is_package ? 1 : 2));
}

std::vector<std::string> loaded_on_demand(const FileFacts& facts, std::string_view text,
                                          std::string_view package, std::string_view name) {
  std::vector<std::string> modules;
  for (const Import& import : facts.imports()) {
    const bool is_put_off =
        import.scope == Scope::kFunction || (import.guards & kGuardTypeChecking) != 0;
    if (!import.is_from || !is_put_off) continue;
    for (const ImportedName& each :
         facts.imported_names().subspan(import.first_name, import.name_count)) {
      if (facts.name(each.as_name) != name) continue;
      const std::string_view base =
          import.level == 0 ? std::string_view() : above(package, import.level);
      const std::string module = joined(base, facts.name(import.module));
      modules.push_back(module);
      modules.push_back(joined(module, facts.name(each.name)));
    }
  }
  const std::string in_quotes = '"' + std::string(name) + '"';
  const std::string in_single_quotes = '\'' + std::string(name) + '\'';
  if (find_text(text, in_quotes) != text.npos || find_text(text, in_single_quotes) != text.npos) {
    for (const std::string_view written : Tables(text, name).beside()) {
      add_written(package, written, modules);
    }
  }
  std::erase(modules, std::string());
  sort_distinct(modules);
  return modules;
}

}  // namespace headwater::resolve
