#include "scan/python/string_uses.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "scan/python/logical_lines.h"
#include "scan/python/setting_names.h"
#include "scan/python/source_text.h"
#include "scan/python/string_literal.h"
#include "scan/python/token_view.h"

namespace headwater::scan {
namespace {

/// Literals nested deeper name no code.
constexpr size_t kMostDepth = 16;
/// Variables that a setting is put together of.
constexpr size_t kMostParts = 32;

/// The libraries whose functions take names of code, as a bit set.
using Libraries = uint8_t;
constexpr Libraries kMocks = 1;  // unittest.mock, and pytest with its fixtures
constexpr Libraries kCelery = 2;
constexpr Libraries kDjango = 4;
constexpr Libraries kLazyLoader = 8;
constexpr Libraries kSetuptools = 16;
constexpr Libraries kLogging = 32;
/// Those of whose calls some begin with no string.
constexpr Libraries kWithoutString = kCelery | kLazyLoader | kSetuptools | kLogging | kDjango;

/// Of the module that a statement imports.
Libraries library_of(std::string_view module) {
  struct Row {
    std::string_view package;
    Libraries library;
  };
  constexpr std::array kRows = std::to_array<Row>({{"mock", kMocks},
                                                   {"unittest", kMocks},
                                                   {"pytest", kMocks},
                                                   {"celery", kCelery | kDjango},
                                                   {"django", kDjango},
                                                   {"lazy_loader", kLazyLoader},
                                                   {"setuptools", kSetuptools},
                                                   {"distutils", kSetuptools},
                                                   {"logging.config", kLogging}});
  if (module.size() < 4) return 0;
  for (const Row& row : kRows) {
    if (module[0] != row.package[0] || !module.starts_with(row.package)) continue;
    if (module.size() == row.package.size() || module[row.package.size()] == '.') {
      return row.library;
    }
  }
  return 0;
}

class StringUseFinder {
 public:
  StringUseFinder(std::string_view text, const ByteIndex& index, std::span<const LineStart> lines,
                  FactsBuilder& facts)
      : text_(text), index_(index), lines_(lines), places_(text, index), facts_(facts) {}

  void run() {
    settings();
    libraries_ = imported_libraries();
    imports_patch_ = imports_patch();
    if (libraries_ != 0) calls();
    std::ranges::sort(facts_.string_uses, {},
                      [](const StringUse& one) { return std::pair(one.line, one.column); });
  }

 private:
  // Whether to look at all: by what the file imports and defines.

  Libraries imported_libraries() const {
    Libraries libraries = 0;
    for (const Import& import : facts_.imports) {
      if (import.level == 0) libraries |= library_of(facts_.names[import.module]);
    }
    if ((libraries & kMocks) != 0) return libraries;
    // A test gets `monkeypatch` and `mocker` without an import.
    const bool is_test = std::ranges::any_of(facts_.bindings, [&](const auto& placed) {
      const std::string_view name = facts_.names[placed.binding.name];
      const bool may_be = name.size() > 4 && (name[0] == 't' || name[0] == 'T');
      return may_be && (name.starts_with("test_") || name.starts_with("Test"));
    });
    return is_test ? libraries | kMocks : libraries;
  }

  /// Whether `patch` is that of mock.
  bool imports_patch() const {
    return std::ranges::any_of(facts_.imports, [&](const Import& import) {
      if (!import.is_from || library_of(facts_.names[import.module]) != kMocks) return false;
      const auto names =
          std::span(facts_.imported_names).subspan(import.first_name, import.name_count);
      return std::ranges::any_of(names, [&](const ImportedName& one) {
        const std::string_view name = facts_.names[one.as_name];
        return name == "patch" || name == "*";
      });
    });
  }

  // Places.

  /// The tokens of the logical line around `at`; the last one is kept.
  TokenView line_around(size_t at) {
    if (at < line_begin_ || at >= line_end_) {
      line_begin_ = begin_of_line(at);
      Lexer lexer(text_, index_);
      lexer.read_line(line_begin_, tokens_);
      line_end_ = std::max(at, tokens_.empty() ? at : size_t{tokens_.back().end}) + 1;
    }
    return {text_, tokens_};
  }

  size_t begin_of_line(size_t at) {
    const size_t begin = lines_[line_of(at)].begin;
    return begin > at ? 0 : begin;
  }

  /// Into lines_.
  size_t line_of(size_t at) {
    if (lines_.empty() && found_lines_.empty()) {
      for (size_t begin = 0; begin < text_.size();) {
        // As far as they can be compared: a tab is a column.
        const size_t first = std::min(text_.find_first_not_of(" \t", begin), text_.size());
        found_lines_.push_back(
            {static_cast<uint32_t>(begin), static_cast<uint32_t>(first - begin)});
        begin = logical_line_end(text_, begin, nullptr);
      }
      lines_ = found_lines_;
    }
    const auto after = std::ranges::upper_bound(lines_, at, {}, &LineStart::begin);
    return after == lines_.begin() ? 0 : static_cast<size_t>(after - lines_.begin()) - 1;
  }

  void add(TokenView literal, std::string_view name, std::string_view key, NameUse use,
           bool is_optional = false) {
    const uint32_t offset = literal[0].begin;
    facts_.string_uses.push_back({places_.line(offset), places_.column(offset),
                                  facts_.names.intern(name), facts_.names.intern(key), use,
                                  is_optional});
  }

  /// Calls visit(literal, value, key) for each string of a literal; `key` is the nearest one of a
  /// table.
  using Visit =
      std::function<void(TokenView literal, const std::string& value, const std::string& key)>;
  static void for_each_string(TokenView value, const std::string& key, size_t depth,
                              const Visit& visit) {
    if (depth == kMostDepth) return;
    while (!value.empty()) {
      if (value[0].kind == TokenKind::kString) {
        const auto text = string_value(value);
        if (text) visit(value, *text, key);
        return;
      }
      // `NAME + [...]`
      if (value.is_name(0) && value.is_op(1, '+')) {
        value = value.from(2);
        continue;
      }
      const size_t close = value.opens(0) ? value.matching(0) : value.size();
      if (close >= value.size()) return;
      const bool is_table = value.is_op(0, '{');
      value.range(1, close).split(',', [&](TokenView item) {
        const size_t colon = is_table ? item.find_outside(':') : item.size();
        if (colon == item.size()) return for_each_string(item, key, depth + 1, visit);
        const auto own = string_value(item.range(0, colon));
        for_each_string(item.from(colon + 1), own ? *own : std::string(), depth + 1, visit);
      });
      // `[...] + [...]`
      if (!value.is_op(close + 1, '+')) return;
      value = value.from(close + 2);
    }
  }

  // What is around.

  std::string_view line_text(size_t line) const {
    const size_t end = line + 1 < lines_.size() ? lines_[line + 1].begin : text_.size();
    return trimmed(text_.substr(lines_[line].begin, end - lines_[line].begin));
  }

  /// Whether a statement of this text may run what is in it in vain, or not at all.
  static bool may_avert(std::string_view text) {
    constexpr std::array<std::string_view, 8> kWords = {
        "aises", "suppress",    "hasattr",     "skip",
        "xfail", "create=True", "sys.modules", "expectedFailure"};
    return std::ranges::any_of(
        kWords, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
  }
  static bool is_condition(std::string_view text) {
    constexpr std::array<std::string_view, 5> kBegins = {"if ", "elif ", "else:", "try:", "except"};
    return std::ranges::any_of(kBegins,
                               [&](std::string_view begin) { return text.starts_with(begin); });
  }

  /// Whether a name at `at` may be meant to be absent: by a condition or a guard around it, by a
  /// decorator of what it stands in, or by its own statement.
  bool may_be_averted(size_t at) {
    const size_t own = line_of(at);
    if (may_avert(line_text(own))) return true;
    for (size_t below = own; line_text(below).starts_with('@') && below + 1 < lines_.size();) {
      if (may_avert(line_text(++below))) return true;
    }
    return is_averted_around(own);
  }

  bool is_averted_around(size_t own) const {
    uint32_t column = lines_[own].indentation;
    bool is_decorated = line_text(own).starts_with('@');
    for (size_t line = own; line-- > 0 && (column > 0 || is_decorated);) {
      const uint32_t here = lines_[line].indentation;
      is_decorated = is_decorated && here <= column;
      if (here > column || (here == column && !is_decorated)) continue;
      const std::string_view text = line_text(line);
      if (text.empty() || text.starts_with('#')) continue;
      if (here < column) {
        const bool is_with = text.starts_with("with ") || text.starts_with("async with ");
        if (is_condition(text) || (is_with && may_avert(text))) return true;
        column = here;
        is_decorated = text.starts_with("def ") || text.starts_with("class ") ||
                       text.starts_with("async def ");
      } else {
        is_decorated = is_decorated && text.starts_with('@');
        if (is_decorated && may_avert(text)) return true;
      }
    }
    return false;
  }

  // Settings.

  static bool is_value(BindingKind kind) {
    return kind == BindingKind::kAssign || kind == BindingKind::kAnnotated ||
           kind == BindingKind::kAugmented;
  }

  void settings() {
    const auto setting_of = [&](const auto& placed) {
      if (!is_value(placed.binding.kind)) return static_cast<const SettingName*>(nullptr);
      const std::string_view name = facts_.names[placed.binding.name];
      // Most names are those of classes and functions, or have small letters.
      const bool may_be = name.size() > 5 && (name[1] < 'a' || name.starts_with("pytest_"));
      return may_be ? setting_named(name) : nullptr;
    };
    bool has_company = false;
    std::vector<std::pair<const SettingName*, uint32_t>> found;
    for (const auto& placed : facts_.bindings) {
      const SettingName* const setting = setting_of(placed);
      if (setting == nullptr) continue;
      found.emplace_back(setting, placed.offset);
      has_company |= !setting->needs_company;
    }
    for (const auto& [setting, offset] : found) {
      if (!setting->needs_company || has_company) read_setting(*setting, offset);
    }
  }

  void read_setting(const SettingName& setting, uint32_t offset) {
    std::vector<std::string> parts = read_value(setting, setting.name, offset);
    // `INSTALLED_APPS = DJANGO_APPS + LOCAL_APPS`
    for (size_t i = 0; i < parts.size() && i < kMostParts; ++i) {
      for (const auto& placed : facts_.bindings) {
        const bool is_it = is_value(placed.binding.kind) &&
                           facts_.names[placed.binding.name] == parts[i] &&
                           read_parts_.insert(placed.offset).second;
        if (!is_it) continue;
        const std::vector<std::string> more = read_value(setting, parts[i], placed.offset);
        parts.insert(parts.end(), more.begin(), more.end());
      }
    }
  }

  /// Reads what is assigned to `name` at `offset` as the setting's value. The answer is the
  /// variables that are a part of it.
  std::vector<std::string> read_value(const SettingName& setting, std::string_view name,
                                      uint32_t offset) {
    const TokenView line = line_around(offset);
    if (!line.is(0, name)) return {};
    const bool is_conditional = is_averted_around(line_of(offset));
    size_t at = 1;
    while (at < line.size() && !line.is_op(at, '=') && !line.is_op(at, kAugmented)) ++at;
    const TokenView value = line.from(at + 1);
    for_each_string(value, "", 0,
                    [&](TokenView literal, const std::string& text, const std::string& key) {
                      NameUse use = setting.use;
                      const bool is_by_key = setting.shape == SettingShape::kByKey;
                      if (is_by_key && !settings_key(setting.name, key, use)) return;
                      // Django's own name for the one that follows it (`load_backend`).
                      if (text == "django.db.backends.postgresql_psycopg2") return;
                      add(literal, text, setting.name, use, is_conditional);
                    });
    return setting.shape == SettingShape::kTexts ? variables_of(value) : std::vector<std::string>();
  }

  /// `A` and `B` of `A + B`, `[*A, "c"] + B`.
  static std::vector<std::string> variables_of(TokenView value) {
    std::vector<std::string> names;
    for (size_t i = 0; i < value.size(); ++i) {
      if (!value.is_name(i)) continue;
      for (const std::string_view word : {"for", "if", "lambda", "await", "not", "in"}) {
        if (value.is(i, word)) return {};
      }
      const bool begins = i == 0 || value.is_op(i - 1, '+') || value.is_op(i - 1, '*');
      const bool ends = i + 1 == value.size() || value.is_op(i + 1, '+') ||
                        value.is_op(i + 1, ',') || value.closes(i + 1);
      if (begins && ends) names.emplace_back(value.word_at(i));
    }
    return names;
  }

  // Calls.

  void calls() {
    const auto open = [](const BlockMasks& m) { return m.open; };
    for (size_t at = index_.next(0, open); at < text_.size(); at = index_.next(at + 1, open)) {
      if (text_[at] == '(' && at > 0 && is_identifier_byte(text_[at - 1])) call(at);
    }
  }

  /// What stands before the bracket at `open`, dots included.
  std::string_view callee(size_t open) const {
    size_t begin = open;
    while (begin > 0 && (is_identifier_byte(text_[begin - 1]) || text_[begin - 1] == '.')) --begin;
    return text_.substr(begin, open - begin);
  }

  bool is_followed_by_string(size_t open) const {
    size_t at = open + 1;
    while (at < text_.size() && std::string_view(" \t\r\n").find(text_[at]) != std::string::npos) {
      ++at;
    }
    return at < text_.size() && (text_[at] == '"' || text_[at] == '\'' || text_[at] == 'r');
  }

  void call(size_t open) {
    struct Row {
      std::string_view last;  // of the callee
      Libraries libraries;    // that have it
      void (StringUseFinder::*read)(std::string_view callee, TokenView arguments);
      bool needs_string;  // as the first argument
    };
    static constexpr std::array kRows = std::to_array<Row>({
        {"patch", kMocks, &StringUseFinder::read_patch, true},
        {"dict", kMocks, &StringUseFinder::read_patch, true},
        {"multiple", kMocks, &StringUseFinder::read_patch, true},
        {"setattr", kMocks, &StringUseFinder::read_setattr, true},
        {"delattr", kMocks, &StringUseFinder::read_setattr, true},
        {"importorskip", kMocks, &StringUseFinder::read_importorskip, true},
        {"setdefault", kDjango, &StringUseFinder::read_setdefault, true},
        {"attach", kLazyLoader, &StringUseFinder::read_attach, false},
        {"Celery", kCelery, &StringUseFinder::read_celery, false},
        {"send_task", kCelery, &StringUseFinder::read_send_task, true},
        {"dictConfig", kLogging, &StringUseFinder::read_logging, false},
        {"include", kDjango, &StringUseFinder::read_include, false},
        {"setup", kSetuptools, &StringUseFinder::read_setup, false},
    });
    // Most calls begin with no string, and of the others the last letter spares most comparisons.
    const bool has_string = is_followed_by_string(open);
    if (!has_string && (libraries_ & kWithoutString) == 0) return;
    const std::string_view before = text_.substr(0, open);
    for (const Row& row : kRows) {
      const bool may_be = (row.libraries & libraries_) != 0 && row.last.back() == before.back();
      if (!may_be || !before.ends_with(row.last)) continue;
      const std::string_view name = callee(open);
      if (name.substr(name.rfind('.') + 1) != row.last) continue;
      if (row.needs_string && !has_string) return;
      const TokenView line = line_around(open);
      const auto tokens = std::ranges::lower_bound(tokens_, open, {}, &Token::begin);
      const auto at = static_cast<size_t>(tokens - tokens_.begin());
      // Inside of a string it is no token.
      if (!line.is_op(at, '(') || line[at].begin != open) return;
      const size_t close = line.matching(at);
      if (close < line.size()) (this->*row.read)(name, line.range(at + 1, close));
      return;
    }
  }

  /// The argument of this number where it is given by place, or the one of this name; empty: none.
  static TokenView argument(TokenView arguments, size_t number, std::string_view name) {
    std::optional<TokenView> found;
    size_t at = 0;
    arguments.split(',', [&](TokenView one) {
      const bool is_named = one.is_name(0) && one.is_op(1, '=');
      if (is_named ? one.is(0, name) : at == number) found = is_named ? one.from(2) : one;
      at += !is_named;
    });
    return found.value_or(arguments.range(0, 0));
  }

  /// `*` or `**`
  static bool has_unpacking(TokenView arguments) {
    bool has = false;
    arguments.split(',', [&](TokenView one) { has |= arguments.text()[one[0].begin] == '*'; });
    return has;
  }

  static bool may_be_true(TokenView arguments, size_t number, std::string_view name) {
    const TokenView value = argument(arguments, number, name);
    return has_unpacking(arguments) || (!value.empty() && !value.is(0, "False"));
  }

  void read_patch(std::string_view callee, TokenView arguments) {
    const size_t dot = callee.rfind('.');
    const std::string_view last = callee.substr(dot + 1);
    std::string_view owner = dot == std::string_view::npos ? "" : callee.substr(0, dot);
    const bool is_part = last != "patch";  // patch.dict, patch.multiple
    if (is_part) {
      const size_t before = owner.rfind('.');
      if (owner.substr(before + 1) != "patch") return;
      owner = before == std::string_view::npos ? "" : owner.substr(0, before);
    }
    const std::string_view holder = owner.substr(owner.rfind('.') + 1);
    // HTTP clients have a `patch`, too, and tests define one.
    const bool is_mock =
        owner.empty() ? imports_patch_ : holder == "mock" || holder.ends_with("mocker");
    const TokenView literal = argument(arguments, 0, is_part ? "in_dict" : "target");
    const auto name = string_value(literal);
    if (!is_mock || !name || name->find('.') == std::string::npos) return;
    const bool may_lack = may_be_true(arguments, is_part ? SIZE_MAX : 3, "create") ||
                          may_be_averted(literal[0].begin);
    add(literal, *name, "mock.patch", is_part ? NameUse::kModuleOrObject : NameUse::kAttribute,
        may_lack);
  }

  void read_setattr(std::string_view callee, TokenView arguments) {
    const bool is_monkeypatch =
        callee.find("monkeypatch.") != std::string_view::npos || callee.starts_with("mp.");
    const TokenView literal = argument(arguments, 0, "target");
    const auto name = string_value(literal);
    if (!is_monkeypatch || !name || name->find('.') == std::string::npos) return;
    const bool may_lack = !argument(arguments, SIZE_MAX, "raising").empty() ||
                          has_unpacking(arguments) || may_be_averted(literal[0].begin);
    add(literal, *name, "monkeypatch", NameUse::kAttribute, may_lack);
  }

  void read_importorskip(std::string_view, TokenView arguments) {
    const TokenView literal = argument(arguments, 0, "modname");
    if (const auto name = string_value(literal)) {
      add(literal, *name, "pytest.importorskip", NameUse::kModule, true);
    }
  }

  /// `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")`
  void read_setdefault(std::string_view, TokenView arguments) {
    if (string_value(argument(arguments, 0, "")) != "DJANGO_SETTINGS_MODULE") return;
    const TokenView literal = argument(arguments, 1, "");
    if (const auto name = string_value(literal)) {
      add(literal, *name, "DJANGO_SETTINGS_MODULE", NameUse::kModule);
    }
  }

  /// `lazy_loader.attach(__name__, submodules=["a"], submod_attrs={"b": ["c"]})`
  void read_attach(std::string_view, TokenView arguments) {
    if (!argument(arguments, 0, "package_name").is(0, "__name__")) return;
    const auto below = [&](bool has_key) {
      return [this, has_key](TokenView literal, const std::string& value, const std::string& key) {
        const std::string name = has_key ? '.' + key + ':' + value : '.' + value;
        add(literal, name, "lazy_loader.attach", has_key ? NameUse::kObject : NameUse::kModule);
      };
    };
    for_each_string(argument(arguments, 1, "submodules"), "", 0, below(false));
    for_each_string(argument(arguments, 2, "submod_attrs"), "", 0, below(true));
  }

  /// `path("", include("shop.urls"))`, `include(("shop.urls", "shop"))`
  void read_include(std::string_view callee, TokenView arguments) {
    if (callee != "include" && callee != "urls.include") return;
    TokenView literal = argument(arguments, 0, "arg");
    if (literal.is_op(0, '(') && literal.is_enclosed()) {
      literal = literal.range(1, literal.size() - 1);
      literal = literal.range(0, literal.find_outside(','));
    }
    const auto name = string_value(literal);
    if (!name) return;
    add(literal, *name, "include", NameUse::kModule, may_be_averted(literal[0].begin));
  }

  void read_celery(std::string_view, TokenView arguments) {
    for_each_string(argument(arguments, SIZE_MAX, "include"), "", 0,
                    [&](TokenView literal, const std::string& value, const std::string&) {
                      add(literal, value, "Celery", NameUse::kModule);
                    });
  }

  void read_send_task(std::string_view, TokenView arguments) {
    const TokenView literal = argument(arguments, 0, "name");
    const auto name = string_value(literal);
    if (name) add(literal, *name, "send_task", NameUse::kTask);
  }

  void read_logging(std::string_view, TokenView arguments) {
    for_each_string(argument(arguments, 0, "config"), "", 0,
                    [&](TokenView literal, const std::string& value, const std::string& key) {
                      if (key != "class" && key != "()") return;
                      add(literal, value, "logging.dictConfig", NameUse::kObject);
                    });
  }

  /// `setup(entry_points={"console_scripts": ["shop = shop.cli:main"]})`
  void read_setup(std::string_view, TokenView arguments) {
    for_each_string(argument(arguments, SIZE_MAX, "entry_points"), "", 0,
                    [&](TokenView literal, const std::string& value, const std::string&) {
                      const size_t equals = value.find('=');
                      if (equals == std::string::npos || value.find('\n') != std::string::npos) {
                        return;
                      }
                      std::string name = value.substr(equals + 1);
                      name.resize(std::min(name.find('['), name.size()));
                      std::erase_if(name, [](char c) { return c == ' ' || c == '\t'; });
                      const bool is_object = name.find(':') != std::string::npos;
                      add(literal, name, "entry point",
                          is_object ? NameUse::kObject : NameUse::kModule);
                    });
  }

  std::string_view text_;
  const ByteIndex& index_;
  std::span<const LineStart> lines_;
  std::vector<LineStart> found_lines_;
  LineTable places_;
  FactsBuilder& facts_;
  Libraries libraries_ = 0;
  bool imports_patch_ = false;
  std::set<uint32_t> read_parts_;  // offsets of the variables that settings are put together of
  std::vector<Token> tokens_;      // of the logical line [line_begin_, line_end_)
  size_t line_begin_ = 1;
  size_t line_end_ = 0;
};

}  // namespace

void find_string_uses(std::string_view text, const ByteIndex& index,
                      std::span<const LineStart> lines, FactsBuilder& facts) {
  StringUseFinder(text, index, lines, facts).run();
}

}  // namespace headwater::scan
