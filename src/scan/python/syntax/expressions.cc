#include <array>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {
namespace {

// Levels of binding, loosest first; 0 is no operator.
constexpr int kOrLevel = 1;
constexpr int kAndLevel = 2;
constexpr int kNotLevel = 3;
constexpr int kCompareLevel = 4;
constexpr int kBitOrLevel = 5;
constexpr int kUnaryLevel = 11;

constexpr std::array<uint8_t, 128> kLevels = [] {
  using enum TokenKind;
  std::array<uint8_t, 128> table{};
  const auto set = [&table](TokenKind kind, int level) {
    table[static_cast<size_t>(kind)] = static_cast<uint8_t>(level);
  };
  set(kOr, kOrLevel);
  set(kAnd, kAndLevel);
  for (const TokenKind kind :
       {kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual, kIn, kIs, kNot}) {
    set(kind, kCompareLevel);
  }
  set(kPipe, kBitOrLevel);
  set(kCaret, 6);
  set(kAmpersand, 7);
  set(kLeftShift, 8);
  set(kRightShift, 8);
  set(kPlus, 9);
  set(kMinus, 9);
  for (const TokenKind kind : {kStar, kSlash, kDoubleSlash, kPercent, kAt}) set(kind, 10);
  return table;
}();

uint8_t binary_operator(TokenKind kind) {
  return static_cast<uint8_t>(static_cast<int>(kind) - static_cast<int>(TokenKind::kPlus));
}

}  // namespace

NodeId Parser::expression() {
  if (at(TokenKind::kLambda)) return lambda();
  const Token start = *token_;
  const NodeId body = disjunction();
  if (!at(TokenKind::kIf)) return body;
  Depth depth(*this);
  ++token_;
  const NodeId test = disjunction();
  if (!at(TokenKind::kElse)) {
    fail_here(at(TokenKind::kColon) ? nullptr : "expected 'else' after 'if' expression");
    return kNoNode;
  }
  ++token_;
  return add(NodeKind::kIfExp, start, syntax::IfExp{test, body, expression()});
}

NodeId Parser::lambda() {
  Depth depth(*this);
  const Token start = *token_++;
  const NodeId args = parameters(TokenKind::kColon, false);
  expect(TokenKind::kColon, "expected ':'");
  return add(NodeKind::kLambda, start, syntax::Lambda{args, expression()});
}

NodeId Parser::named_expression() {
  if (at(TokenKind::kName) && next_is(TokenKind::kWalrus)) {
    const Token start = *token_;
    note(SyntaxFeature::kWalrus, 8, start);
    const NodeId target = add(NodeKind::kName, start, syntax::Name{intern(start)},
                              static_cast<uint8_t>(ExpressionContext::kStore));
    token_ += 2;
    return add(NodeKind::kNamedExpr, start, syntax::NamedExpr{target, expression()});
  }
  const NodeId value = expression();
  if (at(TokenKind::kWalrus)) {
    fail_at(value, "cannot use assignment expressions with " + std::string(describe(value)));
  }
  return value;
}

NodeId Parser::binary(int level) {
  using enum TokenKind;
  Depth depth(*this);
  const Token start = *token_;
  NodeId left;
  const TokenKind first = start.kind;
  if (first == kNot && level <= kNotLevel) {
    ++token_;
    left = add(NodeKind::kUnaryOp, start, syntax::UnaryOp{binary(kNotLevel)},
               static_cast<uint8_t>(UnaryOperator::kNot));
  } else if (first == kMinus || first == kPlus || first == kTilde) {
    ++token_;
    const auto op = first == kMinus  ? UnaryOperator::kSub
                    : first == kPlus ? UnaryOperator::kAdd
                                     : UnaryOperator::kInvert;
    left = add(NodeKind::kUnaryOp, start, syntax::UnaryOp{binary(kUnaryLevel)},
               static_cast<uint8_t>(op));
  } else {
    left = power();
  }
  for (;;) {
    const TokenKind kind = token_->kind;
    const int next = kLevels[static_cast<size_t>(kind)];
    if (next == 0 || next < level) return left;
    ++depth.added;
    if (next == kCompareLevel) {
      if (kind == kNot && token_[1].kind != kIn) return left;
      left = compare(start, left);
    } else if (next <= kAndLevel) {
      Items values(*this);
      values.add(left);
      while (accept(kind)) values.add(binary(next + 1));
      left = add(NodeKind::kBoolOp, start, syntax::BoolOp{values.list()},
                 static_cast<uint8_t>(kind == kOr ? BooleanOperator::kOr : BooleanOperator::kAnd));
    } else {
      ++token_;
      const NodeId right = binary(next + 1);
      left = add(NodeKind::kBinOp, start, syntax::BinOp{left, right}, binary_operator(kind));
    }
  }
}

bool Parser::compare_operator(CompareOperator& op) {
  using enum TokenKind;
  if (token_->kind >= kEqual && token_->kind <= kGreaterEqual) {
    op = static_cast<CompareOperator>(static_cast<int>(token_->kind) - static_cast<int>(kEqual));
    ++token_;
    return true;
  }
  if (accept(kIn)) {
    op = CompareOperator::kIn;
  } else if (at(kNot) && next_is(kIn)) {
    token_ += 2;
    op = CompareOperator::kNotIn;
  } else if (accept(kIs)) {
    op = accept(kNot) ? CompareOperator::kIsNot : CompareOperator::kIs;
  } else {
    return false;
  }
  return true;
}

NodeId Parser::compare(const Token& start, NodeId left) {
  Items operators(*this);
  // The two lists grow together, so the operands wait as pairs behind the operators' base.
  std::vector<uint32_t> operands;
  CompareOperator op{};
  if (!compare_operator(op)) return left;
  NodeId right = binary(kBitOrLevel);
  CompareOperator second{};
  if (!compare_operator(second)) {
    operators.add(op);
    const OperatorList ops{operators.words()};
    const auto word = static_cast<uint32_t>(right);
    return add(NodeKind::kCompare, start, syntax::Compare{left, ops, {tree_.add_words(&word, 1)}});
  }
  operators.add(op);
  operands.push_back(static_cast<uint32_t>(right));
  do {
    right = binary(kBitOrLevel);
    operators.add(second);
    operands.push_back(static_cast<uint32_t>(right));
  } while (compare_operator(second));
  const OperatorList ops{operators.words()};
  return add(NodeKind::kCompare, start,
             syntax::Compare{left, ops, {tree_.add_words(operands.data(), operands.size())}});
}

NodeId Parser::power() {
  const Token start = *token_;
  NodeId base;
  if (at(TokenKind::kAwait)) {
    ++token_;
    base = add(NodeKind::kAwait, start, syntax::Await{primary()});
  } else {
    base = primary();
  }
  if (!accept(TokenKind::kDoubleStar)) return base;
  const NodeId exponent = binary(kUnaryLevel);
  return add(NodeKind::kBinOp, start, syntax::BinOp{base, exponent},
             static_cast<uint8_t>(BinaryOperator::kPow));
}

NodeId Parser::primary() {
  using enum TokenKind;
  const Token start = *token_;
  NodeId value = atom();
  if (token_->kind != kDot && token_->kind != kLeftParenthesis && token_->kind != kLeftBracket) {
    return value;
  }
  Depth depth(*this);
  for (;; ++depth.added) {
    if (accept(kDot)) {
      value = add(NodeKind::kAttribute, start, syntax::Attribute{value, name()});
    } else if (at(kLeftParenthesis)) {
      const Token open = *token_++;
      NodeList args;
      NodeList keywords;
      call_arguments(open, args, keywords, false);
      value = add(NodeKind::kCall, start, syntax::Call{value, args, keywords});
    } else if (at(kLeftBracket)) {
      value = subscript(start, value);
    } else {
      return value;
    }
  }
}

NodeId Parser::subscript(const Token& start, NodeId value) {
  using enum TokenKind;
  ++token_;
  const Token first = *token_;
  const bool begins_with_star = at(kStar);
  NodeId index = slice();
  if (at(kComma) || begins_with_star) index = tuple_after(first, index, &Parser::slice);
  expect(kRightBracket);
  return add(NodeKind::kSubscript, start, syntax::Subscript{value, index});
}

NodeId Parser::slice() {
  using enum TokenKind;
  const Token start = *token_;
  if (accept(kStar)) {
    note(SyntaxFeature::kStarInIndex, 11, start);
    return add(NodeKind::kStarred, start, syntax::Starred{expression()});
  }
  NodeId lower = kNoNode;
  if (!at(kColon)) {
    const bool is_named = at(kName) && next_is(kWalrus);
    lower = named_expression();
    if (is_named) note(SyntaxFeature::kWalrusInIndex, 10, start);
    if (is_named || !at(kColon)) return lower;
  }
  expect(kColon);
  syntax::Slice fields{lower, kNoNode, kNoNode};
  if (starts_expression() && !at(kStar)) fields.upper = expression();
  if (accept(kColon) && starts_expression() && !at(kStar)) fields.step = expression();
  return add(NodeKind::kSlice, start, fields);
}

/// The rest of a tuple without parentheses whose first item is read; `a,` has one item.
NodeId Parser::tuple_after(const Token& start, NodeId first, NodeId (Parser::*item)()) {
  Items items(*this);
  items.add(first);
  while (accept(TokenKind::kComma)) {
    if (!starts_expression() && !(item == &Parser::slice && at(TokenKind::kColon))) break;
    items.add((this->*item)());
  }
  return add(NodeKind::kTuple, start, syntax::List{items.list()});
}

NodeId Parser::star_expression() {
  if (!at(TokenKind::kStar)) return expression();
  const Token start = *token_++;
  return add(NodeKind::kStarred, start, syntax::Starred{binary(kBitOrLevel)});
}

NodeId Parser::star_expressions() {
  const Token start = *token_;
  const NodeId first = star_expression();
  return at(TokenKind::kComma) ? tuple_after(start, first, &Parser::star_expression) : first;
}

NodeId Parser::star_named_expression() {
  if (!at(TokenKind::kStar)) return named_expression();
  const Token start = *token_++;
  return add(NodeKind::kStarred, start, syntax::Starred{binary(kBitOrLevel)});
}

NodeId Parser::named_expressions() {
  const Token start = *token_;
  const NodeId first = star_named_expression();
  return at(TokenKind::kComma) ? tuple_after(start, first, &Parser::star_named_expression) : first;
}

NodeId Parser::yield() {
  const Token start = *token_++;
  if (accept(TokenKind::kFrom)) {
    return add(NodeKind::kYieldFrom, start, syntax::Await{expression()});
  }
  if (!starts_expression()) return add(NodeKind::kYield, start, syntax::Await{kNoNode});
  const bool begins_with_star = at(TokenKind::kStar);
  const NodeId value = star_expressions();
  if (begins_with_star) note(SyntaxFeature::kUnparenthesizedUnpack, 8, start);
  return add(NodeKind::kYield, start, syntax::Await{value});
}

NodeId Parser::yield_or_star_expressions() {
  return at(TokenKind::kYield) ? yield() : star_expressions();
}

}  // namespace headwater::scan::parsing
