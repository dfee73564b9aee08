// `match` (PEP 634). `match` and `case` are names elsewhere, so a line that may be a header is read
// as one on trial.

#include <fmt/format.h>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

/// Reads a match statement. False, and nothing is read, where `match` is a name.
bool Parser::match_statement(NodeId& made) {
  using enum TokenKind;
  const Token start = *token_;
  const Speculation speculation = begin_speculation();
  ++token_;
  if (!starts_expression()) {
    rewind(speculation);
    return false;
  }
  const bool begins_with_star = at(kStar);
  const NodeId subject = named_expressions();
  const bool is_lone_star =
      begins_with_star && !failed_ && tree_.kind(subject) == NodeKind::kStarred;
  if (out_.too_deep) return true;
  if (failed_ || is_lone_star || !at(kColon) || !next_is(kNewline)) {
    rewind(speculation);
    return false;
  }
  note(SyntaxFeature::kMatch, 10, start);
  ++token_;
  next_line();
  if (!at(kIndent)) {
    if (at(kError)) {
      fail_here();
    } else {
      fail(token_->begin, token_->line,
           fmt::format("expected an indented block after 'match' statement on line {}", start.line),
           SyntaxErrorClass::kIndentation);
    }
    return true;
  }
  ++token_;
  Depth depth(*this);
  Items cases(*this);
  while (!failed_ && !at(kDedent) && !at(kEnd)) {
    if (!at_word("case")) {
      fail_here();
      break;
    }
    cases.add(match_case());
  }
  accept(kDedent);
  made = add(NodeKind::kMatch, start, syntax::Match{subject, cases.list()});
  return true;
}

NodeId Parser::match_case() {
  using enum TokenKind;
  const Token start = *token_++;
  syntax::MatchCase fields{open_pattern(), kNoNode, {}};
  if (accept(kIf)) fields.guard = named_expression();
  expect(kColon, "expected ':'");
  fields.body = block("'case' statement", start.line);
  return add(NodeKind::kMatchCase, start, fields);
}

/// A pattern, or a sequence without brackets.
NodeId Parser::open_pattern() {
  using enum TokenKind;
  const Token start = *token_;
  const bool is_star = at(kStar);
  const NodeId first = maybe_star_pattern();
  if (!at(kComma)) {
    if (is_star) fail_here();
    return first;
  }
  Items items(*this);
  items.add(first);
  while (accept(kComma) && !at(kColon) && !at(kIf) && !at(kRightParenthesis)) {
    items.add(maybe_star_pattern());
  }
  return add(NodeKind::kMatchSequence, start, syntax::MatchSequence{items.list()});
}

NodeId Parser::maybe_star_pattern() {
  if (!at(TokenKind::kStar)) return pattern();
  const Token start = *token_++;
  syntax::MatchStar fields{kNoName};
  if (at_word("_")) {
    ++token_;
  } else {
    fields.name = name();
  }
  return add(NodeKind::kMatchStar, start, fields);
}

NameId Parser::capture_target() {
  if (at_word("_")) {
    fail_here("cannot use '_' as a target");
    return kNoName;
  }
  return name("invalid pattern target");
}

NodeId Parser::pattern() {
  Depth depth(*this);
  const Token start = *token_;
  const NodeId inner = or_pattern();
  if (!accept(TokenKind::kAs)) return inner;
  return add(NodeKind::kMatchAs, start, syntax::MatchAs{inner, capture_target()});
}

NodeId Parser::or_pattern() {
  const Token start = *token_;
  const NodeId first = closed_pattern();
  if (!at(TokenKind::kPipe)) return first;
  Items items(*this);
  items.add(first);
  while (accept(TokenKind::kPipe)) items.add(closed_pattern());
  return add(NodeKind::kMatchOr, start, syntax::MatchSequence{items.list()});
}

NodeId Parser::closed_pattern() {
  using enum TokenKind;
  switch (token_->kind) {
    case kName:
      return name_pattern();
    case kLeftParenthesis:
      return group_pattern();
    case kLeftBracket:
      return sequence_pattern();
    case kLeftBrace:
      return mapping_pattern();
    default: {
      const Token start = *token_;
      const NodeId value = literal_pattern();
      const bool is_singleton = start.kind == kNone || start.kind == kTrue || start.kind == kFalse;
      return add(is_singleton ? NodeKind::kMatchSingleton : NodeKind::kMatchValue, start,
                 syntax::MatchValue{value});
    }
  }
}

/// A literal, as a value or as a mapping's key.
NodeId Parser::literal_pattern() {
  using enum TokenKind;
  switch (token_->kind) {
    case kNone:
      return singleton(ConstantKind::kNone);
    case kTrue:
      return singleton(ConstantKind::kTrue);
    case kFalse:
      return singleton(ConstantKind::kFalse);
    case kString:
    case kFormatStart: {
      const NodeId value = strings();
      if (!failed_ && tree_.kind(value) != NodeKind::kConstant) {
        fail_at(value, "patterns may only match literals and attribute lookups");
      }
      return value;
    }
    case kNumber:
    case kMinus: {
      const Token start = *token_;
      const NodeId left = signed_number();
      if (!at(kPlus) && !at(kMinus)) return left;
      const bool is_sum = at(kPlus);
      ++token_;
      if (!at(kNumber)) fail_here();
      if (failed_) return kNoNode;
      const NodeId real = start.kind == kMinus ? tree_.get<syntax::UnaryOp>(left).operand : left;
      const NodeId right = number();
      if (tree_.constant_kind(real) == ConstantKind::kImaginary) {
        fail_at(left, "real number required in complex literal");
      } else if (tree_.constant_kind(right) != ConstantKind::kImaginary) {
        fail_at(right, "imaginary number required in complex literal");
      }
      return add(NodeKind::kBinOp, start, syntax::BinOp{left, right},
                 static_cast<uint8_t>(is_sum ? BinaryOperator::kAdd : BinaryOperator::kSub));
    }
    default:
      fail_here();
      return kNoNode;
  }
}

NodeId Parser::signed_number() {
  const Token start = *token_;
  const bool is_negative = accept(TokenKind::kMinus);
  if (!at(TokenKind::kNumber)) {
    fail_here();
    return kNoNode;
  }
  const NodeId value = number();
  if (!is_negative) return value;
  return add(NodeKind::kUnaryOp, start, syntax::UnaryOp{value},
             static_cast<uint8_t>(UnaryOperator::kSub));
}

/// A capture, `_`, a dotted value or a class.
NodeId Parser::name_pattern() {
  using enum TokenKind;
  const Token start = *token_++;
  const std::string_view word = word_of(start);
  if (!at(kDot) && !at(kLeftParenthesis)) {
    const bool is_wildcard = word == "_";
    return add(NodeKind::kMatchAs, start,
               syntax::MatchAs{kNoNode, is_wildcard ? kNoName : intern(start)});
  }
  NodeId value = add(NodeKind::kName, start, syntax::Name{intern(start)});
  while (accept(kDot)) {
    value = add(NodeKind::kAttribute, start, syntax::Attribute{value, name()});
  }
  if (at(kLeftParenthesis)) return class_pattern(start, value);
  return add(NodeKind::kMatchValue, start, syntax::MatchValue{value});
}

NodeId Parser::class_pattern(const Token& start, NodeId cls) {
  using enum TokenKind;
  const Token begin = start;
  ++token_;
  Items patterns(*this);
  std::vector<uint32_t> names;
  std::vector<uint32_t> named;
  while (!at(kRightParenthesis)) {
    if (at(kName) && next_is(kAssign)) {
      names.push_back(static_cast<uint32_t>(name()));
      ++token_;
      named.push_back(static_cast<uint32_t>(pattern()));
    } else {
      const NodeId item = pattern();
      if (!failed_ && !names.empty()) fail_at(item, "positional patterns follow keyword patterns");
      patterns.add(item);
    }
    if (!accept(kComma)) break;
  }
  close_bracket(kRightParenthesis);
  syntax::MatchClass fields{cls, patterns.list(), {}, {}};
  fields.kwd_attrs = {tree_.add_words(names.data(), names.size())};
  fields.kwd_patterns = {tree_.add_words(named.data(), named.size())};
  return add(NodeKind::kMatchClass, begin, fields);
}

/// `(`: one pattern, which stays itself, or a sequence.
NodeId Parser::group_pattern() {
  const Token start = *token_++;
  if (accept(TokenKind::kRightParenthesis)) {
    return add(NodeKind::kMatchSequence, start, syntax::MatchSequence{});
  }
  const Token first = *token_;
  const NodeId inner = open_pattern();
  close_bracket(TokenKind::kRightParenthesis);
  // A sequence begins at its parenthesis.
  if (!failed_ && tree_.kind(inner) == NodeKind::kMatchSequence &&
      tree_.offset(inner) == first.begin && token_[-2].kind != TokenKind::kRightBracket) {
    tree_.set_position(inner, start.begin, start.line);
  }
  return inner;
}

NodeId Parser::sequence_pattern() {
  using enum TokenKind;
  const Token start = *token_++;
  Items items(*this);
  while (!at(kRightBracket)) {
    items.add(maybe_star_pattern());
    if (!accept(kComma)) break;
  }
  close_bracket(kRightBracket);
  return add(NodeKind::kMatchSequence, start, syntax::MatchSequence{items.list()});
}

NodeId Parser::mapping_key() {
  if (!at(TokenKind::kName)) return literal_pattern();
  const Token start = *token_++;
  NodeId value = add(NodeKind::kName, start, syntax::Name{intern(start)});
  if (!at(TokenKind::kDot)) fail_here();
  while (accept(TokenKind::kDot)) {
    value = add(NodeKind::kAttribute, start, syntax::Attribute{value, name()});
  }
  return value;
}

NodeId Parser::mapping_pattern() {
  using enum TokenKind;
  const Token start = *token_++;
  Items patterns(*this);
  std::vector<uint32_t> keys;
  syntax::MatchMapping fields{{}, {}, kNoName};
  while (!at(kRightBrace)) {
    if (accept(kDoubleStar)) {
      fields.rest = capture_target();
      accept(kComma);
      break;
    }
    keys.push_back(static_cast<uint32_t>(mapping_key()));
    expect(kColon);
    patterns.add(pattern());
    if (!accept(kComma)) break;
  }
  close_bracket(kRightBrace);
  fields.keys = {tree_.add_words(keys.data(), keys.size())};
  fields.patterns = patterns.list();
  return add(NodeKind::kMatchMapping, start, fields);
}

}  // namespace headwater::scan::parsing
