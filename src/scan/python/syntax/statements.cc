#include <fmt/format.h>

#include "scan/python/identifier.h"
#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

NameId Parser::intern(const Token& token) {
  return intern_identifier(tree_.mutable_names(), word_of(token));
}

void Parser::statement(Items& body) {
  using enum TokenKind;
  switch (token_->kind) {
    case kIf:
    case kWhile:
    case kFor:
    case kTry:
    case kWith:
    case kDef:
    case kClass:
    case kAt:
    case kAsync:
      return compound_statement(body);
    case kName:
      if (at_word("match")) {
        NodeId made = kNoNode;
        if (match_statement(made)) return body.add(made);
      }
      return simple_statements(body);
    default:
      return simple_statements(body);
  }
}

void Parser::compound_statement(Items& body) {
  using enum TokenKind;
  const Token start = *token_;
  switch (start.kind) {
    case kIf:
      return body.add(if_());
    case kWhile:
      return body.add(while_());
    case kFor:
      return body.add(for_(start, false));
    case kTry:
      return body.add(try_());
    case kWith:
      return body.add(with(start, false));
    case kDef:
      return body.add(function(start, {}, false));
    case kClass:
      return body.add(class_(start, {}));
    case kAt:
      return body.add(decorated());
    default:
      return body.add(async_statement());
  }
}

NodeId Parser::async_statement() {
  using enum TokenKind;
  const Token start = *token_++;
  if (at(kDef)) return function(start, {}, true);
  if (at(kFor)) return for_(start, true);
  if (at(kWith)) return with(start, true);
  fail_here();
  return kNoNode;
}

void Parser::simple_statements(Items& body) {
  do {
    body.add(simple_statement());
  } while (accept(TokenKind::kSemicolon) && !at(TokenKind::kNewline));
  if (!at(TokenKind::kNewline)) old_statement();
  end_line();
}

NodeId Parser::pass_like(NodeKind kind) {
  const Token token = *token_++;
  return tree_.add(kind, 0, token.begin, token.line);
}

NodeId Parser::simple_statement() {
  using enum TokenKind;
  switch (token_->kind) {
    case kPass:
      return pass_like(NodeKind::kPass);
    case kBreak:
      return pass_like(NodeKind::kBreak);
    case kContinue:
      return pass_like(NodeKind::kContinue);
    case kReturn:
      return return_();
    case kRaise:
      return raise();
    case kAssert:
      return assert_();
    case kDel:
      return delete_();
    case kGlobal:
    case kNonlocal:
      return global();
    case kImport:
      return import_(*token_, false);
    case kFrom:
      return import_from(*token_, false);
    case kName:
      if (next_is(kName) && at_word("type")) return type_alias();
      if ((next_is(kImport) || next_is(kFrom)) && at_word("lazy")) {
        const Token start = *token_++;
        note(SyntaxFeature::kLazyImport, 15, start);
        return at(kImport) ? import_(start, true) : import_from(start, true);
      }
      return expression_statement();
    default:
      return expression_statement();
  }
}

/// Statements of Python 2 look like an expression with another behind it.
void Parser::old_statement() {
  using enum TokenKind;
  if (failed_ || !starts_expression()) return;
  const Token& before = token_[-1];
  const std::string_view word = before.kind == kName ? word_of(before) : std::string_view();
  if (word != "print" && word != "exec") return;
  gone(word == "print" ? GoneSyntax::kPrintStatement : GoneSyntax::kExecStatement, before.line);
  fail(before.begin, before.line,
       fmt::format("Missing parentheses in call to '{}'. Did you mean {}(...)?", word, word));
}

NodeId Parser::expression_statement() {
  using enum TokenKind;
  const Token start = *token_;
  const NodeId first = yield_or_star_expressions();
  switch (token_->kind) {
    case kNewline:
    case kSemicolon:
      return add(NodeKind::kExpr, start, syntax::Expr{first});
    case kAssign:
      return assignment(start, first);
    case kColon:
      return annotated(start, first);
    default:
      if (token_->kind >= kPlusAssign && token_->kind <= kDoubleSlashAssign) {
        return augmented(start, first);
      }
      if (at(kWalrus)) fail_here();
      return add(NodeKind::kExpr, start, syntax::Expr{first});
  }
}

NodeId Parser::assignment(const Token& start, NodeId first) {
  Items targets(*this);
  NodeId value = first;
  while (at(TokenKind::kAssign)) {
    const bool is_last_form = tree_.kind(value) != NodeKind::kTuple;
    if (is_last_form && !failed_) {
      const NodeKind kind = tree_.kind(value);
      const bool is_target = kind == NodeKind::kName || kind == NodeKind::kAttribute ||
                             kind == NodeKind::kSubscript || kind == NodeKind::kList ||
                             kind == NodeKind::kStarred;
      const std::string_view what = describe(value);
      if (!is_target && what != "True" && what != "False" && what != "None" &&
          kind != NodeKind::kGeneratorExp) {
        const bool is_bitwise = kind != NodeKind::kYield && kind != NodeKind::kLambda &&
                                kind != NodeKind::kIfExp && kind != NodeKind::kBoolOp &&
                                kind != NodeKind::kYieldFrom && kind != NodeKind::kCompare;
        fail_at(value, is_bitwise
                           ? fmt::format("cannot assign to {} here. Maybe you meant '==' instead "
                                         "of '='?",
                                         what)
                       : kind == NodeKind::kYield || kind == NodeKind::kYieldFrom
                           ? "assignment to yield expression not possible"
                           : fmt::format("cannot assign to {}", what));
      }
    }
    make_target(value, TargetUse::kAssign);
    targets.add(value);
    ++token_;
    if (failed_) break;
    value = yield_or_star_expressions();
  }
  return add(NodeKind::kAssign, start, syntax::Assign{targets.list(), value});
}

NodeId Parser::annotated(const Token& start, NodeId target) {
  const NodeKind kind = failed_ ? NodeKind::kName : tree_.kind(target);
  switch (kind) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
      break;
    case NodeKind::kList:
    case NodeKind::kTuple:
      fail_at(target,
              fmt::format("only single target (not {}) can be annotated", describe(target)));
      return kNoNode;
    default:
      if (start.kind == TokenKind::kName &&
          (word_of(start) == "print" || word_of(start) == "exec")) {
        old_statement();
      }
      fail_at(target, "illegal target for annotation");
      return kNoNode;
  }
  make_target(target, TargetUse::kSingle);
  const bool is_simple = kind == NodeKind::kName && start.kind == TokenKind::kName;
  ++token_;
  const NodeId annotation = expression();
  NodeId value = kNoNode;
  if (accept(TokenKind::kAssign)) {
    const Token value_start = *token_;
    value = yield_or_star_expressions();
    if (value_start.kind == TokenKind::kStar) {
      note(SyntaxFeature::kUnparenthesizedUnpack, 8, value_start);
    }
  }
  return add(NodeKind::kAnnAssign, start, syntax::AnnAssign{target, annotation, value}, is_simple);
}

NodeId Parser::augmented(const Token& start, NodeId target) {
  make_target(target, TargetUse::kSingle);
  const auto op = static_cast<uint8_t>(static_cast<int>(token_->kind) -
                                       static_cast<int>(TokenKind::kPlusAssign));
  if (failed_) return kNoNode;
  ++token_;
  const NodeId value = yield_or_star_expressions();
  return add(NodeKind::kAugAssign, start, syntax::AugAssign{target, value}, op);
}

NodeId Parser::return_() {
  const Token start = *token_++;
  NodeId value = kNoNode;
  if (starts_expression()) {
    const bool begins_with_star = at(TokenKind::kStar);
    value = star_expressions();
    if (begins_with_star) note(SyntaxFeature::kUnparenthesizedUnpack, 8, start);
  }
  return add(NodeKind::kReturn, start, syntax::Return{value});
}

NodeId Parser::raise() {
  const Token start = *token_++;
  syntax::Raise fields{kNoNode, kNoNode};
  if (starts_expression()) {
    fields.exc = expression();
    if (accept(TokenKind::kFrom)) fields.cause = expression();
    if (at(TokenKind::kComma)) gone(GoneSyntax::kRaiseComma, start.line);
  }
  return add(NodeKind::kRaise, start, fields);
}

NodeId Parser::assert_() {
  const Token start = *token_++;
  syntax::Assert fields{expression(), kNoNode};
  if (accept(TokenKind::kComma)) fields.msg = expression();
  return add(NodeKind::kAssert, start, fields);
}

NodeId Parser::delete_() {
  const Token start = *token_++;
  Items targets(*this);
  do {
    if (targets.size() > 0 && !starts_expression()) break;
    const NodeId target = star_target_item();
    make_target(target, TargetUse::kDelete);
    targets.add(target);
  } while (accept(TokenKind::kComma));
  return add(NodeKind::kDelete, start, syntax::Delete{targets.list()});
}

NodeId Parser::global() {
  has_declarations_ = true;
  const Token start = *token_++;
  Items names(*this);
  do {
    names.add(name());
  } while (accept(TokenKind::kComma));
  const NodeKind kind = start.kind == TokenKind::kGlobal ? NodeKind::kGlobal : NodeKind::kNonlocal;
  return add(kind, start, syntax::Global{{names.words()}});
}

NameId Parser::dotted_name() {
  const NameId only = name();
  if (!at(TokenKind::kDot)) return only;
  // Blanks and line ends may stand around the dots.
  std::string dotted(tree_.name(only));
  while (accept(TokenKind::kDot)) {
    dotted += '.';
    dotted += tree_.name(name());
  }
  return tree_.mutable_names().intern(dotted);
}

NodeId Parser::import_(const Token& start, bool is_lazy) {
  const Token from = start;
  ++token_;
  if (at(TokenKind::kNewline)) fail_here("Expected one or more names after 'import'");
  Items names(*this);
  do {
    const Token place = *token_;
    syntax::Alias fields{dotted_name(), kNoName};
    if (accept(TokenKind::kAs)) fields.asname = name();
    names.add(add(NodeKind::kAlias, place, fields));
  } while (accept(TokenKind::kComma));
  return add(NodeKind::kImport, from, syntax::Import{names.list()}, is_lazy);
}

NodeId Parser::alias_of_from() {
  const Token place = *token_;
  syntax::Alias fields{name(), kNoName};
  if (accept(TokenKind::kAs)) fields.asname = name();
  return add(NodeKind::kAlias, place, fields);
}

NodeId Parser::import_from(const Token& start, bool is_lazy) {
  using enum TokenKind;
  const Token from = start;
  ++token_;
  syntax::ImportFrom fields{kNoName, {}, 0};
  for (; at(kDot) || at(kEllipsis); ++token_) fields.level += at(kDot) ? 1 : 3;
  if (!at(kImport) || fields.level == 0) fields.module = dotted_name();
  expect(kImport);
  Items names(*this);
  if (at(kStar)) {
    const Token star = *token_++;
    names.add(
        add(NodeKind::kAlias, star, syntax::Alias{tree_.mutable_names().intern("*"), kNoName}));
  } else {
    if (at(kNewline)) fail_here("Expected one or more names after 'import'");
    const bool in_parentheses = accept(kLeftParenthesis);
    names.add(alias_of_from());
    while (accept(kComma)) {
      if (in_parentheses && at(kRightParenthesis)) break;
      if (at(kNewline)) {
        fail_here("trailing comma not allowed without surrounding parentheses");
        break;
      }
      names.add(alias_of_from());
    }
    if (in_parentheses) expect(kRightParenthesis);
  }
  fields.names = names.list();
  return add(NodeKind::kImportFrom, from, fields, is_lazy);
}

/// `type X[T] = ...` (PEP 695)
NodeId Parser::type_alias() {
  const Token start = *token_++;
  note(SyntaxFeature::kTypeStatement, 12, start);
  const Token name_token = *token_++;
  const NodeId target = add(NodeKind::kName, name_token, syntax::Name{intern(name_token)},
                            static_cast<uint8_t>(ExpressionContext::kStore));
  const NodeList parameters = type_params();
  expect(TokenKind::kAssign);
  return add(NodeKind::kTypeAlias, start, syntax::TypeAlias{target, parameters, expression()});
}

}  // namespace headwater::scan::parsing
