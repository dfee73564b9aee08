#include "findings/providers.h"

namespace headwater::findings {

const Providers::Provider& Providers::of(std::string_view dotted, const Project& project) {
  OfProject& known = known_[&project];
  const auto found = known.find(dotted);
  if (found != known.end()) return found->second;
  Provider made;
  made.distribution = world_.distribution_for(dotted, project, made.declared_in);
  return known.emplace(std::string(dotted), std::move(made)).first->second;
}

}  // namespace headwater::findings
