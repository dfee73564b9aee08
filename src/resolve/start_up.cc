#include "resolve/start_up.h"

#include <utility>
#include <vector>

namespace headwater::resolve {

class StartUp::Walk {
 public:
  explicit Walk(const StartUp& of)
      : environment_(of.environment_),
        imports_(of.files_, of.folders_, of.environment_, of.scan_) {}

  std::unordered_set<std::string> run() {
    for (const std::string& name : environment_.start_up_callees) enter(name);
    // Of what these import in turn, its own code is mostly all that runs.
    for (const Node* const node : std::exchange(next_, {})) follow(*node, true);
    for (const std::string& name : environment_.start_up_imports) enter(name);
    for (const char* const hook : {"sitecustomize", "usercustomize"}) enter(hook);
    while (!next_.empty()) {
      const Node* const node = next_.back();
      next_.pop_back();
      follow(*node, false);
    }
    return std::move(loaded_);
  }

 private:
  void follow(const Node& node, bool in_calls) {
    const bool is_library = node.origin == ModuleOrigin::kStandardLibrary;
    for (const std::string& name : imports_.of(node, in_calls && !is_library)) enter(name);
  }

  /// A module with the packages before it, as far as they are there.
  void enter(std::string_view dotted) {
    for_each_package(dotted, [&](std::string_view part) {
      const Node& node = imports_.find(part);
      if (node.state == NodeState::kMissing) return false;
      // What start-up modules import has run with them.
      const bool is_new = loaded_.insert(node.name).second;
      if (is_new && !environment_.standard_library.startup.contains(node.name)) {
        next_.push_back(&node);
      }
      return true;
    });
  }

  const PythonEnvironment& environment_;
  const StaticImports imports_;
  std::unordered_set<std::string> loaded_;
  std::vector<const Node*> next_;
};

StartUp::StartUp(const FileSystem& files, const FolderCache& folders,
                 const PythonEnvironment& environment, StaticImports::Scan scan)
    : files_(files), folders_(folders), environment_(environment), scan_(std::move(scan)) {}

bool StartUp::may_have_loaded(std::string_view top) const {
  std::call_once(once_, [&] { loaded_ = Walk(*this).run(); });
  return loaded_.contains(std::string(top));
}

}  // namespace headwater::resolve
