#include "attribute/simulation/outer_changes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "attribute/simulation/builtins.h"
#include "attribute/simulation/node_children.h"
#include "base/sort_distinct.h"

namespace headwater::attribute {
namespace {

/// Of list, set, dict and collections.deque (The Python Standard Library, "Built-in Types").
constexpr std::array<std::string_view, 22> kChanging = {"__delitem__",
                                                        "__setitem__",
                                                        "add",
                                                        "append",
                                                        "appendleft",
                                                        "clear",
                                                        "difference_update",
                                                        "discard",
                                                        "extend",
                                                        "extendleft",
                                                        "insert",
                                                        "intersection_update",
                                                        "pop",
                                                        "popitem",
                                                        "popleft",
                                                        "remove",
                                                        "reverse",
                                                        "rotate",
                                                        "setdefault",
                                                        "sort",
                                                        "symmetric_difference_update",
                                                        "update"};

class Search {
 public:
  explicit Search(const SyntaxTree& tree) : tree_(tree) {}

  OuterChanges<NameId> run(NodeId root) {
    std::vector<NodeId> open{root};
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      look_at(node);
      append_children(tree_, node, open);
    }
    found_.reaches_modules |= std::ranges::any_of(
        set_by_name_, [&](NameId name) { return std::ranges::find(own_, name) == own_.end(); });
    found_.reaches_modules |= uses_name_spaces();
    sort_distinct(found_.containers);
    sort_distinct(found_.globals);
    return std::move(found_);
  }

 private:
  void look_at(NodeId node) {
    switch (tree_.kind(node)) {
      case NodeKind::kCall: {
        const NodeId function = tree_.get<syntax::Call>(node).func;
        note_setattr(tree_.get<syntax::Call>(node));
        if (is_name(function, "globals") || is_name(function, "vars")) name_spaces_.push_back(node);
        if (tree_.kind(function) != NodeKind::kAttribute) return;
        const auto method = tree_.get<syntax::Attribute>(function);
        if (std::ranges::binary_search(kChanging, tree_.name(method.attr))) note(method.value);
        return;
      }
      case NodeKind::kArg:
        own_.push_back(tree_.get<syntax::Arg>(node).arg);
        return;
      case NodeKind::kName:
        found_.reaches_modules |= is_name(node, "exec");
        return;
      case NodeKind::kAttribute: {
        const auto access = tree_.get<syntax::Attribute>(node);
        const std::string_view name = tree_.name(access.attr);
        if (name == "f_globals" || name == "f_locals" || name == "__globals__" ||
            is_sys_modules(node)) {
          name_spaces_.push_back(node);
        } else if (only_reads_mapping(name)) {
          only_read_.push_back(access.value);
        }
        return;
      }
      case NodeKind::kClassDef:
        own_.push_back(tree_.get<syntax::ClassDef>(node).name);
        return;
      case NodeKind::kFor:
      case NodeKind::kAsyncFor:
        note_target(tree_.get<syntax::For>(node).target);
        return note_own(tree_.get<syntax::For>(node).target);
      case NodeKind::kComprehension:
        return note_target(tree_.get<syntax::Comprehension>(node).target);
      case NodeKind::kWithItem:
        return note_target(tree_.get<syntax::WithItem>(node).optional_vars);
      case NodeKind::kCompare:
        for (const NodeId each : tree_.list(tree_.get<syntax::Compare>(node).comparators)) {
          only_read_.push_back(each);
        }
        return;
      case NodeKind::kSubscript: {
        const NodeId holder = tree_.get<syntax::Subscript>(node).value;
        // A module that is taken out of sys.modules is at hand.
        if (!is_sys_modules(holder)) only_read_.push_back(holder);
        return;
      }
      case NodeKind::kAssign:
        for (const NodeId target : tree_.list(tree_.get<syntax::Assign>(node).targets)) {
          note_target(target);
          note_own(target);
        }
        return;
      case NodeKind::kDelete:
        for (const NodeId target : tree_.list(tree_.get<syntax::Delete>(node).targets)) {
          note_target(target);
        }
        return;
      case NodeKind::kGlobal:
        for (const NameId name : tree_.list(tree_.get<syntax::Global>(node).names)) {
          found_.globals.push_back(name);
        }
        return;
      case NodeKind::kAnnAssign:
        return note_target(tree_.get<syntax::AnnAssign>(node).target);
      case NodeKind::kAugAssign: {
        const NodeId target = tree_.get<syntax::AugAssign>(node).target;
        if (tree_.kind(target) == NodeKind::kName) note(target);
        return note_target(target);
      }
      default:
        return;
    }
  }

  bool is_sys_modules(NodeId node) const {
    if (tree_.kind(node) != NodeKind::kAttribute) return false;
    const auto access = tree_.get<syntax::Attribute>(node);
    return tree_.name(access.attr) == "modules" && is_name(access.value, "sys");
  }

  void note_own(NodeId target) {
    if (tree_.kind(target) == NodeKind::kName) own_.push_back(tree_.get<syntax::Name>(target).id);
  }

  /// What a statement binds or deletes, with all parts of an unpacking.
  void note_target(NodeId target) {
    if (target == kNoNode) return;
    switch (tree_.kind(target)) {
      case NodeKind::kTuple:
      case NodeKind::kList:
        for (const NodeId part : tree_.list(tree_.get<syntax::List>(target).elts)) {
          note_target(part);
        }
        return;
      case NodeKind::kStarred:
        return note_target(tree_.get<syntax::Starred>(target).value);
      case NodeKind::kSubscript:
        note_item(target);
        written_.push_back(tree_.get<syntax::Subscript>(target).value);
        return;
      default:
        return;
    }
  }

  /// Whether a name space is handed on or written to: is more than read where it stands.
  bool uses_name_spaces() const {
    const auto is_in = [](const std::vector<NodeId>& nodes, NodeId node) {
      return std::ranges::find(nodes, node) != nodes.end();
    };
    return std::ranges::any_of(name_spaces_, [&](NodeId node) {
      return is_in(written_, node) || !is_in(only_read_, node);
    });
  }

  bool is_name(NodeId node, std::string_view name) const {
    return tree_.kind(node) == NodeKind::kName &&
           tree_.name(tree_.get<syntax::Name>(node).id) == name;
  }

  /// `setattr(other, ...)`. What it is given or makes itself is followed, or handed on by others.
  void note_setattr(const syntax::Call& call) {
    const auto arguments = tree_.list(call.args);
    if (!is_name(call.func, "setattr") || arguments.empty()) return;
    NodeId holder = arguments[0];
    while (tree_.kind(holder) == NodeKind::kAttribute) {
      holder = tree_.get<syntax::Attribute>(holder).value;
    }
    if (tree_.kind(holder) == NodeKind::kName) {
      set_by_name_.push_back(tree_.get<syntax::Name>(holder).id);
    } else {
      found_.reaches_modules = true;
    }
  }

  void note(NodeId holder) {
    if (tree_.kind(holder) == NodeKind::kName) {
      found_.containers.push_back(tree_.get<syntax::Name>(holder).id);
    } else {
      note_item(holder);
    }
  }

  /// `name[...]`, `name[...][...]`.
  void note_item(NodeId target) {
    if (tree_.kind(target) == NodeKind::kSubscript)
      note(tree_.get<syntax::Subscript>(target).value);
  }

  const SyntaxTree& tree_;
  OuterChanges<NameId> found_;
  std::vector<NameId> own_;  // parameters, and names that are bound inside
  std::vector<NameId> set_by_name_;
  std::vector<NodeId> name_spaces_;
  std::vector<NodeId> only_read_;
  std::vector<NodeId> written_;
};

}  // namespace

OuterChanges<NameId> outer_changes(const SyntaxTree& tree, NodeId function) {
  return Search(tree).run(function);
}

}  // namespace headwater::attribute
