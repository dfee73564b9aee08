#include <fmt/format.h>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

/// What follows a header's colon: a suite of lines, or statements on the same line.
NodeList Parser::block(const char* after, uint32_t line) {
  using enum TokenKind;
  Items body(*this);
  if (!at(kNewline)) {
    simple_statements(body);
    return body.list();
  }
  next_line();
  if (!at(kIndent)) {
    if (at(kError)) {
      fail_here();
    } else if (!failed_) {
      fail(token_->begin, token_->line,
           fmt::format("expected an indented block after {} on line {}", after, line),
           SyntaxErrorClass::kIndentation);
    }
    return {};
  }
  ++token_;
  Depth depth(*this);
  while (!failed_ && !at(kDedent) && !at(kEnd)) statement(body);
  accept(kDedent);
  return body.list();
}

NodeList Parser::else_block() {
  if (!at(TokenKind::kElse)) return {};
  const uint32_t line = token_->line;
  ++token_;
  expect(TokenKind::kColon, "expected ':'");
  return block("'else' statement", line);
}

/// An `elif` is an If in the `orelse` of the one before; a long chain is built from its end.
NodeId Parser::if_() {
  struct Branch {
    Token start;
    NodeId test;
    NodeList body;
  };
  Depth depth(*this);
  std::vector<Branch> branches;
  do {
    const Token start = *token_++;
    const NodeId test = named_expression();
    if (at(TokenKind::kAssign)) {
      fail_here("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    expect(TokenKind::kColon, "expected ':'");
    const NodeList body =
        block(start.kind == TokenKind::kIf ? "'if' statement" : "'elif' statement", start.line);
    branches.push_back({start, test, body});
    ++depth.added;
  } while (at(TokenKind::kElif));
  NodeList orelse = else_block();
  NodeId made = kNoNode;
  for (size_t i = branches.size(); i-- > 0;) {
    made = add(NodeKind::kIf, branches[i].start,
               syntax::If{branches[i].test, branches[i].body, orelse});
    const auto word = static_cast<uint32_t>(made);
    if (i > 0) orelse = {tree_.add_words(&word, 1)};
  }
  return made;
}

NodeId Parser::while_() {
  const Token start = *token_++;
  const NodeId test = named_expression();
  if (at(TokenKind::kAssign)) {
    fail_here("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  }
  expect(TokenKind::kColon, "expected ':'");
  const NodeList body = block("'while' statement", start.line);
  return add(NodeKind::kWhile, start, syntax::While{test, body, else_block()});
}

NodeId Parser::for_(const Token& start, bool is_async) {
  const Token begin = start;
  ++token_;
  const NodeId target = target_list(TargetUse::kFor);
  expect(TokenKind::kIn);
  const Token iter_start = *token_;
  const NodeId iter = star_expressions();
  if (iter_start.kind == TokenKind::kStar) note(SyntaxFeature::kUnpackInFor, 9, iter_start);
  expect(TokenKind::kColon, "expected ':'");
  const NodeList body = block("'for' statement", begin.line);
  return add(is_async ? NodeKind::kAsyncFor : NodeKind::kFor, begin,
             syntax::For{target, iter, body, else_block()});
}

NodeId Parser::with_item() {
  using enum TokenKind;
  const Token start = *token_;
  syntax::WithItem fields{expression(), kNoNode};
  if (accept(kAs)) {
    fields.optional_vars = star_target_item();
    if (!failed_ && !at(kComma) && !at(kColon) && !at(kRightParenthesis)) fail_here();
    make_target(fields.optional_vars, TargetUse::kWith);
  }
  return add(NodeKind::kWithItem, start, fields);
}

/// `with (a as b, c):`. False where the parentheses belong to an expression.
bool Parser::parenthesized_with_items(Items& items) {
  using enum TokenKind;
  const Token start = *token_;
  const Speculation speculation = begin_speculation();
  ++token_;
  bool has_as = false;
  do {
    if (items.size() > 0 && at(kRightParenthesis)) break;
    const NodeId item = with_item();
    items.add(item);
    has_as |= !failed_ && tree_.get<syntax::WithItem>(item).optional_vars != kNoNode;
  } while (accept(kComma));
  expect(kRightParenthesis);
  if (!failed_ && at(kColon)) {
    if (has_as) note(SyntaxFeature::kParenthesizedWith, 9, start);
    return true;
  }
  // With an `as` inside nothing else can be meant: the error is the real one.
  if (failed_ && has_as) return true;
  if (out_.too_deep) return true;
  rewind(speculation);
  return false;
}

NodeId Parser::with(const Token& start, bool is_async) {
  using enum TokenKind;
  const Token begin = start;
  ++token_;
  Items items(*this);
  if (!at(kLeftParenthesis) || !parenthesized_with_items(items)) {
    do {
      items.add(with_item());
    } while (accept(kComma));
  }
  expect(kColon, "expected ':'");
  const NodeList body = block("'with' statement", begin.line);
  return add(is_async ? NodeKind::kAsyncWith : NodeKind::kWith, begin,
             syntax::With{items.list(), body});
}

NodeId Parser::try_() {
  using enum TokenKind;
  const Token start = *token_++;
  expect(kColon, "expected ':'");
  syntax::Try fields{block("'try' statement", start.line), {}, {}, {}};
  Items handlers(*this);
  bool is_star = false;
  while (at(kExcept) && handler(handlers, is_star)) {
  }
  if (handlers.size() == 0 && !at(kFinally)) fail_here("expected 'except' or 'finally' block");
  fields.handlers = handlers.list();
  if (handlers.size() > 0) fields.orelse = else_block();
  if (at(kFinally)) {
    const uint32_t line = token_->line;
    ++token_;
    expect(kColon, "expected ':'");
    fields.finalbody = block("'finally' statement", line);
  }
  return add(is_star ? NodeKind::kTryStar : NodeKind::kTry, start, fields);
}

bool Parser::handler(Items& handlers, bool& is_star) {
  using enum TokenKind;
  const Token start = *token_++;
  const bool star = accept(kStar);
  if (star) note(SyntaxFeature::kExceptStar, 11, start);
  if (handlers.size() > 0 && star != is_star) {
    fail(start.begin, start.line, "cannot have both 'except' and 'except*' on the same 'try'");
    return false;
  }
  is_star = star;
  syntax::ExceptHandler fields{kNoNode, kNoName, {}};
  if (star && at(kColon)) fail_here("expected one or more exception types");
  if (!at(kColon)) {
    const Token type_start = *token_;
    fields.type = expression();
    if (at(kComma)) {
      const Token comma = *token_;
      fields.type = tuple_after(type_start, fields.type, &Parser::expression);
      note(SyntaxFeature::kExceptWithoutParens, 14, comma);
      if (at(kAs)) {
        fail(type_start.begin, type_start.line,
             "multiple exception types must be parenthesized when using 'as'");
      }
    } else if (accept(kAs)) {
      const Token bound = *token_;
      fields.name = name();
      if (!failed_ && !at(kColon) && (at(kDot) || at(kLeftBracket))) {
        fail(bound.begin, bound.line,
             fmt::format("cannot use except statement with {}",
                         at(kDot) ? "attribute" : "subscript"));
      }
    }
  }
  expect(kColon, "expected ':'");
  fields.body = block(star ? "'except*' statement" : "'except' statement", start.line);
  handlers.add(add(NodeKind::kExceptHandler, start, fields));
  return true;
}

NodeId Parser::decorated() {
  using enum TokenKind;
  Items decorators(*this);
  while (at(kAt)) {
    const Token start = *token_++;
    const NodeId decorator = named_expression();
    note_decorator(decorator, start);
    decorators.add(decorator);
    end_line();
  }
  const Token start = *token_;
  if (at(kClass)) return class_(start, decorators.list());
  if (at(kDef)) return function(start, decorators.list(), false);
  if (accept(kAsync) && at(kDef)) return function(start, decorators.list(), true);
  fail_here();
  return kNoNode;
}

/// Before PEP 614 a decorator was a dotted name, perhaps called.
void Parser::note_decorator(NodeId decorator, const Token& start) {
  if (failed_) return;
  NodeId node = decorator;
  if (tree_.kind(node) == NodeKind::kCall) node = tree_.get<syntax::Call>(node).func;
  while (tree_.kind(node) == NodeKind::kAttribute) node = tree_.get<syntax::Attribute>(node).value;
  if (tree_.kind(node) != NodeKind::kName) note(SyntaxFeature::kAnyDecorator, 9, start);
}

NodeId Parser::function(const Token& start, NodeList decorators, bool is_async) {
  using enum TokenKind;
  const Token begin = start;
  const uint32_t line = token_->line;
  ++token_;
  syntax::FunctionDef fields{};
  fields.decorator_list = decorators;
  fields.name = name();
  fields.type_params = type_params();
  expect(kLeftParenthesis, "expected '('");
  fields.args = parameters(kRightParenthesis, true);
  expect(kRightParenthesis);
  if (accept(kArrow)) fields.returns = expression();
  expect(kColon, "expected ':'");
  fields.body = block("function definition", line);
  fields.end_line = last_line_;
  return add(is_async ? NodeKind::kAsyncFunctionDef : NodeKind::kFunctionDef, begin, fields);
}

NodeId Parser::class_(const Token& start, NodeList decorators) {
  using enum TokenKind;
  const Token begin = start;
  ++token_;
  syntax::ClassDef fields{};
  fields.decorator_list = decorators;
  fields.name = name();
  fields.type_params = type_params();
  if (at(kLeftParenthesis)) {
    const Token open = *token_++;
    call_arguments(open, fields.bases, fields.keywords, true);
  }
  expect(kColon, "expected ':'");
  fields.body = block("class definition", begin.line);
  fields.end_line = last_line_;
  return add(NodeKind::kClassDef, begin, fields);
}

NodeList Parser::type_params() {
  using enum TokenKind;
  if (!at(kLeftBracket)) return {};
  note(SyntaxFeature::kTypeParameters, 12, *token_);
  ++token_;
  if (at(kRightBracket)) fail_here("Type parameter list cannot be empty");
  Items items(*this);
  do {
    if (at(kRightBracket)) break;
    items.add(type_param());
  } while (accept(kComma));
  close_bracket(kRightBracket);
  return items.list();
}

NodeId Parser::type_param() {
  using enum TokenKind;
  const Token start = *token_;
  const NodeKind kind = accept(kStar)         ? NodeKind::kTypeVarTuple
                        : accept(kDoubleStar) ? NodeKind::kParamSpec
                                              : NodeKind::kTypeVar;
  syntax::TypeVar fields{name(), kNoNode, kNoNode};
  if (at(kColon)) {
    if (kind != NodeKind::kTypeVar) {
      fail_here(kind == NodeKind::kParamSpec ? "cannot use bound with ParamSpec"
                                             : "cannot use bound with TypeVarTuple");
    } else {
      ++token_;
      fields.bound = expression();
    }
  }
  if (at(kAssign)) {
    note(SyntaxFeature::kTypeParameterDefault, 13, *token_);
    ++token_;
    fields.default_value = kind == NodeKind::kTypeVarTuple ? star_expression() : expression();
  }
  return add(kind, start, fields);
}

}  // namespace headwater::scan::parsing
