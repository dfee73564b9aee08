#include "scan/python/binding_parser.h"

#include <algorithm>

#include "scan/python/identifier.h"
#include "scan/python/module_state.h"
#include "scan/python/pattern_parser.h"

namespace headwater::scan {
namespace {

/// `type X = ...` or `type X[T] = ...` (PEP 695). Elsewhere `type` is an ordinary name.
bool is_type_statement(TokenView statement) {
  if (!statement.is(0, "type") || !statement.is_name(1)) return false;
  if (statement.is_op(2, '=')) return true;
  if (!statement.is_op(2, '[')) return false;
  return statement.is_op(statement.matching(2) + 1, '=');
}

/// Whether the bracket or name that begins at `first` and ends before `after` is a target of its
/// own and not part of a longer expression such as `a.b`, `a[i]` or `f(x).y`.
bool is_whole_element(TokenView targets, size_t first, size_t after) {
  const bool begins = first == 0 || targets.is_op(first - 1, ',') ||
                      targets.is_op(first - 1, '*') || targets.is_op(first - 1, '(') ||
                      targets.is_op(first - 1, '[');
  const bool ends = after >= targets.size() || targets.is_op(after, ',') || targets.closes(after);
  return begins && ends;
}

}  // namespace

NameId BindingParser::bind(size_t offset, std::string_view name, BindingKind kind,
                           bool conditional) {
  const NameId id = intern_identifier(facts_.names, name);
  const Binding binding{lines_.line(offset), id, kind, conditional};
  facts_.bindings.push_back({static_cast<uint32_t>(offset), binding});
  const auto at = static_cast<size_t>(id);
  if (at >= bound_.size()) bound_.resize(at + 1);
  bound_[at] |= kind == BindingKind::kImport ? kBound | kBoundByImport : kBound;
  const bool is_value = kind == BindingKind::kAssign || kind == BindingKind::kAnnotated ||
                        kind == BindingKind::kDeclared || kind == BindingKind::kAugmented;
  if (name == "__all__" && !is_value) exports_.set_dynamic();
  return id;
}

uint8_t BindingParser::bound(std::string_view name) const {
  const std::optional<NameId> id = facts_.names.find(name);
  return id && static_cast<size_t>(*id) < bound_.size() ? bound_[static_cast<size_t>(*id)] : 0;
}

/// Takes over what the expressions of one statement did.
void BindingParser::take_scan(Role role, bool conditional) {
  facts_.dynamic_markers |= scan_.markers();
  if (!conditional) take_reads();
  if (role == Role::kModule) {
    for (const Token& target : scan_.walrus_targets()) {
      const std::string_view name = lines_.text().substr(target.begin, target.end - target.begin);
      bind(target.begin, name, BindingKind::kWalrus, conditional);
    }
  }
  scan_.clear();
}

void BindingParser::take_reads() {
  for (const ExpressionScan::Read& read : scan_.reads()) {
    const auto text_of = [&](size_t begin, size_t end) {
      return lines_.text().substr(begin, end - begin);
    };
    if ((bound(text_of(read.first.begin, read.first.end)) & kBoundByImport) == 0) continue;
    const std::string_view path = text_of(read.first.begin, read.last.end);
    if (path.find_first_of(" \t\n\r\\") != path.npos) continue;
    const NameId id = intern_identifier(facts_.names, path);
    const auto at = static_cast<size_t>(id);
    if (at >= bound_.size()) bound_.resize(at + 1);
    if ((bound_[at] & kRead) != 0) continue;
    bound_[at] |= kRead;
    facts_.attribute_reads.push_back({lines_.line(read.first.begin), id});
  }
}

void BindingParser::run(TokenView code, Role role, bool conditional) {
  if (role != Role::kModule && role != Role::kClass) return;
  scan_.scan(code);
  take_scan(role, conditional);
}

/// One pass without recursion, since targets may nest as deep as the file likes.
void BindingParser::bind_targets(TokenView targets, BindingKind kind, bool conditional) {
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets.opens(i)) {
      const size_t close = targets.matching(i);
      if (targets.is_op(i, '{') || !is_whole_element(targets, i, close + 1)) i = close;
    } else if (targets.is_name(i) && is_whole_element(targets, i, i + 1)) {
      bind(targets[i].begin, targets.word_at(i), kind, conditional);
    }
  }
}

void BindingParser::simple_statement(TokenView statement, Role role, bool conditional) {
  if (statement.is(0, "global")) {
    if (role == Role::kFunction || role == Role::kClass) globals(statement);
    return;
  }
  const bool is_type = is_type_statement(statement);
  if (!is_type) run(statement, role, conditional);
  if (role != Role::kModule) return;
  if (is_type) {
    bind(statement[0].begin, statement.word_at(1), BindingKind::kType, conditional);
  } else if (statement.is(0, "del")) {
    bind_targets(statement.from(1), BindingKind::kDelete, conditional);
  } else {
    assignment_or_expression(statement, conditional);
  }
}

void BindingParser::globals(TokenView statement) {
  statement.from(1).split(',', [&](TokenView name) {
    if (name.is_name(0)) {
      bind(statement[0].begin, name.word_at(0), BindingKind::kGlobal, true);
    }
  });
}

void BindingParser::assignment_or_expression(TokenView statement, bool conditional) {
  for (size_t i = 0; i < statement.size(); ++i) {
    if (statement.opens(i)) {
      i = statement.matching(i);
    } else if (statement.is_op(i, '=')) {
      return plain_assignment(statement, i, conditional);
    } else if (statement.is_op(i, ':')) {
      return annotated_assignment(statement, i, conditional);
    } else if (statement.is_op(i, kAugmented)) {
      return augmented_assignment(statement, i, conditional);
    } else if (statement.is(i, "lambda")) {
      break;
    }
  }
  exports_.call(statement, conditional);
}

void BindingParser::plain_assignment(TokenView statement, size_t equals, bool conditional) {
  size_t begin = 0;
  size_t lists_exports = 0;
  while (equals < statement.size()) {
    const TokenView targets = statement.range(begin, equals);
    const TokenView only = targets.unwrapped();
    bind_targets(targets, BindingKind::kAssign, conditional);
    if (only.size() == 1 && only.is(0, "__all__")) {
      ++lists_exports;
    } else if (!targets.empty() && binds_exports(targets)) {
      exports_.set_dynamic();
    }
    begin = equals + 1;
    equals = statement.find_outside('=', begin);
  }
  for (; lists_exports > 0; --lists_exports) exports_.assign(statement.from(begin), conditional);
}

/// Whether unpacking binds `__all__`.
bool BindingParser::binds_exports(TokenView targets) const {
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets.is(i, "__all__") && is_whole_element(targets, i, i + 1)) return true;
  }
  return false;
}

void BindingParser::annotated_assignment(TokenView statement, size_t colon, bool conditional) {
  const TokenView target = statement.range(0, colon).unwrapped();
  if (target.size() != 1 || !target.is_name(0)) return;
  const size_t equals = statement.find_outside('=', colon + 1);
  const bool has_value = equals < statement.size();
  bind(target[0].begin, target.word_at(0),
       has_value ? BindingKind::kAnnotated : BindingKind::kDeclared, conditional);
  if (has_value && target.is(0, "__all__")) {
    exports_.assign_annotated(statement.from(equals + 1), conditional);
  }
}

void BindingParser::augmented_assignment(TokenView statement, size_t op, bool conditional) {
  const TokenView target = statement.range(0, op).unwrapped();
  if (target.size() != 1 || !target.is_name(0)) return;
  bind(target[0].begin, target.word_at(0), BindingKind::kAugmented, conditional);
  if (target.is(0, "__all__")) {
    exports_.augment(statement.from(op + 1), statement.word_at(op) == "+=", conditional);
  }
}

void BindingParser::imports(TokenView statement, size_t first, bool conditional) {
  const size_t offset = statement[0].begin;
  for (size_t i = first; i < facts_.imports.size(); ++i) {
    const Import& import = facts_.imports[i];
    const bool is_sys = import.is_from && import.level == 0 && facts_.names[import.module] == "sys";
    for (uint32_t k = 0; k < import.name_count; ++k) {
      const ImportedName& imported = facts_.imported_names[import.first_name + k];
      // A copy: interning may move the table's text.
      std::string name(facts_.names[imported.as_name]);
      if (import.is_from && name == "*") {
        facts_.stars.push_back({static_cast<uint32_t>(i), conditional});
        continue;
      }
      if (!import.is_from && !imported.has_as) name.resize(std::min(name.find('.'), name.size()));
      const NameId bound = bind(offset, name, BindingKind::kImport, conditional);
      if (is_sys && facts_.names[imported.name] == "exit") {
        bound_[static_cast<size_t>(bound)] |= kBoundToExit;
      }
    }
  }
}

void BindingParser::decorator(TokenView line, Role role, bool conditional) {
  run(line.from(1), role, conditional);
}

/// `header` begins with `def`.
void BindingParser::function(TokenView header, size_t statement_begin, Role role,
                             bool conditional) {
  if (role != Role::kModule && role != Role::kClass) return;
  size_t open = 2;
  if (header.is_op(open, '[')) open = header.matching(open) + 1;
  if (header.is_op(open, '(')) {
    const size_t close = std::max(header.matching(open), open + 1);
    scan_.scan_parameters(header.range(open + 1, close));
    take_scan(role, conditional);
    run(header.from(close + 1), role, conditional);
  }
  if (role == Role::kModule && header.is_name(1)) {
    bind(statement_begin, header.word_at(1), BindingKind::kFunction, conditional);
  }
}

/// `header` begins with `class`.
void BindingParser::class_(TokenView header, Role role, bool conditional) {
  if (role != Role::kModule && role != Role::kClass) return;
  size_t open = 2;
  if (header.is_op(open, '[')) open = header.matching(open) + 1;
  run(header.from(open), role, conditional);
  if (role == Role::kModule && header.is_name(1)) {
    bind(header[0].begin, header.word_at(1), BindingKind::kClass, conditional);
  }
}

/// `header` begins after `for`. An empty iterable binds nothing.
void BindingParser::for_(TokenView header, bool conditional) {
  run(header, Role::kModule, conditional);
  bind_targets(header.range(0, header.find_word_outside("in")), BindingKind::kFor, true);
}

/// `header` begins after `with`.
void BindingParser::with(TokenView header, bool conditional) {
  run(header, Role::kModule, conditional);
  header.unwrapped().split(',', [&](TokenView item) {
    const size_t as = item.find_word_outside("as");
    if (as < item.size()) bind_targets(item.from(as + 1), BindingKind::kWith, conditional);
  });
}

/// `header` begins with `except`.
void BindingParser::except(TokenView header) {
  run(header.from(1), Role::kModule, true);
  const size_t n = header.size();
  if (n >= 3 && header.is(n - 2, "as") && header.is_name(n - 1)) {
    bind(header[0].begin, header.word_at(n - 1), BindingKind::kExceptAs, true);
  }
}

/// `header` begins after `case`.
void BindingParser::case_(TokenView header) {
  const size_t guard = header.find_word_outside("if");
  for (const Capture& capture : pattern_captures(header.range(0, guard))) {
    bind(capture.offset, capture.name, BindingKind::kMatch, true);
  }
  if (guard < header.size()) run(header.from(guard + 1), Role::kModule, true);
}

void BindingParser::make_conditional(const Mark& begin, const Mark& end) {
  for (size_t i = begin.bindings; i < end.bindings; ++i)
    facts_.bindings[i].binding.conditional = true;
  for (size_t i = begin.stars; i < end.stars; ++i) facts_.stars[i].conditional = true;
  if (begin.exports != end.exports) exports_.set_dynamic();
}

void BindingParser::finish() {
  exports_.finish(facts_);
  set_module_states(facts_);
  std::ranges::stable_sort(facts_.bindings, {}, &FactsBuilder::PlacedBinding::offset);
}

}  // namespace headwater::scan
