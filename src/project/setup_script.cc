#include "project/setup_script.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/paths.h"

namespace headwater::project {
namespace {

enum class TokenKind : uint8_t { kName, kText, kMark };

struct Token {
  TokenKind kind;
  std::string text;  // of a string literal: what it says
  bool begins_line = false;
};

/// Nested deeper, a literal is not read: nobody writes it, and the reader calls itself.
constexpr int kMaxDepth = 32;
/// Each is read to its end, also within another.
constexpr int kMaxCalls = 64;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// As much of Python's tokens as literals need.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '\n' || c == '\r') {
      at_line_start_ = true;
      ++at_;
    } else if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == ' ' || c == '\t' || c == '\f' || c == '\\') {
      // Indented code is not the module's own.
      if (c != '\\') at_line_start_ = false;
      ++at_;
    } else if (c == '"' || c == '\'') {
      read_text(false);
    } else if (is_word(c)) {
      read_word();
    } else {
      add(TokenKind::kMark, std::string(1, c));
      ++at_;
    }
  }

  void add(TokenKind kind, std::string text) {
    tokens_.push_back({kind, std::move(text), at_line_start_});
    at_line_start_ = false;
  }

  void read_word() {
    const size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    const bool is_prefix = word.size() <= 2 && at_ < text_.size() &&
                           (text_[at_] == '"' || text_[at_] == '\'') &&
                           word.find_first_not_of("rRuUbBfF") == std::string_view::npos;
    if (is_prefix) return read_text(word.find_first_of("fFbB") != std::string_view::npos);
    add(TokenKind::kName, std::string(word));
  }

  /// A formatted text or bytes are no literal text: they become a mark that ends any value.
  void read_text(bool is_computed) {
    const std::string_view quote = text_.substr(at_, 1);
    std::string triple(3, quote[0]);
    const bool is_long = text_.substr(at_).starts_with(triple);
    const std::string_view end = is_long ? std::string_view(triple) : quote;
    at_ += end.size();
    std::string content;
    while (at_ < text_.size() && !text_.substr(at_).starts_with(end)) {
      if (text_[at_] == '\n' && !is_long) break;
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      content += text_[at_++];
    }
    at_ = std::min(at_ + end.size(), text_.size());
    add(is_computed ? TokenKind::kMark : TokenKind::kText,
        is_computed ? "computed" : std::move(content));
  }

  std::string_view text_;
  size_t at_ = 0;
  bool at_line_start_ = true;
  std::vector<Token> tokens_;
};

class Reader {
 public:
  explicit Reader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  SetupScript run() {
    read_variables();
    int calls = 0;
    for (size_t i = 0; i < tokens_.size() && calls < kMaxCalls; ++i) {
      if (tokens_[i].kind != TokenKind::kName || !is_mark(i + 1, "(")) continue;
      const bool is_definition = i > 0 && tokens_[i - 1].text == "def";
      if (is_definition) continue;
      const std::string& name = tokens_[i].text;
      const bool finds = name == "find_packages" || name == "find_namespace_packages";
      if (name.ends_with("Extension")) read_extension(i + 2);
      if (name == "setup") read_setup(i + 2);
      if (finds) read_find(i + 2);
      calls += finds || name == "setup";
    }
    return std::move(script_);
  }

 private:
  bool is_mark(size_t at, std::string_view mark) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::kMark && tokens_[at].text == mark;
  }

  void read_variables() {
    for (size_t i = 0; i + 2 < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.kind != TokenKind::kName || !token.begins_line || !is_mark(i + 1, "=")) continue;
      size_t at = i + 2;
      ScriptValue value = read_value(at, 0);
      // Bound twice, it may be either.
      const bool is_new = variables_.emplace(token.text, std::move(value)).second;
      if (!is_new) variables_[token.text] = {};
    }
  }

  /// Behind the value, or somewhere in it where it is not readable.
  ScriptValue read_value(size_t& at, int depth) const {
    if (at >= tokens_.size() || depth > kMaxDepth) return {};
    ScriptValue value = read_atom(at, depth);
    const bool ends = at >= tokens_.size() || tokens_[at].begins_line || is_mark(at, ",") ||
                      is_mark(at, ")") || is_mark(at, "]") || is_mark(at, "}") || is_mark(at, ":");
    return ends ? value : ScriptValue{};
  }

  ScriptValue read_atom(size_t& at, int depth) const {
    if (tokens_[at].kind == TokenKind::kText) {
      ScriptValue value{ScriptValue::Kind::kText};
      while (at < tokens_.size() && tokens_[at].kind == TokenKind::kText) {
        value.text += tokens_[at++].text;
      }
      return value;
    }
    if (is_mark(at, "[")) return read_list(at, "]", depth);
    if (is_mark(at, "(")) return read_list(at, ")", depth);
    if (is_mark(at, "{")) return read_table(at, depth);
    if (tokens_[at].kind != TokenKind::kName) return {};
    if (const size_t open = join_call(at)) {
      at = open;
      return joined(read_list(at, ")", depth));
    }
    const auto known = variables_.find(tokens_[at++].text);
    if (known == variables_.end()) return {};
    const size_t cost = size_of(known->second);
    if (cost > copied_bytes_left_) return {};
    copied_bytes_left_ -= cost;
    return known->second;
  }

  static size_t size_of(const ScriptValue& value) {
    size_t size = sizeof(ScriptValue) + value.text.size();
    for (const ScriptValue& item : value.items) size += size_of(item);
    return size;
  }

  /// Where the bracket of `os.path.join(` stands, or 0.
  size_t join_call(size_t at) const {
    for (const std::string_view part : {"os", ".", "path", ".", "join"}) {
      if (at >= tokens_.size()) return 0;
      if (tokens_[at].text == part) {
        ++at;
      } else if (part == "join") {
        return 0;
      }
    }
    return is_mark(at, "(") ? at : 0;
  }

  static ScriptValue joined(const ScriptValue& parts) {
    ScriptValue value{ScriptValue::Kind::kText};
    for (const ScriptValue& part : parts.items) {
      if (part.kind != ScriptValue::Kind::kText) return {};
      value.text = join_path(value.text, part.text);
    }
    return value;
  }

  ScriptValue read_list(size_t& at, std::string_view close, int depth) const {
    ScriptValue list{ScriptValue::Kind::kList};
    ++at;
    while (at < tokens_.size() && !is_mark(at, close)) {
      list.items.push_back(read_value(at, depth + 1));
      skip_to_comma(at);
      if (!is_mark(at, close)) ++at;
    }
    ++at;
    return list;
  }

  ScriptValue read_table(size_t& at, int depth) const {
    ScriptValue table{ScriptValue::Kind::kTable};
    ++at;
    while (at < tokens_.size() && !is_mark(at, "}")) {
      const ScriptValue key = read_value(at, depth + 1);
      ScriptValue value;
      if (is_mark(at, ":")) value = read_value(++at, depth + 1);
      if (key.kind == ScriptValue::Kind::kText) {
        table.keys.push_back(key.text);
        table.items.push_back(std::move(value));
      }
      skip_to_comma(at);
      if (!is_mark(at, "}")) ++at;
    }
    ++at;
    return table;
  }

  /// To the comma or closing bracket that ends what stands at `at`.
  void skip_to_comma(size_t& at) const {
    int depth = 0;
    for (; at < tokens_.size(); ++at) {
      if (is_mark(at, "(") || is_mark(at, "[") || is_mark(at, "{")) ++depth;
      const bool closes = is_mark(at, ")") || is_mark(at, "]") || is_mark(at, "}");
      if (depth == 0 && (closes || is_mark(at, ","))) return;
      if (closes) --depth;
    }
  }

  void read_setup(size_t at) {
    while (at < tokens_.size() && !is_mark(at, ")")) {
      const bool is_keyword = tokens_[at].kind == TokenKind::kName && is_mark(at + 1, "=");
      if (is_keyword) {
        const std::string& name = tokens_[at].text;
        at += 2;
        script_.arguments.emplace_back(name, read_value(at, 0));
      } else if (is_mark(at, "*") && is_mark(at + 1, "*")) {
        at += 2;
        const ScriptValue table = read_value(at, 0);
        for (size_t i = 0; i < table.keys.size(); ++i) {
          script_.arguments.emplace_back(table.keys[i], table.items[i]);
        }
      }
      skip_to_comma(at);
      if (!is_mark(at, ")")) ++at;
    }
  }

  void read_find(size_t at) {
    std::string where;
    for (size_t position = 0; at < tokens_.size() && !is_mark(at, ")"); ++position) {
      const bool is_keyword = tokens_[at].kind == TokenKind::kName && is_mark(at + 1, "=");
      const bool is_where = is_keyword ? tokens_[at].text == "where" : position == 0;
      if (is_keyword) at += 2;
      if (is_where) {
        const ScriptValue value = read_value(at, 0);
        if (value.kind != ScriptValue::Kind::kText) return;
        where = value.text;
      }
      skip_to_comma(at);
      if (!is_mark(at, ")")) ++at;
    }
    script_.find_where.push_back(std::move(where));
  }

  /// The name stands first, or as a keyword behind a few others.
  void read_extension(size_t begin) {
    constexpr size_t kMaxTokens = 64;
    const size_t end = std::min(begin + kMaxTokens, tokens_.size());
    int depth = 0;
    for (size_t at = begin; at < end && depth >= 0; ++at) {
      const bool is_keyword = is_mark(at + 1, "=") && depth == 0;
      if (is_keyword ? tokens_[at].text == "name" : at == begin) {
        if (is_keyword) at += 2;
        const ScriptValue name = read_value(at, 0);
        if (name.kind == ScriptValue::Kind::kText) script_.extensions.push_back(name.text);
        return;
      }
      depth += is_mark(at, "(") || is_mark(at, "[") || is_mark(at, "{");
      depth -= is_mark(at, ")") || is_mark(at, "]") || is_mark(at, "}");
    }
  }

  const std::vector<Token> tokens_;
  std::map<std::string, ScriptValue> variables_;
  /// Variables made of variables could double without end.
  mutable size_t copied_bytes_left_ = 1 << 20;
  SetupScript script_;
};

}  // namespace

const ScriptValue* SetupScript::argument(std::string_view name) const {
  const auto found = std::find_if(arguments.begin(), arguments.end(),
                                  [&](const auto& argument) { return argument.first == name; });
  if (found == arguments.end() || found->second.kind == ScriptValue::Kind::kUnreadable) {
    return nullptr;
  }
  return &found->second;
}

SetupScript read_script(std::string_view text) { return Reader(Lexer(text).run()).run(); }

}  // namespace headwater::project
