#include <algorithm>

#include "scan/python/block_parser.h"

/// What the handlers of a `try`, and what is around it, do with what the imports of its body raise.
namespace headwater::scan {
namespace {

/// Whose ImportErrors the guards of an import hold.
struct HeldErrors {
  bool missing = false;  // ModuleNotFoundError
  bool others = false;
};

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

}  // namespace

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

/// `return`, `break` and `continue` in a `finally` leave with nothing raised, whatever was.
void BlockParser::hold_by_finally(const Block& outer, const Block& left) {
  for (size_t i = outer.chain.imports_begin; i < left.first_import; ++i) {
    if (function_depths_[i] != outer.place.function_depth) continue;
    Import& import = facts_.imports[i];
    import.guards |= kGuardTryImportError;
    set_held(import, {true, true});
    import.caught_besides = CaughtBesides::kAll;
    raised_[i] = {};
    import.handler_raises = RaisedKind::kImportError;
  }
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
    kind.handler = chain.handlers.size() - 1;
    kind.is_held = is_held;
    if (!is_held) kind.raises = handler.place.end_raises;
  };
  if (handler.handles.most >= Catches::kMissingModule) take(chain.missing);
  if (handler.handles.most >= Catches::kImportError) take(chain.others);
  take_besides(chain, handler);
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

/// For a compound statement that begins in the innermost block.
void BlockParser::next_chain() {
  settle_chain();
  blocks_.back().chain = {};
}

/// Once no handler can follow: one at a time, the handlers of a `try` would each ask all imports
/// of its body.
void BlockParser::settle_chain() {
  Chain& chain = blocks_.back().chain;
  if (chain.handlers.empty() || chain.is_settled) return;
  chain.is_settled = true;
  guard_try_body(chain);
}

/// Handlers stand after the body that they protect, so its imports learn of the guard here. Those
/// in a function defined in the body are not protected when it is called later.
void BlockParser::guard_try_body(const Chain& chain) {
  const uint32_t depth = blocks_.back().place.function_depth;
  const bool any_ends =
      std::ranges::any_of(chain.handlers, [](const Handler& each) { return !each.goes_on; });
  std::vector<std::pair<Raise, Escape>> escapes;  // few: exceptions of Python's own
  const auto escape_of = [&](const Raise& raised) -> const Escape& {
    const auto known = std::ranges::find(escapes, raised, &std::pair<Raise, Escape>::first);
    if (known != escapes.end()) return known->second;
    return escapes.emplace_back(raised, escape_through(chain.handlers, raised)).second;
  };
  size_t last_change = 0;
  for (size_t i = chain.imports_begin; i < chain.imports_end; ++i) {
    if (function_depths_[i] != depth) continue;
    Import& import = facts_.imports[i];
    import.caught_besides = std::max(import.caught_besides, chain.caught_besides);
    const Raise raised = raised_[i];
    size_t change = 0;
    if (raised != Raise{}) {
      change = hold_what_is_raised(i, escape_of(raised));
    } else if (chain.caught) {
      change = guard_import(i, chain);
    }
    last_change = std::max(last_change, change);
    if (raised_[i] != Raise{} || any_ends) pass_with_statements(i);
  }
  // An earlier handler catches less: whether it runs is not known.
  const size_t end =
      last_change == 0 ? chain.imports_begin : chain.handler_imports[last_change - 1];
  for (size_t i = chain.imports_begin; i < end; ++i) {
    if (function_depths_[i] == depth) facts_.imports[i].guarded_back = 0;
  }
}

/// Of an import whose errors nothing in the body turns into others.
size_t BlockParser::guard_import(size_t i, const Chain& chain) {
  Import& import = facts_.imports[i];
  const HeldErrors before = held(import);
  const auto is_turned = [](const Taken& kind) {
    return kind.is_taken && !kind.is_held && kind.raises != Raise{};
  };
  const bool any_turned = is_turned(chain.missing) || is_turned(chain.others);
  // A `with suppress()` around the whole `try` meets what the handler raises.
  const bool is_suppressed = (blocks_.back().place.guards & kGuardSuppress) != 0 && any_turned &&
                             (before.missing || before.others);
  const bool is_outside = !chain.body_suppresses && (import.guards & kGuardTryImportError) == 0;
  import.guards |= kGuardTryImportError;
  if (is_suppressed && !(is_outside && is_turned(chain.missing) && is_turned(chain.others))) {
    set_held(import, {});
    import.guards |= kGuardConditional;
    raised_[i] = {RaisedKind::kNotKnown};
    import.handler_raises = RaisedKind::kNotKnown;
    return 0;
  }
  const HeldErrors after{chain.missing.is_held || (before.missing && !is_suppressed),
                         chain.others.is_held || (before.others && !is_suppressed)};
  set_held(import, after);
  const Raise missing = after.missing ? chain.others.raises : chain.missing.raises;
  const Raise others = after.others ? missing : chain.others.raises;
  raised_[i] = missing == others ? missing : Raise{RaisedKind::kNotKnown};
  import.handler_raises = raised_[i].kind;
  const bool by_missing =
      before.missing || (chain.missing.is_held && chain.missing.handler < chain.others.handler);
  return by_missing && !before.others && chain.others.is_held ? chain.others.handler + 1 : 0;
}

/// Of an import whose errors leave the body as those that `escape` tells of.
size_t BlockParser::hold_what_is_raised(size_t i, const Escape& escape) {
  Import& import = facts_.imports[i];
  const HeldErrors before = held(import);
  if (before.missing && before.others) return 0;
  if (escape.held == Holds::kYes) set_held(import, {true, true});
  if (escape.held == Holds::kNotKnown) import.guards |= kGuardConditional;
  raised_[i] = escape.raises;
  import.handler_raises = escape.raises.kind;
  return before.missing && escape.held == Holds::kYes ? escape.handler + 1 : 0;
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

}  // namespace headwater::scan
