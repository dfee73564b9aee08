#include "attribute/simulation/outer_changes.h"

#include <algorithm>
#include <array>
#include <string_view>

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
    sort_distinct(found_.containers);
    sort_distinct(found_.globals);
    return std::move(found_);
  }

 private:
  void look_at(NodeId node) {
    switch (tree_.kind(node)) {
      case NodeKind::kCall: {
        const NodeId function = tree_.get<syntax::Call>(node).func;
        if (tree_.kind(function) != NodeKind::kAttribute) return;
        const auto method = tree_.get<syntax::Attribute>(function);
        if (std::ranges::binary_search(kChanging, tree_.name(method.attr))) note(method.value);
        return;
      }
      case NodeKind::kAssign:
        for (const NodeId target : tree_.list(tree_.get<syntax::Assign>(node).targets)) {
          note_item(target);
        }
        return;
      case NodeKind::kDelete:
        for (const NodeId target : tree_.list(tree_.get<syntax::Delete>(node).targets)) {
          note_item(target);
        }
        return;
      case NodeKind::kGlobal:
        for (const NameId name : tree_.list(tree_.get<syntax::Global>(node).names)) {
          found_.globals.push_back(name);
        }
        return;
      case NodeKind::kAnnAssign:
        return note_item(tree_.get<syntax::AnnAssign>(node).target);
      case NodeKind::kAugAssign: {
        const NodeId target = tree_.get<syntax::AugAssign>(node).target;
        note(target);
        return note_item(target);
      }
      default:
        return;
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
};

}  // namespace

OuterChanges<NameId> outer_changes(const SyntaxTree& tree, NodeId function) {
  return Search(tree).run(function);
}

}  // namespace headwater::attribute
