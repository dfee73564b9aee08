#pragma once

#include <vector>

#include "model/project_environments.h"
#include "model/project_layout.h"
#include "model/python_environment.h"

namespace headwater::findings {

/// What the projects declare and their environments lack, by name, once for each file and group.
/// Projects of the repository itself and what only builds them are left out, and what an
/// environment marker makes depend on the machine says so by its marker.
std::vector<const DeclaredDependency*> absent_distributions(const ProjectLayout& layout,
                                                            const PythonEnvironment& environment,
                                                            const ProjectEnvironments& others);

}  // namespace headwater::findings
