#include "resolve/texts.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace headwater::resolve {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         (byte >= 'a' && byte <= 'z') || byte >= 0x80;
}

/// Calls `found(begin, end)` for each whole word `name` until it says true.
template <typename Found>
bool any_word(std::string_view text, std::string_view name, Found found) {
  for (size_t at = find_text(text, name); at != std::string_view::npos;
       at = find_text(text, name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !is_word_byte(text[at - 1]);
    const bool ends = end == text.size() || !is_word_byte(text[end]);
    if (begins && ends && found(at, end)) return true;
  }
  return false;
}

/// `=` that is no `==`, with blanks before it.
bool is_assigned(std::string_view text, size_t end) {
  end = text.find_first_not_of(" \t", end);
  return end != std::string_view::npos && text[end] == '=' &&
         (end + 1 == text.size() || text[end + 1] != '=');
}

/// Whether `sys.modules`, which ends at `end`, is more than asked whether it has a module, or given
/// one: whoever takes a module out of it may set its names.
bool takes_module(std::string_view text, size_t begin, size_t end) {
  const std::string_view before = text.substr(0, begin);
  if (before.ends_with(" in ") || before.ends_with("del ")) return false;
  if (end == text.size() || text[end] != '[') return true;
  const std::string_view line = text.substr(end, text.find('\n', end) - end);
  const size_t close = line.find(']');
  return close == line.npos || !is_assigned(line, close + 1);
}

/// Past the bracket that closes the one at `at`, on its line; npos if none does.
size_t end_of_brackets(std::string_view text, size_t at) {
  int depth = 0;
  for (; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '(' || text[at] == '[') ++depth;
    if ((text[at] == ')' || text[at] == ']') && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

/// Whether the mapping whose expression ends with [begin, end) of `text` is only read there: asked
/// for an item, gone through or copied, or loses one. What else may be done with it counts as not.
bool is_read_there(std::string_view text, size_t begin, size_t end) {
  constexpr std::array<std::string_view, 6> kReaders = {".get(",    ".keys(", ".items(",
                                                        ".values(", ".copy(", ".__contains__("};
  constexpr std::array<std::string_view, 4> kCopiers = {"dict(", "list(", "sorted(", "set("};
  constexpr std::array<std::string_view, 7> kGoOn = {"==",   "!=",  "is ",  "if ",
                                                     "and ", "or ", "else "};
  const std::string_view before = text.substr(0, begin);
  std::string_view after = text.substr(end);
  const auto begins = [&](std::string_view with) { return after.starts_with(with); };
  const auto ends = [&](std::string_view with) { return before.ends_with(with); };
  if (std::ranges::any_of(kReaders, begins)) return true;
  if (begins(")") && std::ranges::any_of(kCopiers, ends)) return true;
  if (!begins("[")) return ends(" in ") && !begins(".");
  const size_t close = end_of_brackets(text, end);
  if (close == std::string_view::npos) return false;
  after = text.substr(std::min(text.find_first_not_of(' ', close), text.size()));
  constexpr std::string_view kEnds = "(.)#\r\n";
  return after.empty() || kEnds.find(after[0]) != std::string_view::npos ||
         std::ranges::any_of(kGoOn, begins);
}

/// Where the dotted name or call that ends before `at` begins.
size_t begin_of_primary(std::string_view text, size_t at) {
  while (at > 0 && (is_word_byte(text[at - 1]) || text[at - 1] == '.')) --at;
  return at;
}

/// Whether `self.` or `cls.` stands before `begin`.
bool is_of_instance(std::string_view text, size_t begin) {
  const std::string_view before = text.substr(0, begin);
  for (const std::string_view owner : {"self.", "cls."}) {
    if (!before.ends_with(owner)) continue;
    const size_t at = begin - owner.size();
    return at == 0 || (!is_word_byte(text[at - 1]) && text[at - 1] != '.');
  }
  return false;
}

/// Whether `globals` is more than read: `globals()` whose items change, that is handed on or kept.
bool writes_globals(std::string_view text) {
  return any_word(text, "globals", [&](size_t begin, size_t end) {
    if (begin > 0 && text[begin - 1] == '.') return false;
    const bool is_call = text.substr(end).starts_with("()");
    return !is_call || !is_read_there(text, begin, end + 2);
  });
}

/// Whether the frame that `_getframe` or `currentframe` at `begin` gives goes to other code, which
/// may write to it.
bool hands_frame_on(std::string_view text, size_t begin, size_t end) {
  const size_t first = begin_of_primary(text, begin);
  std::string_view before = text.substr(0, first);
  while (before.ends_with(' ')) before.remove_suffix(1);
  const size_t close =
      end < text.size() && text[end] == '(' ? end_of_brackets(text, end) : text.npos;
  if (close == text.npos) return true;
  if (close < text.size() && text[close] == '.') return false;
  if (!before.ends_with('=')) return true;
  before.remove_suffix(1);
  while (before.ends_with(' ')) before.remove_suffix(1);
  size_t name = before.size();
  while (name > 0 && is_word_byte(before[name - 1])) --name;
  if (name == before.size()) return true;
  return any_word(text, before.substr(name), [&](size_t from, size_t to) {
    const bool is_attribute = from > 0 && text[from - 1] == '.';
    const size_t next = text.find_first_not_of(" \t", to);
    constexpr std::string_view kHandsOn = "),]}:\r\n";
    const bool is_alone = next == text.npos || kHandsOn.find(text[next]) != kHandsOn.npos;
    return is_attribute || (is_alone && !is_assigned(text, to));
  });
}

/// The nearest line above `at`, or its own, that is not indented and begins a statement.
std::string_view outermost_line(std::string_view text, size_t at) {
  for (;;) {
    const size_t end = at == 0 ? text.npos : text.rfind('\n', at - 1);
    const size_t begin = end == text.npos ? 0 : end + 1;
    const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    constexpr std::string_view kGoesOn = " \t\r#)]}";
    if (begin == 0 || (!line.empty() && kGoesOn.find(line[0]) == kGoesOn.npos)) return line;
    at = end;
  }
}

/// Functions of a module that its calls are followed through.
constexpr int kMostFunctions = 3;

bool calls_when_run(std::string_view text, std::string_view name, int depth) {
  return any_word(text, name, [&](size_t begin, size_t end) {
    if (begin > 0 && text[begin - 1] == '.') return false;
    const bool decorates = begin > 0 && text[begin - 1] == '@';
    while (end < text.size() && (is_word_byte(text[end]) || text[end] == '.')) ++end;
    if (!decorates && (end == text.size() || text[end] != '(')) return false;
    std::string_view line = outermost_line(text, begin);
    if (line.starts_with("class ")) return false;
    if (line.starts_with("async ")) line.remove_prefix(6);
    if (!line.starts_with("def ")) return true;
    const size_t size = static_cast<size_t>(std::ranges::find_if_not(line.substr(4), is_word_byte) -
                                            line.substr(4).begin());
    const std::string_view function = line.substr(4, size);
    return depth < kMostFunctions && function != name && calls_when_run(text, function, depth + 1);
  });
}

/// Where the last line that begins with `class` before `at` does so; npos if there is none.
size_t begin_of_class(std::string_view text, size_t at) {
  constexpr std::string_view kClass = "class ";
  size_t found = text.substr(0, at).rfind(kClass);
  while (found != std::string_view::npos) {
    const std::string_view before = text.substr(0, found);
    const size_t last = before.find_last_not_of(" \t\f");
    if (last == std::string_view::npos || before[last] == '\n' || before[last] == '\r')
      return found;
    found = before.rfind(kClass);
  }
  return found;
}

/// Whether the colon of a header stands in `text`, which begins with it.
bool ends_header(std::string_view text) {
  int depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '#') at = std::min(text.find('\n', at), text.size());
    if (byte == '(' || byte == '[' || byte == '{') ++depth;
    if (byte == ')' || byte == ']' || byte == '}') --depth;
    if (byte == ':' && depth <= 0) return true;
  }
  return false;
}

/// The parts of the dotted name that begins at `at`.
void add_parts(std::string_view text, size_t at, std::vector<std::string_view>& parts) {
  for (; at < text.size() && (is_word_byte(text[at]) || text[at] == '.'); ++at) {
    const size_t begin = at;
    while (at < text.size() && is_word_byte(text[at])) ++at;
    parts.push_back(text.substr(begin, at - begin));
    if (at == text.size() || text[at] != '.') return;
  }
}

}  // namespace

bool has_word(std::string_view text, std::string_view name) {
  return any_word(text, name, [](size_t, size_t) { return true; });
}

bool has_keyword(std::string_view text, std::string_view name) {
  return any_word(text, name, [&](size_t, size_t end) { return is_assigned(text, end); });
}

bool sets_names_of_others(std::string_view text) {
  if (has_word(text, "getmodule")) return true;
  for (const std::string_view names : {"f_globals", "f_locals", "__globals__"}) {
    const auto writes = [&](size_t begin, size_t end) { return !is_read_there(text, begin, end); };
    if (any_word(text, names, writes)) return true;
  }
  for (const std::string_view finder : {"_getframe", "currentframe"}) {
    const auto hands_on = [&](size_t begin, size_t end) {
      return hands_frame_on(text, begin, end);
    };
    if (any_word(text, finder, hands_on)) return true;
  }
  const auto takes = [&](size_t begin, size_t end) { return takes_module(text, begin, end); };
  if (any_word(text, "sys.modules", takes)) return true;
  return any_word(text, "setattr", [&](size_t, size_t end) {
    const std::string_view first = text.substr(end);
    return first.starts_with('(') && !first.starts_with("(self") && !first.starts_with("(cls");
  });
}

bool calls_when_run(std::string_view text, std::string_view name) {
  return calls_when_run(text, name, 0);
}

bool may_replace_itself(std::string_view text) {
  const auto is_handed_on = [&](size_t begin, size_t) {
    const std::string_view before = text.substr(0, begin);
    return before.ends_with('(') && !before.ends_with("getLogger(");
  };
  return has_word(text, "sys.modules") && any_word(text, "__name__", is_handed_on);
}

bool is_class_base(std::string_view text, std::string_view name) {
  return any_word(text, name, [&](size_t begin, size_t) {
    const size_t header = begin_of_class(text, begin);
    return header != std::string_view::npos && !ends_header(text.substr(header, begin - header));
  });
}

bool hooks_classes(std::string_view text) {
  constexpr std::array<std::string_view, 4> kHooks = {"__init_subclass__", "__set_name__",
                                                      "metaclass", "with_metaclass"};
  constexpr std::array<std::string_view, 4> kMetaclasses = {"type", "ABCMeta", "EnumMeta",
                                                            "EnumType"};
  return std::ranges::any_of(kHooks, [&](std::string_view hook) { return has_word(text, hook); }) ||
         std::ranges::any_of(kMetaclasses, [&](std::string_view metaclass) {
           return is_class_base(text, metaclass);
         });
}

bool reaches_its_names(std::string_view text) {
  constexpr std::array<std::string_view, 8> kWays = {"globals",      "exec",       "__globals__",
                                                     "f_locals",     "f_globals",  "_getframe",
                                                     "currentframe", "sys.modules"};
  return std::ranges::any_of(kWays, [&](std::string_view way) { return has_word(text, way); });
}

bool rewrites_itself(std::string_view text) {
  const auto is_attribute = [&](size_t begin) { return begin > 0 && text[begin - 1] == '.'; };
  const auto follows = [&](size_t end, std::string_view what) {
    return text.substr(end).starts_with(what);
  };
  const auto sets = [&](size_t, size_t end) {
    return !follows(end, "(self,") && !follows(end, "(cls,");
  };
  const auto reads_names = [&](size_t begin, size_t end) {
    return follows(end, "(") && !is_attribute(begin) && !follows(end, "(self)");
  };
  const auto runs_text = [&](size_t begin, size_t) {
    return !is_attribute(begin) && !text.substr(0, begin).ends_with("def ");
  };
  const auto is_of_another = [&](size_t begin, size_t) { return !is_of_instance(text, begin); };
  const auto takes = [&](size_t begin, size_t end) { return takes_module(text, begin, end); };
  // Of a class, as one sees by the line; the module's own is in its facts.
  const auto is_of_module = [&](size_t begin, size_t) {
    return !text.substr(0, begin).ends_with("    def ");
  };
  return writes_globals(text) || any_word(text, "setattr", sets) ||
         any_word(text, "vars", reads_names) || any_word(text, "exec", runs_text) ||
         any_word(text, "__dict__", is_of_another) || any_word(text, "sys.modules", takes) ||
         any_word(text, "__getattr__", is_of_module);
}

std::vector<std::string_view> modules_set_by_name(std::string_view text) {
  std::vector<std::string_view> found;
  // From bracket to bracket: this is looked for in many files, and a search for the words
  // themselves stops at each of their first letters.
  for (size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    const std::string_view before = text.substr(0, at);
    if (before.ends_with("setattr") || before.ends_with("vars")) add_parts(text, at + 1, found);
  }
  constexpr std::string_view kDict = ".__dict__";
  for (size_t end = find_text(text, kDict); end != std::string_view::npos;
       end = find_text(text, kDict, end + 1)) {
    size_t begin = end;
    while (begin > 0 && is_word_byte(text[begin - 1])) --begin;
    found.push_back(text.substr(begin, end - begin));
  }
  return found;
}

std::vector<std::string_view> names_set_by_setattr(std::string_view text) {
  constexpr std::string_view kCall = "setattr(";
  std::vector<std::string_view> found;
  for (size_t at = find_text(text, kCall); at != text.npos; at = find_text(text, kCall, at + 1)) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    const size_t quote = line.find_first_of("'\"");
    if (quote == line.npos) continue;
    const std::string_view inside = line.substr(quote + 1);
    found.push_back(inside.substr(0, inside.find(line[quote])));
  }
  return found;
}

std::string_view next_assigned_attribute(std::string_view text, size_t& at) {
  for (at = text.find('=', at); at != std::string_view::npos; at = text.find('=', at)) {
    size_t end = at++;
    if (at < text.size() && text[at] == '=') {
      ++at;
      continue;
    }
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
    size_t begin = end;
    while (begin > 0 && is_word_byte(text[begin - 1])) --begin;
    if (begin < end && begin > 0 && text[begin - 1] == '.') return text.substr(begin, end - begin);
  }
  return {};
}

std::string_view next_registered_module(std::string_view text, size_t& at) {
  constexpr std::string_view kModules = "sys.modules";
  for (at = find_text(text, kModules, at); at != std::string_view::npos;
       at = find_text(text, kModules, at)) {
    const std::string_view line = text.substr(text.rfind('\n', at) + 1);  // npos + 1 is 0
    const bool is_comment = line.find('#') < static_cast<size_t>(text.data() + at - line.data());
    at += kModules.size();
    if (is_comment) continue;
    std::string_view rest = text.substr(at);
    bool is_put = false;
    for (const std::string_view way : {"[", ".setdefault("}) {
      if (!rest.starts_with(way)) continue;
      rest.remove_prefix(way.size());
      is_put = way != "[";
      break;
    }
    const char quote = rest.empty() ? '\0' : rest.front();
    if (quote != '"' && quote != '\'') continue;
    rest.remove_prefix(1);
    const std::string_view name = rest.substr(0, rest.find(quote));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    if (!is_put && rest.starts_with(']')) {
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t", 1), rest.size()));
      is_put = rest.starts_with('=') && !rest.starts_with("==");
    }
    if (is_put && !name.empty()) return name;
  }
  return {};
}

}  // namespace headwater::resolve
