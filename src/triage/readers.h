#pragma once

#include <span>

#include "triage/reader.h"

namespace headwater::triage {

// One file each.
extern const JsonFormat kPyright;
extern const JsonFormat kMypyJson;
extern const JsonFormat kRuff;
extern const JsonFormat kPylint;
extern const JsonFormat kTy;
extern const JsonFormat kPyrefly;
extern const JsonFormat kDeptry;
extern const JsonFormat kImportAuditJson;
extern const JsonFormat kScriptAudit;
extern const TextFormat kImportAuditText;
extern const TextFormat kJUnit;
extern const TextFormat kPytest;
extern const TextFormat kMypyText;
extern const TextFormat kTraceback;

/// All of them. Those whose marks are rarest come first.
std::span<const JsonFormat* const> json_formats();
std::span<const TextFormat* const> text_formats();

}  // namespace headwater::triage
