#include "scan/python/block_parser.h"

#include <algorithm>
#include <utility>

#include "scan/python/condition_parser.h"
#include "scan/python/guard_parser.h"
#include "scan/python/import_parser.h"
#include "scan/python/module_end.h"
#include "scan/python/string_literal.h"

namespace headwater::scan {
namespace {

/// Around what follows; the one that catches most decides, wherever it stands.
void add_suppress(Guards& guards, Catches catches) {
  if (catches >= Catches::kImportError) {
    guards &= static_cast<Guards>(~kGuardMissingModuleOnly);
  } else if ((guards & kGuardsOfImportErrors) == 0) {
    guards |= kGuardMissingModuleOnly;
  }
  guards |= kGuardSuppress;
}

}  // namespace

bool BlockParser::run() {
  std::vector<Token> tokens;
  tokens.reserve(256);
  while (lexer_.next_line(tokens, indentation_, wanted_lines(), blocks_.back().indentation)) {
    enter_line(indentation_);
    const TokenView line(text_, tokens);
    if (next_keyword_ < tokens.front().begin) {
      next_keyword_ = index_.next_keyword(tokens.front().begin);
    }
    may_name_modules_ = next_keyword_ < tokens.back().end;
    if (!compound_statement(line)) simple_statements(line);
  }
  while (blocks_.size() > 1) leave_block();
  settle_chain();
  bindings_.finish();
  return !is_suspect_;
}

/// In functions and classes few lines matter; but the first of a body, and those that end it,
/// always do.
Lexer::Wanted BlockParser::wanted_lines() const {
  if (body_follows_ || blocks_.back().is_finally) return Lexer::Wanted::kAll;
  const Place& place = blocks_.back().place;
  if (place.function_depth > 0) return Lexer::Wanted::kOfFunction;
  return place.role == Role::kClass ? Lexer::Wanted::kOfClass : Lexer::Wanted::kAll;
}

void BlockParser::enter_line(uint32_t indentation) {
  if (body_follows_) {
    body_follows_ = false;
    blocks_.back().indentation = indentation;
    return;
  }
  while (blocks_.size() > 1 && indentation < blocks_.back().indentation) leave_block();
}

bool BlockParser::compound_statement(TokenView line) {
  const size_t first = line.is(0, "async") ? 1 : 0;
  if (!line.is_name(first) || !may_open_block(line.word_at(first))) return false;
  const size_t colon = line.find_outside(':');
  if (colon == line.size() || colon <= first) return false;
  Block inner;
  inner.place = blocks_.back().place;
  if (!clause(line, first, colon, inner)) return false;
  string_references(line.range(0, colon), blocks_.back().place);
  inner.indentation = blocks_.back().indentation;
  inner.first_binding = facts_.bindings.size();
  const bool is_outermost_function =
      inner.place.function_depth > blocks_.back().place.function_depth &&
      inner.place.function_depth == 1;
  blocks_.push_back(std::move(inner));
  if (colon + 1 == line.size()) {
    body_follows_ = !is_outermost_function || !lexer_.skip_body(indentation_);
    if (!body_follows_) blocks_.pop_back();
  } else {
    simple_statements(line.from(colon + 1));
    leave_block();
  }
  return true;
}

/// Starts a clause of a compound statement: reads its header and sets what its body, `inner`, is
/// under. False if it is none.
bool BlockParser::clause(TokenView line, size_t first, size_t colon, Block& inner) {
  Block& outer = blocks_.back();
  const std::string_view word = line.word_at(first);
  const TokenView head = line.range(first + 1, colon);
  const bool body_is_below = colon + 1 == line.size();
  if (word == "def" || word == "class") {
    definition(line, first, colon, inner);
  } else if (word == "if" || word == "elif") {
    if_clause(word == "elif", head, inner);
  } else if (word == "for" || word == "while") {
    loop_clause(word, head, inner);
  } else if (word == "with") {
    inner.is_with = true;
    inner.classes = suppressed_classes(head, bindings_);
    next_chain();
    if (outer.place.role == Role::kModule) {
      bindings_.with(head, outer.place.conditional);
    } else {
      run_head(head, outer.place);
    }
    const HandledErrors handled = handled_by_with(head);
    inner.place.caught_besides = std::max(inner.place.caught_besides, besides_of(handled));
    if (handled.most != Catches::kNothing) {
      add_suppress(inner.place.guards, handled.most);
      ++suppresses_;
      inner.place.conditional = true;
    }
  } else if (word == "match" && body_is_below && !head.empty()) {
    next_chain();
    run_head(head, outer.place);
    inner.is_match = true;
  } else if (word == "case" && outer.is_match) {
    next_chain();
    if (outer.place.role == Role::kModule) bindings_.case_(head);
    inner.place.guards |= kGuardConditional;
    inner.place.conditional = inner.place.is_undecided = true;
  } else {
    return clause_of_try(line, first, head, inner);
  }
  return true;
}

void BlockParser::run_head(TokenView head, const Place& place) {
  bindings_.run(head, place.role, place.conditional);
}

void BlockParser::definition(TokenView line, size_t first, size_t colon, Block& inner) {
  Block& outer = blocks_.back();
  next_chain();
  const TokenView header = line.range(first, colon);
  const Role role = outer.place.role;
  if (header.is(0, "class")) {
    bindings_.class_(header, role, outer.place.conditional);
    if (inner.place.scope == Scope::kModule) inner.place.scope = Scope::kClass;
    if (role == Role::kModule) inner.place.role = Role::kClass;
    return;
  }
  bindings_.function(header, line[0].begin, role, outer.place.conditional);
  inner.place.scope = Scope::kFunction;
  inner.place.guards &= static_cast<Guards>(~kGuardsOfDynamicExtent);
  inner.place.guarded_import = 0;
  if (role != Role::kSkipped) inner.place.role = Role::kFunction;
  ++inner.place.function_depth;
}

void BlockParser::if_clause(bool is_elif, TokenView head, Block& inner) {
  Block& outer = blocks_.back();
  const Place base = is_elif ? outer.chain.orelse : outer.place;
  const BranchGuards added = branch_guards(head);
  const bool is_type_checking = ((added.body | added.orelse) & kGuardTypeChecking) != 0;
  if (!is_type_checking || base.role == Role::kClass) run_head(head, base);
  const auto branch = [&](Guards guards, const Branch& runs) {
    Place place = base;
    place.guards |= guards;
    place.window = place.window & runs.window;
    place.is_undecided |= (guards & kGuardConditional) != 0 && !runs.is_decided;
    place.conditional |= !is_type_checking;
    if ((guards & kGuardTypeChecking) != 0 && base.role == Role::kModule) {
      place.role = Role::kSkipped;
    }
    return place;
  };
  inner.place = branch(added.body, added.body_runs);
  next_chain();
  outer.chain.orelse = branch(added.orelse, added.orelse_runs);
}

void BlockParser::loop_clause(std::string_view word, TokenView head, Block& inner) {
  Block& outer = blocks_.back();
  if (word == "for" && outer.place.role == Role::kModule) {
    bindings_.for_(head, outer.place.conditional);
  } else {
    run_head(head, outer.place);
  }
  inner.place.guards |= kGuardConditional;
  inner.place.conditional = inner.place.is_undecided = true;
  next_chain();
  outer.chain.orelse = inner.place;
  if (word == "while") {
    // What runs once may leave the loop before it comes to the statement.
    const Branches branches = decided_branches(head);
    inner.place.window = inner.place.window & branches.body.window;
    outer.chain.orelse.window = outer.chain.orelse.window & branches.orelse.window;
  }
}

bool BlockParser::clause_of_try(TokenView line, size_t first, TokenView head, Block& inner) {
  Block& outer = blocks_.back();
  Chain& chain = outer.chain;
  if (line.is(first, "try") && head.empty()) {
    inner.is_try_body = true;
    next_chain();
    chain.suppresses = suppresses_;
    chain.is_try = chain.body_is_open = true;
    chain.imports_begin = facts_.imports.size();
    chain.begin = bindings_.mark();
  } else if (line.is(first, "except")) {
    except_clause(line, first, head, inner);
  } else if (line.is(first, "else") && head.empty()) {
    else_clause(inner);
  } else if (line.is(first, "finally") && head.empty()) {
    close_try_body(chain);
    settle_chain();
    if (chain.caught) inner.place.guards |= kGuardFinally;
    inner.is_finally = chain.is_try;
    inner.first_import = facts_.imports.size();
  } else {
    return false;
  }
  return true;
}

void BlockParser::except_clause(TokenView line, size_t first, TokenView head, Block& inner) {
  Block& outer = blocks_.back();
  Chain& chain = outer.chain;
  close_try_body(chain);
  chain.handler_imports.push_back(facts_.imports.size());
  inner.is_except = chain.is_try;
  inner.handles = handled_by(head);
  inner.classes = named_classes(head, bindings_);
  const bool catching = inner.handles.most != Catches::kNothing;
  const bool is_first = catching && !chain.caught;
  if (is_first) chain.last_import = link_try_body(outer);
  if (!chain.has_handlers && chain.is_try) bindings_.make_conditional(chain.begin, chain.end);
  chain.has_handlers = true;
  chain.caught |= catching;
  if (outer.place.role == Role::kModule) {
    bindings_.except(line.range(first, first + 1 + head.size()));
  } else {
    run_head(head, outer.place);
  }
  inner.place.guards |= catching ? kGuardExcept : kGuardConditional;
  inner.place.is_undecided |= !catching;
  // Which of two handlers runs depends on what is raised.
  if (catching) inner.place.guarded_import = is_first ? chain.last_import : 0;
  inner.is_handler = catching;
  if (const size_t n = head.size(); n >= 3 && head.is(n - 2, "as") && head.is_name(n - 1)) {
    inner.caught_as = head.word_at(n - 1);
  }
  inner.place.conditional = true;
}

void BlockParser::else_clause(Block& inner) {
  const Block& outer = blocks_.back();
  const Chain& chain = outer.chain;
  if (!chain.is_try) {
    inner.place = chain.orelse;
    return;
  }
  if (chain.caught) {
    inner.place.guards |= kGuardElse;
    inner.place.guarded_import = chain.last_import;
  }
  inner.place.conditional |= chain.has_handlers;
}

void BlockParser::close_try_body(Chain& chain) {
  if (chain.body_is_open) {
    chain.imports_end = facts_.imports.size();
    chain.body_suppresses = chain.suppresses != suppresses_;
    chain.end = bindings_.mark();
  }
  chain.body_is_open = false;
}

void BlockParser::leave_block() {
  settle_chain();
  const Block left = std::move(blocks_.back());
  blocks_.pop_back();
  Block& outer = blocks_.back();
  if (left.place.window.is_never()) {
    const auto begin = facts_.bindings.begin() + static_cast<ptrdiff_t>(left.first_binding);
    std::for_each(begin, facts_.bindings.end(), [](auto& each) { each.never_runs = true; });
  }
  const bool ends_module = left.place.is_unreachable;
  if (left.is_except) settle_handler(outer.chain, left);
  if (left.discards) hold_by_finally(outer, left);
  if (left.is_finally && ends_module && !outer.place.is_unreachable) {
    end_by_finally(outer, left.place.end_raises);
  }
}

void BlockParser::simple_statements(TokenView line) {
  line.split(';', [this](TokenView statement) {
    if (!statement.empty()) simple_statement(statement);
  });
}

void BlockParser::simple_statement(TokenView statement) {
  const Place& place = blocks_.back().place;
  if (!is_import_statement(statement)) {
    string_references(statement, place);
    probes(statement, place);
    blocks_.back().discards |=
        blocks_.back().is_finally &&
        (statement.is(0, "return") || statement.is(0, "break") || statement.is(0, "continue"));
    if (place.role == Role::kModule && !place.is_unreachable) {
      const bool is_caught =
          statement.is(0, "raise") && statement.is_name(1) && is_caught_error(statement.word_at(1));
      if (const auto raises = end_of_module(statement, bindings_, is_caught)) {
        blocks_.back().place.is_unreachable = true;
        blocks_.back().place.end_raises = *raises;
      }
    }
    if (statement.is_op(0, '@'))
      return bindings_.decorator(statement, place.role, place.conditional);
    return bindings_.simple_statement(statement, place.role, place.conditional);
  }
  Import where{};
  where.offset = statement[0].begin;
  where.end = statement[statement.size() - 1].end;
  where.line = lines_.line(where.offset);
  where.column = lines_.column(where.offset);
  where.scope = place.scope;
  where.guards = place.guards;
  where.caught_besides = place.caught_besides;
  where.never_runs = place.is_unreachable;
  const size_t first = facts_.imports.size();
  is_suspect_ |= !parse_import_statement(statement, where, facts_);
  if (statement.is(0, "from") && statement.is(1, "__future__")) {
    const bool is_read = facts_.imports.size() > first;
    const size_t names = is_read ? facts_.imports.back().first_name : facts_.imported_names.size();
    for (size_t i = names; i < facts_.imported_names.size(); ++i) {
      const NameId name = facts_.imported_names[i].name;
      if (facts_.names[name] == "annotations") lexer_.postpone_annotations();
    }
  }
  function_depths_.resize(facts_.imports.size(), place.function_depth);
  raised_.resize(facts_.imports.size());
  for (size_t i = first; !probed_.empty() && i < facts_.imports.size(); ++i) {
    Import& import = facts_.imports[i];
    import.is_probed = import.level == 0 && is_probed(facts_.names[import.module]);
  }
  const bool is_decided = (place.guards & kGuardConditional) != 0 && !place.is_undecided;
  if (is_decided || !place.window.is_everywhere()) {
    for (size_t i = first; i < facts_.imports.size(); ++i) {
      facts_.run_conditions.push_back(
          {static_cast<uint32_t>(i), place.window, !place.is_undecided});
    }
  }
  for (size_t i = first; place.guarded_import > 0 && i < facts_.imports.size(); ++i) {
    const size_t back = i + 1 - place.guarded_import;
    facts_.imports[i].guarded_back = static_cast<uint16_t>(back <= UINT16_MAX ? back : 0);
  }
  if (place.role == Role::kModule) bindings_.imports(statement, first, place.conditional);
}

bool BlockParser::is_caught_error(std::string_view name) const {
  return std::ranges::any_of(blocks_, [&](const Block& block) {
    return block.is_handler && !name.empty() && block.caught_as == name;
  });
}

/// `pytest.importorskip("a.b")`, also as the value of an assignment.
void BlockParser::probes(TokenView statement, const Place& place) {
  if (!may_name_modules_ || place.role != Role::kModule || place.conditional) return;
  for (size_t i = 0; i + 2 < statement.size(); ++i) {
    if (!statement.is(i, "importorskip") || !statement.is_op(i + 1, '(')) continue;
    const auto name = string_value(statement.range(i + 2, i + 3));
    if (name) probed_.push_back(*name);
  }
}

bool BlockParser::is_probed(std::string_view module) const {
  return std::ranges::any_of(probed_, [&](const std::string& name) {
    return module == name || (module.starts_with(name) && module[name.size()] == '.');
  });
}

void BlockParser::string_references(TokenView code, const Place& place) {
  if (!may_name_modules_) return;
  for_each_string_reference(code, [&](TokenView literal) {
    const auto name = string_value(literal);
    if (!name) return;
    const uint32_t offset = literal[0].begin;
    facts_.string_references.push_back({offset, lines_.line(offset), lines_.column(offset),
                                        facts_.names.intern(*name), place.scope, place.guards});
  });
}

}  // namespace headwater::scan
