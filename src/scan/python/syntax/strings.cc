// String literals: adjacent ones are one value, and the parts of f- and t-strings become nodes.

#include <fmt/format.h>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

/// What the adjacent literals of one atom have given so far.
struct Parser::StringParts {
  explicit StringParts(Parser& parser) : items(parser) {}
  Items items;
  Token text_start{};       // of the constant that is growing
  uint32_t text_begin = 0;  // where its value begins in the tree's text
  bool has_text = false;
  bool is_template = false;
};

NodeId Parser::strings() {
  const Token start = *token_;
  StringParts parts(*this);
  parts.text_begin = static_cast<uint32_t>(tree_.mutable_text().size());
  bool any_bytes = false;
  bool any_text = false;
  bool any_template = false;
  bool any_format = false;
  while (at(TokenKind::kString) || at(TokenKind::kFormatStart)) {
    const uint8_t flags = token_->flags;
    any_bytes |= (flags & kBytes) != 0;
    any_template |= (flags & kTemplate) != 0;
    any_text |= (flags & (kBytes | kTemplate)) == 0;
    any_format |= (flags & kFormat) != 0;
    parts.is_template = any_template;
    if (at(TokenKind::kString)) {
      plain_string(*token_++, parts);
    } else {
      format_string(parts);
    }
  }
  if (failed_) return kNoNode;
  if (any_bytes && (any_text || any_template)) {
    fail(start.begin, start.line,
         any_template ? "cannot mix t-string literals with string or bytes literals"
                      : "cannot mix bytes and nonbytes literals");
    return kNoNode;
  }
  if (any_template && any_text) {
    fail(start.begin, start.line, "cannot mix t-string literals with string or bytes literals");
    return kNoNode;
  }
  if (any_format || any_template) {
    flush_text(parts);
    if (any_template) note(SyntaxFeature::kTemplateString, 14, start);
    return add(any_template ? NodeKind::kTemplateStr : NodeKind::kJoinedStr, start,
               syntax::JoinedStr{parts.items.list()});
  }
  const auto end = static_cast<uint32_t>(tree_.mutable_text().size());
  const NodeId node =
      add(NodeKind::kConstant, start,
          syntax::Constant{{parts.text_begin, end - parts.text_begin}, 0, 0},
          static_cast<uint8_t>(any_bytes ? ConstantKind::kBytes : ConstantKind::kString));
  if ((start.flags & kUnicode) != 0) tree_.set_flag(node);
  return node;
}

void Parser::flush_text(StringParts& parts) {
  flush_text(parts, static_cast<uint32_t>(tree_.mutable_text().size()));
}

void Parser::flush_text(StringParts& parts, uint32_t end) {
  if (end > parts.text_begin) {
    const NodeId node = add(NodeKind::kConstant, parts.text_start,
                            syntax::Constant{{parts.text_begin, end - parts.text_begin}, 0, 0},
                            static_cast<uint8_t>(ConstantKind::kString));
    if ((parts.text_start.flags & kUnicode) != 0) tree_.set_flag(node);
    parts.items.add(node);
  }
  parts.text_begin = end;
  parts.has_text = false;
}

void Parser::grow_text(const Token& token, StringParts& parts) {
  if (!parts.has_text) parts.text_start = token;
  parts.has_text = true;
}

void Parser::plain_string(const Token& token, StringParts& parts) {
  grow_text(token, parts);
  const std::string_view literal = word_of(token);
  const size_t quotes = (token.flags & kTriple) != 0 ? 3 : 1;
  size_t begin = 0;
  while (literal[begin] != '"' && literal[begin] != '\'') ++begin;
  decode(literal.substr(begin + quotes, literal.size() - begin - 2 * quotes), token.flags,
         token.begin, token.line);
}

void Parser::format_string(StringParts& parts) {
  ++token_;
  format_parts(parts, TokenKind::kFormatEnd);
  expect(TokenKind::kFormatEnd);
}

/// Texts and fields up to a string's end or, in a format, the field's `}`.
void Parser::format_parts(StringParts& parts, TokenKind close) {
  while (!at(close) && !failed_) {
    if (at(TokenKind::kFormatText)) {
      const Token token = *token_++;
      grow_text(token, parts);
      decode(word_of(token), token.flags, token.begin, token.line);
    } else if (at(TokenKind::kLeftBrace)) {
      field(parts);
    } else {
      return fail_here();
    }
  }
}

void Parser::field(StringParts& parts) {
  using enum TokenKind;
  Depth depth(*this);
  const Token open = *token_++;
  if (at(kRightBrace) || at(kExclamation) || at(kColon) || at(kAssign)) {
    return fail_here(at(kRightBrace)    ? "f-string: valid expression required before '}'"
                     : at(kExclamation) ? "f-string: valid expression required before '!'"
                     : at(kColon)       ? "f-string: valid expression required before ':'"
                                        : "f-string: valid expression required before '='");
  }
  if (at(kLambda)) {
    return fail_here("f-string: lambda expressions are not allowed without parentheses");
  }
  // Strings in the expression add to the same text, so what came before the field ends here.
  const auto text_end = static_cast<uint32_t>(tree_.mutable_text().size());
  const NodeId value = yield_or_star_expressions();
  const uint32_t expression_end = token_->begin;
  const bool is_debug = accept(kAssign);
  if (is_debug) {
    note(SyntaxFeature::kEqualsInFormatString, 8, open);
    Token written = open;
    ++written.begin;
    grow_text(written, parts);
    std::string& text = tree_.mutable_text();
    const std::string before = text.substr(parts.text_begin, text_end - parts.text_begin);
    parts.text_begin = static_cast<uint32_t>(text.size());
    text += before;
    text += text_.substr(open.end, token_->begin - open.end);
    flush_text(parts);
  } else {
    flush_text(parts, text_end);
  }
  uint8_t conversion = 0;
  if (at(kExclamation)) {
    const Token mark = *token_++;
    const std::string_view letter = word_of(*token_);
    if (!at(kName) || token_->begin != mark.end ||
        (letter != "s" && letter != "r" && letter != "a")) {
      if (failed_) return;
      const bool is_apart = at(kName) && token_->begin != mark.end;
      return fail(
          token_->begin, token_->line,
          is_apart ? "f-string: conversion type must come right after the exclamation mark"
          : at(kName)
              ? fmt::format(
                    "f-string: invalid conversion character '{}': expected 's', 'r', or 'a'",
                    letter)
              : "f-string: invalid conversion character");
    }
    conversion = static_cast<uint8_t>(letter[0]);
    ++token_;
  }
  NodeId spec = kNoNode;
  if (at(kColon)) {
    spec = format_spec(*token_++, parts.is_template);
  } else if (is_debug && conversion == 0) {
    conversion = 'r';
  }
  if (!at(kRightBrace)) return fail_here("f-string: expecting '=', or '!', or ':', or '}'");
  ++token_;
  parts.text_begin = static_cast<uint32_t>(tree_.mutable_text().size());
  if (!parts.is_template) {
    return parts.items.add(
        add(NodeKind::kFormattedValue, open, syntax::FormattedValue{value, spec}, conversion));
  }
  std::string_view written = text_.substr(open.end, expression_end - open.end);
  while (!written.empty() && std::string_view(" \t\f\r\n").find(written.back()) != written.npos) {
    written.remove_suffix(1);
  }
  const TextRange range{parts.text_begin, static_cast<uint32_t>(written.size())};
  tree_.mutable_text() += written;
  parts.text_begin += range.size;
  parts.items.add(
      add(NodeKind::kInterpolation, open, syntax::Interpolation{value, range, spec}, conversion));
}

NodeId Parser::format_spec(const Token& start, bool is_template) {
  StringParts parts(*this);
  parts.is_template = is_template;
  parts.text_begin = static_cast<uint32_t>(tree_.mutable_text().size());
  const Token colon = start;
  format_parts(parts, TokenKind::kRightBrace);
  flush_text(parts);
  return add(NodeKind::kJoinedStr, colon, syntax::JoinedStr{parts.items.list()});
}

void Parser::refuse_string(uint32_t offset, uint32_t line, std::string message) {
  fail(offset, line, std::move(message), SyntaxErrorClass::kLexical);
}

}  // namespace headwater::scan::parsing
