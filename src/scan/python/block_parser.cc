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

/// Whose ImportErrors the guards of an import hold.
struct HeldErrors {
  bool missing = false;  // ModuleNotFoundError
  bool others = false;
};

constexpr Guards kGuardsOfImportErrors = kGuardTryImportError | kGuardSuppress;

HeldErrors held(const Import& import) {
  if ((import.guards & kGuardsOfImportErrors) == 0) return {};
  if (import.handler_ends) return {false, import.handler_keeps_others != 0};
  return {true, (import.guards & kGuardMissingModuleOnly) == 0};
}

void set_held(Import& import, HeldErrors held) {
  import.handler_ends = !held.missing;
  import.handler_keeps_others = !held.missing && held.others;
  import.guards &= static_cast<Guards>(~kGuardMissingModuleOnly);
  if (held.missing && !held.others) import.guards |= kGuardMissingModuleOnly;
}

/// Around what follows; the one that catches most decides, wherever it stands.
void add_suppress(Guards& guards, Catches catches) {
  if (catches >= Catches::kImportError) {
    guards &= static_cast<Guards>(~kGuardMissingModuleOnly);
  } else if ((guards & kGuardsOfImportErrors) == 0) {
    guards |= kGuardMissingModuleOnly;
  }
  guards |= kGuardSuppress;
}

CaughtBesides besides_of(HandledErrors handled) {
  if (handled.most == Catches::kEverything) return CaughtBesides::kAll;
  if (handled.most == Catches::kException) return CaughtBesides::kException;
  return handled.besides == NamedBesides::kNone ? CaughtBesides::kNothing
                                                : CaughtBesides::kNotKnown;
}

}  // namespace

void BlockParser::run() {
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
  bindings_.finish();
}

/// In functions and classes few lines matter; but the first of a body, and those that end it,
/// always do.
Lexer::Wanted BlockParser::wanted_lines() const {
  if (body_follows_) return Lexer::Wanted::kAll;
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
    outer.chain = {};
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
    outer.chain = {};
    run_head(head, outer.place);
    inner.is_match = true;
  } else if (word == "case" && outer.is_match) {
    outer.chain = {};
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
  outer.chain = {};
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
  outer.chain = {};
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
  outer.chain = {};
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
    chain = {};
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
    if (chain.caught) inner.place.guards |= kGuardFinally;
    inner.is_finally = chain.is_try;
  } else {
    return false;
  }
  return true;
}

void BlockParser::except_clause(TokenView line, size_t first, TokenView head, Block& inner) {
  Block& outer = blocks_.back();
  Chain& chain = outer.chain;
  close_try_body(chain);
  chain.handler_imports = facts_.imports.size();
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
    chain.end = bindings_.mark();
    for (size_t i = chain.imports_begin; i < chain.imports_end; ++i) {
      const Import& import = facts_.imports[i];
      chain.body.push_back(
          {import.guards, import.handler_ends, import.handler_keeps_others != 0, raised_[i]});
    }
  }
  chain.body_is_open = false;
}

/// Links the imports that the handlers see fail: not those that something in the body catches. One
/// past the last of them; 0 if it is not known which they are.
size_t BlockParser::link_try_body(const Block& outer) {
  const Guards around = outer.place.guards;
  size_t last = 0;
  for (size_t i = outer.chain.imports_begin; i < outer.chain.imports_end; ++i) {
    Import& import = facts_.imports[i];
    const auto inner = static_cast<Guards>(import.guards & ~around);
    if (function_depths_[i] != outer.place.function_depth || (inner & kGuardTypeChecking)) continue;
    if (inner & kGuardMissingModuleOnly) return 0;
    // A handler that raises it again does not hide it from these.
    const bool is_raised = import.handler_ends && !import.handler_keeps_others;
    if (is_raised && raised_[i] != Raise{}) return 0;
    if (!is_raised && (inner & kGuardsOfImportErrors)) continue;
    const size_t back = last == 0 ? 0 : i + 1 - last;
    if (back > UINT16_MAX) return 0;
    import.previous_back = static_cast<uint16_t>(back);
    last = i + 1;
  }
  return last;
}

void BlockParser::leave_block() {
  const Block left = std::move(blocks_.back());
  blocks_.pop_back();
  Block& outer = blocks_.back();
  if (left.place.window.is_never()) {
    const auto begin = facts_.bindings.begin() + static_cast<ptrdiff_t>(left.first_binding);
    std::for_each(begin, facts_.bindings.end(), [](auto& each) { each.never_runs = true; });
  }
  const bool ends_module = left.place.is_unreachable;
  if (left.is_except) settle_handler(outer.chain, left);
  if (left.is_finally && ends_module && !outer.place.is_unreachable) {
    end_by_finally(outer, left.place.end_raises);
  }
}

/// It runs whatever the body does, and what it raises takes the place of what the body has raised.
void BlockParser::end_by_finally(Block& outer, const Raise& raises) {
  const Chain& chain = outer.chain;
  const bool is_held = chain.missing.is_taken && chain.missing.is_held;
  const bool is_met = may_be_caught() && !is_held && raises != Raise{};
  for (size_t i = chain.imports_begin; i < chain.imports_end; ++i) {
    Import& import = facts_.imports[i];
    import.handler_raises = std::max(import.handler_raises, raises.kind);
    if (!is_met || function_depths_[i] != outer.place.function_depth) continue;
    // As if a handler had raised it, for those around to hold.
    import.guards |= kGuardTryImportError;
    set_held(import, {});
    raised_[i] = raises;
    import.handler_raises = raises.kind;
    pass_with_statements(i);
  }
  outer.place.is_unreachable = true;
  outer.place.end_raises = raises;
}

/// Whether something around the blocks that are open may hold what is raised here.
bool BlockParser::may_be_caught() const {
  return std::ranges::any_of(blocks_,
                             [](const Block& block) { return block.is_try_body || block.is_with; });
}

/// A handler that ends the module does not protect from what it takes, as long as none around it
/// goes on.
void BlockParser::settle_handler(Chain& chain, const Block& handler) {
  const bool is_held = !handler.place.is_unreachable;
  chain.handlers.push_back({handler.classes, is_held, handler.place.end_raises});
  const auto take = [&](Taken& kind) {
    if (kind.is_taken) return;
    kind.is_taken = true;
    kind.is_held = is_held;
    if (!is_held) kind.raises = handler.place.end_raises;
  };
  if (handler.handles.most >= Catches::kMissingModule) take(chain.missing);
  if (handler.handles.most >= Catches::kImportError) take(chain.others);
  take_besides(chain, handler);
  guard_try_body(chain);
}

/// The same for what is no ImportError: what classes derive from is not known.
void BlockParser::take_besides(Chain& chain, const Block& handler) const {
  const CaughtBesides caught = besides_of(handler.handles);
  if (caught == CaughtBesides::kNothing) return;
  const bool is_wide = caught >= CaughtBesides::kException;
  if (!handler.place.is_unreachable) {
    const bool is_whole = caught == CaughtBesides::kAll
                              ? chain.let_through == NamedBesides::kNone
                              : chain.let_through < NamedBesides::kExceptions;
    chain.caught_besides =
        std::max(chain.caught_besides, is_whole ? caught : CaughtBesides::kNotKnown);
    return;
  }
  const NamedBesides ended = is_wide ? NamedBesides::kExceptions : handler.handles.besides;
  chain.let_through = std::max(chain.let_through, ended);
  const bool is_raised_again = handler.place.end_raises == Raise{};
  if (!is_raised_again || may_be_caught()) {
    chain.caught_besides = std::max(chain.caught_besides, CaughtBesides::kNotKnown);
  }
}

/// Handlers stand after the body that they protect, so its imports learn of the guard here. Those
/// in a function defined in the body are not protected when it is called later.
void BlockParser::guard_try_body(const Chain& chain) {
  const uint32_t depth = blocks_.back().place.function_depth;
  const bool any_ends =
      std::ranges::any_of(chain.handlers, [](const Handler& each) { return !each.goes_on; });
  bool differs = false;
  for (size_t i = chain.imports_begin; i < chain.imports_end; ++i) {
    if (function_depths_[i] != depth) continue;
    Import& import = facts_.imports[i];
    import.caught_besides = std::max(import.caught_besides, chain.caught_besides);
    // Each handler is one more: all of them are asked anew, and then what is around them.
    const HeldErrors before = held(import);
    const Guarded& body = chain.body[i - chain.imports_begin];
    restore(i, body);
    if (body.raised != Raise{}) {
      hold_what_is_raised(i, chain, body.raised);
    } else if (chain.caught) {
      guard_import(i, chain);
    }
    differs |= before.missing && !before.others && held(import).others;
    if (raised_[i] != Raise{} || any_ends) pass_with_statements(i);
  }
  // An earlier handler catches less: whether it runs is not known.
  for (size_t i = chain.imports_begin; differs && i < chain.handler_imports; ++i) {
    if (function_depths_[i] == depth) facts_.imports[i].guarded_back = 0;
  }
}

void BlockParser::restore(size_t i, const Guarded& before) {
  Import& import = facts_.imports[i];
  import.guards = before.guards;
  import.handler_ends = before.handler_ends;
  import.handler_keeps_others = before.handler_keeps_others;
  import.handler_raises = before.raised.kind;
  raised_[i] = before.raised;
}

/// Of an import whose errors nothing in the body turns into others.
void BlockParser::guard_import(size_t i, const Chain& chain) {
  Import& import = facts_.imports[i];
  const HeldErrors before = held(import);
  const auto is_turned = [](const Taken& kind) {
    return kind.is_taken && !kind.is_held && kind.raises != Raise{};
  };
  const bool any_turned = is_turned(chain.missing) || is_turned(chain.others);
  // A `with suppress()` around the whole `try` meets what the handler raises.
  const bool is_suppressed = (blocks_.back().place.guards & kGuardSuppress) != 0 && any_turned &&
                             (before.missing || before.others);
  const bool is_outside =
      chain.suppresses == suppresses_ && (import.guards & kGuardTryImportError) == 0;
  import.guards |= kGuardTryImportError;
  if (is_suppressed && !(is_outside && is_turned(chain.missing) && is_turned(chain.others))) {
    set_held(import, {});
    import.guards |= kGuardConditional;
    raised_[i] = {RaisedKind::kNotKnown};
    import.handler_raises = RaisedKind::kNotKnown;
    return;
  }
  const HeldErrors after{chain.missing.is_held || (before.missing && !is_suppressed),
                         chain.others.is_held || (before.others && !is_suppressed)};
  set_held(import, after);
  const Raise missing = after.missing ? chain.others.raises : chain.missing.raises;
  const Raise others = after.others ? missing : chain.others.raises;
  raised_[i] = missing == others ? missing : Raise{RaisedKind::kNotKnown};
  import.handler_raises = raised_[i].kind;
}

/// Of an import whose errors leave the body as `raised`.
void BlockParser::hold_what_is_raised(size_t i, const Chain& chain, const Raise& raised) {
  Import& import = facts_.imports[i];
  if (held(import).missing && held(import).others) return;
  const Escape escape = escape_through(chain.handlers, raised);
  if (escape.held == Holds::kYes) set_held(import, {true, true});
  if (escape.held == Holds::kNotKnown) import.guards |= kGuardConditional;
  raised_[i] = escape.raises;
  import.handler_raises = escape.raises.kind;
}

/// What handlers of a `try` have raised meets the `with` statements around that, up to the next
/// `try`. Few context managers hold anything, but they may.
void BlockParser::pass_with_statements(size_t i) {
  Import& import = facts_.imports[i];
  for (auto block = blocks_.rbegin(); block != blocks_.rend() && !block->is_try_body; ++block) {
    if (!block->is_with || (held(import).missing && held(import).others)) continue;
    const Holds with = holds(block->classes, raised_[i]);
    const bool is_any = std::ranges::any_of(block->classes, [](int64_t each) { return each < 0; });
    // Of the ImportError that was caught, suppress() has said before what it holds.
    if (raised_[i] == Raise{} ? is_any : with == Holds::kNotKnown) {
      import.guards |= kGuardConditional;
    } else if (raised_[i] != Raise{} && with == Holds::kYes) {
      set_held(import, {true, true});
    }
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
  parse_import_statement(statement, where, facts_);
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
