#include <algorithm>

#include "attribute/simulation/import_statements.h"
#include "attribute/simulation/interpreter.h"

// Statements but for `try`, `raise` (guards.cc), definitions and loops.

namespace headwater::attribute {

Flow Interpreter::block(NodeList body, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto statements = tree.list(body);
  uint8_t maybe = 0;
  for (size_t i = 0; i < statements.size(); ++i) {
    if (out_of_budget()) {
      frame.scope->module->open = true;
      return {Flow::kNormal, maybe};
    }
    frame.line = tree.line(statements[i]);
    const Flow flow = statement(statements[i], frame);
    maybe |= flow.maybe;
    if (!flow.is_normal()) return {flow.kind, maybe};
    if (flow.maybe != 0 && i + 1 < statements.size()) {
      const Flow rest = rest_softly(body, i + 1, frame);
      return {rest.kind, static_cast<uint8_t>(maybe | rest.maybe)};
    }
  }
  return {Flow::kNormal, maybe};
}

Flow Interpreter::rest_softly(NodeList body, size_t first, Frame& frame) {
  return softly([&]() -> Flow {
    const SyntaxTree& tree = *frame.code->tree;
    const auto statements = tree.list(body);
    uint8_t maybe = 0;
    for (size_t i = first; i < statements.size(); ++i) {
      if (out_of_budget()) break;
      frame.line = tree.line(statements[i]);
      const Flow flow = statement(statements[i], frame);
      maybe |= flow.maybe;
      if (!flow.is_normal()) return {flow.kind, maybe};
    }
    return {Flow::kNormal, maybe};
  });
}

bool Interpreter::out_of_budget() {
  // Of one module's body. Real ones need far fewer; the library's are run for their imports alone.
  constexpr uint64_t kMostSteps = 200'000;
  constexpr uint64_t kMostLibrarySteps = 20'000;
  const Module* const module = loads_.back().module;
  const bool is_library = module != nullptr && module->is_library();
  return ++steps_ > (is_library ? kMostLibrarySteps : kMostSteps);
}

Flow Interpreter::statement(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const Flow raised{Flow::kRaise};
  switch (tree.kind(node)) {
    case NodeKind::kExpr:
      return evaluate(tree.get<syntax::Expr>(node).value, frame).is_error() ? raised : Flow{};
    case NodeKind::kAssign:
      return assign_statement(node, frame);
    case NodeKind::kAugAssign:
      return augmented_assignment(node, frame);
    case NodeKind::kAnnAssign:
      return annotated_assignment(node, frame);
    case NodeKind::kImport:
      return import_statement(node, frame);
    case NodeKind::kImportFrom:
      return import_from_statement(node, frame);
    case NodeKind::kFunctionDef:
    case NodeKind::kAsyncFunctionDef:
      return function_definition(node, frame);
    case NodeKind::kClassDef:
      return class_definition(node, frame);
    case NodeKind::kIf:
      return if_statement(node, frame);
    case NodeKind::kFor:
    case NodeKind::kAsyncFor:
      return for_statement(node, frame);
    case NodeKind::kWhile:
      return while_statement(node, frame);
    case NodeKind::kWith:
    case NodeKind::kAsyncWith:
      return with_statement(node, frame);
    case NodeKind::kMatch:
      return match_statement(node, frame);
    case NodeKind::kTry:
    case NodeKind::kTryStar:
      return try_statement(node, frame);
    case NodeKind::kRaise:
      return raise_statement(node, frame);
    case NodeKind::kAssert:
      return assert_statement(node, frame);
    case NodeKind::kReturn: {
      const NodeId value = tree.get<syntax::Return>(node).value;
      const Value result = value == kNoNode ? Value::none() : evaluate(value, frame);
      if (result.is_error()) return raised;
      frame.returned = frame.has_returned ? either_of(frame.returned, result) : result;
      frame.has_returned = true;
      return {Flow::kReturn};
    }
    case NodeKind::kBreak:
      return {Flow::kBreak};
    case NodeKind::kContinue:
      return {Flow::kContinue};
    case NodeKind::kDelete:
      for (const NodeId target : tree.list(tree.get<syntax::Delete>(node).targets)) {
        if (!remove(target, frame)) return raised;
      }
      return {};
    case NodeKind::kGlobal:
    case NodeKind::kNonlocal:
      for (const NameId name : tree.list(tree.get<syntax::Global>(node).names)) {
        auto& names = tree.kind(node) == NodeKind::kGlobal ? frame.scope->global_names
                                                           : frame.scope->nonlocal_names;
        names.push_back(frame.code->atom(name));
      }
      return {};
    case NodeKind::kTypeAlias:
      return assign(tree.get<syntax::TypeAlias>(node).name, Value::library(), frame) ? Flow{}
                                                                                     : raised;
    default:
      return {};
  }
}

Flow Interpreter::assign_statement(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto assignment = tree.get<syntax::Assign>(node);
  const Value value = evaluate(assignment.value, frame);
  if (value.is_error()) return {Flow::kRaise};
  for (const NodeId target : tree.list(assignment.targets)) {
    frame.line = tree.line(target);
    if (!assign(target, value, frame)) return {Flow::kRaise};
  }
  return {};
}

Flow Interpreter::augmented_assignment(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto assignment = tree.get<syntax::AugAssign>(node);
  const NodeKind kind = tree.kind(assignment.target);
  Value left = Value::unknown();
  if (kind == NodeKind::kName) {
    left = look_up(frame, frame.code->atom(tree.get<syntax::Name>(assignment.target).id));
  } else if (kind == NodeKind::kAttribute) {
    left = evaluate(tree.get<syntax::Attribute>(assignment.target).value, frame);
    if (!left.is_error()) {
      left = attribute(left, frame.code->atom(tree.get<syntax::Attribute>(assignment.target).attr));
    }
  }
  if (left.is_error()) return {Flow::kRaise};
  const Value right = evaluate(assignment.value, frame);
  if (right.is_error()) return {Flow::kRaise};
  if (left.is(Tag::kSearchPath)) {
    note_path_change(left, frame);
    return {};
  }
  if (left.is(Tag::kList) && kind == NodeKind::kName) {
    // In place: whoever else has the list sees it too.
    std::vector<Value> items;
    const bool known = items_of(right, items) && soft_ == 0;
    left.sequence()->open |= !known;
    left.sequence()->items.insert(left.sequence()->items.end(), items.begin(), items.end());
    return {};
  }
  const Value result = binary(tree.binary_operator(node), left, right);
  if (result.is_error() || !assign(assignment.target, result, frame)) return {Flow::kRaise};
  return {};
}

bool Interpreter::runs_annotations(const Frame& frame) const {
  using How = CycleRepair::How;
  if (frame.code->has_postponed_annotations || source_.version().minor >= 14) return false;
  return std::ranges::none_of(repairs_.imports, [&](const auto& moved) {
    return moved.first.file == frame.code->file_number && moved.second != How::kIntoFunctions &&
           moved.second != How::kFromElsewhere;
  });
}

Flow Interpreter::annotated_assignment(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto assignment = tree.get<syntax::AnnAssign>(node);
  if (assignment.value != kNoNode) {
    const Value value = evaluate(assignment.value, frame);
    if (value.is_error() || !assign(assignment.target, value, frame)) return {Flow::kRaise};
  }
  if (frame.scope->kind != ScopeKind::kFunction && runs_annotations(frame) &&
      evaluate(assignment.annotation, frame).is_error()) {
    return {Flow::kRaise};
  }
  return {};
}

const CycleRepair::How* Interpreter::moved_import(const Frame& frame) const {
  if (repairs_.imports.empty() || frame.scope->kind == ScopeKind::kFunction) return nullptr;
  const auto moved = repairs_.imports.find({frame.code->file_number, frame.line});
  return moved == repairs_.imports.end() ? nullptr : &moved->second;
}

/// What uses the names while its module runs finds them missing, unless they come from elsewhere.
Flow Interpreter::leave_out_import(NodeId node, CycleRepair::How how, Frame& frame) {
  if (how != CycleRepair::How::kFromElsewhere) return {};
  for (const std::string_view name : bound_names(*frame.code->tree, node)) {
    if (name == "*") {
      open_names(*frame.scope->module);
    } else {
      store(frame, atoms_.intern(name), Value::unknown());
    }
  }
  return {};
}

Flow Interpreter::import_statement(NodeId node, Frame& frame) {
  if (const auto* how = moved_import(frame)) return leave_out_import(node, *how, frame);
  const SyntaxTree& tree = *frame.code->tree;
  for (const NodeId each : tree.list(tree.get<syntax::Import>(node).names)) {
    const auto alias = tree.get<syntax::Alias>(each);
    const Atom dotted = frame.code->atom(alias.name);
    Value value = import_name(dotted, 0, {}, *frame.scope->module);
    if (value.is_error()) return {Flow::kRaise};
    std::string_view rest = atoms_.text(dotted);
    const std::string_view top = rest.substr(0, rest.find('.'));
    if (alias.asname == kNoName) {
      store(frame, atoms_.intern(top), value);
      continue;
    }
    // Rule 12: `as` walks from the first part by attributes.
    for (rest.remove_prefix(top.size()); !rest.empty();) {
      rest.remove_prefix(1);
      const std::string_view part = rest.substr(0, rest.find('.'));
      value = import_from(value, atoms_.intern(part));
      if (value.is_error()) return {Flow::kRaise};
      rest.remove_prefix(part.size());
    }
    store(frame, frame.code->atom(alias.asname), value);
  }
  return {};
}

Flow Interpreter::import_from_statement(NodeId node, Frame& frame) {
  if (const auto* how = moved_import(frame)) return leave_out_import(node, *how, frame);
  const SyntaxTree& tree = *frame.code->tree;
  const auto import = tree.get<syntax::ImportFrom>(node);
  std::vector<Atom> names;
  for (const NodeId each : tree.list(import.names)) {
    names.push_back(frame.code->atom(tree.get<syntax::Alias>(each).name));
  }
  const Value module =
      import_name(frame.code->atom(import.module), import.level, names, *frame.scope->module);
  if (module.is_error()) return {Flow::kRaise};
  if (names.size() == 1 && names[0] == known_.star) {
    return import_star(module, frame) ? Flow{} : Flow{Flow::kRaise};
  }
  for (const NodeId each : tree.list(import.names)) {
    const auto alias = tree.get<syntax::Alias>(each);
    const Atom name = frame.code->atom(alias.name);
    const Value value = import_from(module, name);
    if (value.is_error()) return {Flow::kRaise};
    if (value.is_unknown()) {
      bool failed = false;
      const Atom from = absolute_name(frame.code->atom(import.module), import.level,
                                      *frame.scope->module, &failed);
      load_on_demand(module, from, name);
    }
    store(frame, alias.asname == kNoName ? name : frame.code->atom(alias.asname), value);
  }
  return {};
}

Flow Interpreter::assert_statement(NodeId node, Frame& frame) {
  const Value test = evaluate(frame.code->tree->get<syntax::Assert>(node).test, frame);
  if (test.is_error()) return {Flow::kRaise};
  const Truth holds = truth(test);
  if (holds == Truth::kUnknown) note_may_raise();
  if (holds == Truth::kFalse && raise("AssertionError").is_error()) return {Flow::kRaise};
  return {};
}

Flow Interpreter::if_statement(NodeId node, Frame& frame) {
  const auto branch = frame.code->tree->get<syntax::If>(node);
  const Value test = evaluate(branch.test, frame);
  if (test.is_error()) return {Flow::kRaise};
  switch (truth(test)) {
    case Truth::kTrue:
      return block(branch.body, frame);
    case Truth::kFalse:
      return block(branch.orelse, frame);
    case Truth::kUnknown:
      break;
  }
  return either([&] { return block(branch.body, frame); },
                [&] { return block(branch.orelse, frame); });
}

}  // namespace headwater::attribute
