#include "triage/readers.h"

namespace headwater::triage {
namespace {

constexpr const JsonFormat* kJsonFormats[] = {&kPyright,     &kPyrefly, &kImportAuditJson,
                                              &kScriptAudit, &kPylint,  &kTy,
                                              &kDeptry,      &kRuff,    &kMypyJson};
constexpr const TextFormat* kTextFormats[] = {&kImportAuditText, &kJUnit, &kPytest, &kTraceback,
                                              &kMypyText};

}  // namespace

std::span<const JsonFormat* const> json_formats() { return kJsonFormats; }
std::span<const TextFormat* const> text_formats() { return kTextFormats; }

}  // namespace headwater::triage
