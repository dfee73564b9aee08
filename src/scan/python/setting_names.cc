#include "scan/python/setting_names.h"

#include <algorithm>
#include <array>

namespace headwater::scan {
namespace {

using enum NameUse;
using enum SettingShape;

/// Of Django (docs.djangoproject.com, "Settings"), Celery ("Configuration and defaults"), Django
/// REST framework ("Settings"), Channels ("Channel layers") and pytest (`pytest_plugins`). By name.
constexpr std::array kSettings = std::to_array<SettingName>({
    {"ASGI_APPLICATION", kObject},
    {"AUTHENTICATION_BACKENDS", kObject, kTexts, true},
    {"AUTH_PASSWORD_VALIDATORS", kObject, kByKey},
    {"AUTH_USER_MODEL", kModel},
    {"CACHES", kObject, kByKey, true},
    {"CELERY_BEAT_SCHEDULE", kTask, kByKey},
    {"CELERY_IMPORTS", kModule},
    {"CELERY_INCLUDE", kModule},
    {"CHANNEL_LAYERS", kObject, kByKey},
    {"CSRF_FAILURE_VIEW", kObject, kTexts, true},
    {"DATABASES", kObject, kByKey, true},
    {"DATABASE_ROUTERS", kObject, kTexts, true},
    {"DEFAULT_AUTO_FIELD", kObject, kTexts, true},
    {"DEFAULT_EXCEPTION_REPORTER", kObject},
    {"DEFAULT_EXCEPTION_REPORTER_FILTER", kObject},
    {"DEFAULT_FILE_STORAGE", kObject, kTexts, true},
    {"EMAIL_BACKEND", kObject, kTexts, true},
    {"FILE_UPLOAD_HANDLERS", kObject, kTexts, true},
    {"FORM_RENDERER", kObject, kTexts, true},
    {"INSTALLED_APPS", kModuleOrObject},
    {"LOGGING", kObject, kByKey, true},
    {"MESSAGE_STORAGE", kObject, kTexts, true},
    {"MIDDLEWARE", kObject, kTexts, true},
    {"MIDDLEWARE_CLASSES", kObject, kTexts, true},
    {"PASSWORD_HASHERS", kObject, kTexts, true},
    {"REST_FRAMEWORK", kObject, kByKey},
    {"ROOT_URLCONF", kModule},
    {"SESSION_ENGINE", kModule, kTexts, true},
    {"SESSION_SERIALIZER", kObject, kTexts, true},
    {"STATICFILES_FINDERS", kObject, kTexts, true},
    {"STATICFILES_STORAGE", kObject, kTexts, true},
    {"STORAGES", kObject, kByKey, true},
    {"TEMPLATES", kObject, kByKey, true},
    {"TEST_RUNNER", kObject, kTexts, true},
    {"WSGI_APPLICATION", kObject},
    {"pytest_plugins", kModule},
});

}  // namespace

const SettingName* setting_named(std::string_view name) {
  const auto found = std::ranges::lower_bound(kSettings, name, {}, &SettingName::name);
  return found != kSettings.end() && found->name == name ? &*found : nullptr;
}

bool settings_key(std::string_view setting, std::string_view key, NameUse& use) {
  if (key == "task") {
    use = kTask;
    return true;
  }
  use = key == "ENGINE" ? kModule : kObject;
  if (key == "NAME") return setting == "AUTH_PASSWORD_VALIDATORS";  // else of a database
  if (key.ends_with("_CLASS") || key.ends_with("_CLASSES") || key.ends_with("_BACKENDS") ||
      key.ends_with("_FUNCTION")) {
    return true;
  }
  return key == "ENGINE" || key == "BACKEND" || key == "EXCEPTION_HANDLER" ||
         key == "context_processors" || key == "loaders" || key == "class" || key == "()";
}

}  // namespace headwater::scan
