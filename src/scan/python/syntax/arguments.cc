// Parameters of functions and lambdas, arguments of calls and bases of classes.

#include <fmt/format.h>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

/// Named parameters in order, each with its default: two items apiece.
struct Parser::Parameters {
  explicit Parameters(Parser& parser) : named(parser) {}
  size_t count() const { return named.size() / 2; }
  Items named;
  size_t positional_only = 0;
  size_t first_keyword_only = SIZE_MAX;
  NodeId vararg = kNoNode;
  NodeId kwarg = kNoNode;
  bool has_slash = false;
  bool has_star = false;
  bool has_default = false;
};

NodeId Parser::parameters(TokenKind close, bool annotated) {
  const Token start = *token_;
  Parameters seen(*this);
  while (!at(close) && parameter(seen, close, annotated)) {
    if (!accept(TokenKind::kComma)) break;
  }
  return build_parameters(seen, start);
}

/// Reads one parameter or mark. False after an error.
bool Parser::parameter(Parameters& seen, TokenKind close, bool annotated) {
  using enum TokenKind;
  if (seen.kwarg != kNoNode) {
    fail_here("arguments cannot follow var-keyword argument");
  } else if (at(kSlash)) {
    if (seen.has_slash) fail_here("/ may appear only once");
    if (seen.has_star) fail_here("/ must be ahead of *");
    if (seen.count() == 0) fail_here("at least one argument must precede /");
    if (failed_) return false;
    note(SyntaxFeature::kPositionalOnly, 8, *token_);
    ++token_;
    seen.has_slash = true;
    seen.positional_only = seen.count();
  } else if (at(kStar)) {
    star_parameter(seen, close, annotated);
  } else if (accept(kDoubleStar)) {
    seen.kwarg = single_parameter(annotated, false);
    if (at(kAssign)) fail_here("var-keyword argument cannot have default value");
  } else {
    if (at(kLeftParenthesis)) {
      gone(GoneSyntax::kTupleParameter, token_->line);
      fail_here(annotated ? "Function parameters cannot be parenthesized"
                          : "Lambda expression parameters cannot be parenthesized");
      return false;
    }
    const Token start = *token_;
    seen.named.add(single_parameter(annotated, false));
    NodeId value = kNoNode;
    if (accept(kAssign)) {
      if (at(close) || at(kComma)) fail_here("expected default value expression");
      value = expression();
      seen.has_default |= !seen.has_star;
    } else if (seen.has_default && !seen.has_star) {
      fail(start.begin, start.line, "parameter without a default follows parameter with a default");
    }
    seen.named.add(value);
  }
  return !failed_;
}

void Parser::star_parameter(Parameters& seen, TokenKind close, bool annotated) {
  using enum TokenKind;
  if (seen.has_star) return fail_here("* argument may appear only once");
  const Token star = *token_++;
  seen.has_star = true;
  seen.first_keyword_only = seen.count();
  if (at(kComma)) {
    if (next_is(close) || next_is(kDoubleStar)) {
      fail(star.begin, star.line, "named arguments must follow bare *");
    }
    return;
  }
  if (at(close)) return fail(star.begin, star.line, "named arguments must follow bare *");
  seen.vararg = single_parameter(annotated, true);
  if (at(kAssign)) fail_here("var-positional argument cannot have default value");
}

NodeId Parser::single_parameter(bool annotated, bool is_star) {
  const Token start = *token_;
  syntax::Arg fields{name(), kNoNode};
  if (annotated && accept(TokenKind::kColon)) {
    if (is_star && at(TokenKind::kStar)) {
      note(SyntaxFeature::kStarredAnnotation, 11, *token_);
      fields.annotation = star_expression();
    } else {
      fields.annotation = expression();
    }
  }
  return add(NodeKind::kArg, start, fields);
}

NodeId Parser::build_parameters(const Parameters& seen, const Token& start) {
  syntax::Arguments fields{};
  fields.vararg = seen.vararg;
  fields.kwarg = seen.kwarg;
  const size_t count = seen.count();
  const size_t positional = std::min(count, seen.first_keyword_only);
  const auto names = [&](size_t from, size_t to) {
    Items out(*this);
    for (size_t i = from; i < to; ++i) out.add(NodeId{seen.named.at(2 * i)});
    return out.list();
  };
  const auto defaults = [&](size_t from, size_t to, bool with_holes) {
    Items out(*this);
    for (size_t i = from; i < to; ++i) {
      const NodeId value{seen.named.at(2 * i + 1)};
      if (with_holes || value != kNoNode) out.add(value);
    }
    return out.list();
  };
  if (!failed_ && count > 0) {
    fields.posonlyargs = names(0, seen.positional_only);
    fields.args = names(seen.positional_only, positional);
    fields.defaults = defaults(0, positional, false);
    fields.kwonlyargs = names(positional, count);
    fields.kw_defaults = defaults(positional, count, true);
  }
  return add(NodeKind::kArguments, start, fields);
}

/// What stands between a call's parentheses, the closing one included.
void Parser::call_arguments(const Token& open, NodeList& args, NodeList& keywords, bool is_class) {
  using enum TokenKind;
  Items all(*this);
  size_t keyword_count = 0;
  bool has_unpacked = false;
  while (!at(kRightParenthesis)) {
    const Token start = *token_;
    const NodeId argument = call_argument(open, all.size() == 0, is_class);
    if (failed_) return;
    if (tree_.kind(argument) == NodeKind::kKeyword) {
      ++keyword_count;
      has_unpacked |= start.kind == kDoubleStar;
    } else if (keyword_count > 0 && start.kind != kStar) {
      return fail(start.begin, start.line,
                  has_unpacked ? "positional argument follows keyword argument unpacking"
                               : "positional argument follows keyword argument");
    } else if (has_unpacked) {
      return fail(start.begin, start.line,
                  "iterable argument unpacking follows keyword argument unpacking");
    }
    all.add(argument);
    if (!accept(kComma)) break;
  }
  close_bracket(kRightParenthesis);
  if (keyword_count == 0) {
    args = all.list();
    return;
  }
  const size_t count = all.size();
  const auto part = [&](bool is_keyword) {
    Items out(*this);
    for (size_t i = 0; i < count; ++i) {
      const NodeId node{all.at(i)};
      if ((tree_.kind(node) == NodeKind::kKeyword) == is_keyword) out.add(node);
    }
    return out.list();
  };
  args = part(false);
  keywords = part(true);
}

NodeId Parser::keyword_argument() {
  const Token start = *token_;
  const NameId arg = intern(start);
  token_ += 2;
  if (at(TokenKind::kComma) || at(TokenKind::kRightParenthesis)) {
    fail_here("expected argument value expression");
  }
  const NodeId value = expression();
  if (at_comprehension()) {
    fail(start.begin, start.line, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  }
  return add(NodeKind::kKeyword, start, syntax::Keyword{arg, value});
}

NodeId Parser::call_argument(const Token& open, bool is_first, bool is_class) {
  using enum TokenKind;
  const Token start = *token_;
  if (at(kName) && next_is(kAssign)) return keyword_argument();
  if (accept(kStar)) return add(NodeKind::kStarred, start, syntax::Starred{expression()});
  if (accept(kDoubleStar)) {
    return add(NodeKind::kKeyword, start, syntax::Keyword{kNoName, expression()});
  }
  const NodeId value = named_expression();
  if (failed_) return kNoNode;
  if (at(kAssign)) {
    const std::string_view what = describe(value);
    fail(start.begin, start.line,
         what == "True" || what == "False" || what == "None"
             ? fmt::format("cannot assign to {}", what)
             : "expression cannot contain assignment, perhaps you meant \"==\"?");
  }
  if (!at_comprehension()) return value;
  const NodeList clauses = generators();
  if (!is_first || !at(kRightParenthesis) || is_class) {
    if (!failed_) {
      if (is_class) {
        fail(start.begin, start.line, "invalid syntax");
      } else {
        fail(start.begin, start.line, "Generator expression must be parenthesized");
      }
    }
  }
  return add(NodeKind::kGeneratorExp, open, syntax::ListComp{value, clauses});
}

}  // namespace headwater::scan::parsing
