#pragma once

#include <string>
#include <vector>

#include "environment/discovery.h"

namespace headwater::environment {

/// The environments that a tool keeps for the project in a folder of the user's, one of
/// EnvironmentOptions::stores:
/// - pipenv's and virtualenvwrapper's, whose `.project` names the folder that they are of;
/// - poetry's, called `NAME-XXXXXXXX-py3.11` after the project: the one in which it is installed to
///   be edited (PEP 610), or else all of that name in which it is not, unless they are of several
///   folders; the newest Python first.
/// What cannot be listed has none.
std::vector<FoundEnvironment> kept_elsewhere(const FileSystem& files,
                                             const EnvironmentOptions& options);

}  // namespace headwater::environment
