#include "attribute/simulation/builtins.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace headwater::attribute {
namespace {

using std::string_view;

constexpr string_view kNames[] = {
    "Ellipsis",
    "NotImplemented",
    "__build_class__",
    "__doc__",
    "__loader__",
    "__name__",
    "__package__",
    "__spec__",
    "abs",
    "ascii",
    "bin",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "compile",
    "complex",
    "copyright",
    "credits",
    "delattr",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "filter",
    "float",
    "format",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "issubclass",
    "iter",
    "license",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "oct",
    "open",
    "ord",
    "pow",
    "repr",
    "reversed",
    "round",
    "slice",
    "sum",
    "super",
    "zip",
};
constexpr string_view kSince10[] = {"aiter", "anext"};
constexpr string_view kTypes[] = {"object", "type", "property", "classmethod", "staticmethod"};
static_assert(kTypes[kClassMethodType - kFirstOtherType] == "classmethod");
static_assert(kTypes[kStaticMethodType - kFirstOtherType] == "staticmethod");

struct NativeRow {
  string_view name;
  Native native;
};
constexpr NativeRow kNatives[] = {
    {"globals", Native::kGlobals},
    {"vars", Native::kVars},
    {"locals", Native::kLocals},
    {"hasattr", Native::kHasAttribute},
    {"getattr", Native::kGetAttribute},
    {"setattr", Native::kSetAttribute},
    {"exec", Native::kExec},
    {"__import__", Native::kImport},
    {"len", Native::kLength},
    {"list", Native::kMakeList},
    {"tuple", Native::kMakeTuple},
    {"set", Native::kMakeSet},
    {"frozenset", Native::kMakeSet},
    {"dict", Native::kMakeDict},
    {"sorted", Native::kSorted},
    {"bool", Native::kMakeBool},
    {"str", Native::kMakeString},
    {"int", Native::kMakeInt},
    {"range", Native::kRange},
    {"any", Native::kAny},
    {"all", Native::kAll},
    {"isinstance", Native::kIsInstance},
    {"print", Native::kPrint},
    {"exit", Native::kExit},
    {"quit", Native::kExit},
};

/// Names of the standard library whose meaning decides imports.
struct LibraryRow {
  string_view module;
  string_view name;
  Native native;
};
constexpr LibraryRow kLibrary[] = {
    {"importlib", "import_module", Native::kImportModule},
    {"importlib", "__import__", Native::kImport},
    {"importlib.util", "find_spec", Native::kFindSpec},
    {"contextlib", "suppress", Native::kSuppress},
    {"contextlib", "contextmanager", Native::kReturnsArgument},
    {"functools", "cache", Native::kReturnsArgument},
    {"functools", "lru_cache", Native::kReturnsArgument},
    {"functools", "wraps", Native::kReturnsDecorator},
    {"functools", "total_ordering", Native::kReturnsArgument},
    {"dataclasses", "dataclass", Native::kReturnsArgument},
    {"enum", "unique", Native::kReturnsArgument},
    {"typing", "overload", Native::kReturnsArgument},
    {"typing", "final", Native::kReturnsArgument},
    {"typing", "no_type_check", Native::kReturnsArgument},
    {"typing", "runtime_checkable", Native::kReturnsArgument},
    {"atexit", "register", Native::kReturnsArgument},
    {"os", "getenv", Native::kGetEnvironment},
    {"sys", "exit", Native::kExit},
    {"pkgutil", "extend_path", Native::kExtendPath},
};

constexpr string_view kMetadataFunctions[] = {"version", "distribution", "metadata", "requires",
                                              "files"};
constexpr string_view kResourceFunctions[] = {"get_distribution", "require"};
constexpr DistributionFinder kDistributionFinders[] = {
    {"importlib.metadata", "PackageNotFoundError", "ModuleNotFoundError", false,
     kMetadataFunctions},
    {"importlib_metadata", "PackageNotFoundError", "ModuleNotFoundError", false,
     kMetadataFunctions},
    {"pkg_resources", "DistributionNotFound", "Exception", true, kResourceFunctions},
};

template <size_t N>
bool contains(const string_view (&names)[N], string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

constexpr string_view kStringMethods[] = {
    "capitalize",   "casefold",    "center",    "count",      "encode",       "endswith",
    "expandtabs",   "find",        "format",    "format_map", "index",        "isalnum",
    "isalpha",      "isascii",     "isdecimal", "isdigit",    "isidentifier", "islower",
    "isnumeric",    "isprintable", "isspace",   "istitle",    "isupper",      "join",
    "ljust",        "lower",       "lstrip",    "maketrans",  "partition",    "removeprefix",
    "removesuffix", "replace",     "rfind",     "rindex",     "rjust",        "rpartition",
    "rsplit",       "rstrip",      "split",     "splitlines", "startswith",   "strip",
    "swapcase",     "title",       "translate", "upper",      "zfill"};
constexpr string_view kDictMethods[] = {"clear", "copy",    "fromkeys",   "get",    "items", "keys",
                                        "pop",   "popitem", "setdefault", "update", "values"};
// With those of the views of a dict, which are lists here.
constexpr string_view kListMethods[] = {"isdisjoint", "mapping", "append", "clear",  "copy",
                                        "count",      "extend",  "index",  "insert", "pop",
                                        "remove",     "reverse", "sort"};
constexpr string_view kTupleMethods[] = {"count", "index"};
constexpr string_view kIntMethods[] = {"as_integer_ratio", "bit_count",  "bit_length", "conjugate",
                                       "denominator",      "from_bytes", "imag",       "is_integer",
                                       "numerator",        "real",       "to_bytes"};

}  // namespace

bool only_reads_mapping(std::string_view method) {
  constexpr std::array<std::string_view, 7> kReading = {
      "__contains__", "__getitem__", "copy", "get", "items", "keys", "values"};
  return std::ranges::find(kReading, method) != kReading.end();
}

Value builtin_name(string_view name, PythonVersion version, string_view platform) {
  if (name == "None") return Value::none();
  if (name == "True" || name == "__debug__") return Value::boolean(true);
  if (name == "False") return Value::boolean(false);
  const int64_t exception = exception_number(name, version);
  if (exception >= 0) return Value(Tag::kBuiltinClass, exception);
  const auto native = std::ranges::find(kNatives, name, &NativeRow::name);
  if (native != std::end(kNatives)) {
    return Value(Tag::kNative, static_cast<int64_t>(native->native));
  }
  const auto type = std::ranges::find(kTypes, name);
  if (type != std::end(kTypes)) {
    return Value(Tag::kBuiltinClass, kFirstOtherType + (type - std::begin(kTypes)));
  }
  if (contains(kNames, name)) return Value::library();
  if (contains(kSince10, name) && version.minor >= 10) return Value::library();
  if (name == "WindowsError" && platform == "win32") return exception_class("OSError");
  return Value();
}

bool has_attribute(BuiltinType type, string_view name) {
  // Every object has some; which ones differs between types and versions.
  if (name.starts_with("__")) return true;
  switch (type) {
    case BuiltinType::kString:
      return contains(kStringMethods, name);
    case BuiltinType::kList:
      return contains(kListMethods, name);
    case BuiltinType::kTuple:
      return contains(kTupleMethods, name);
    case BuiltinType::kDict:
      return contains(kDictMethods, name);
    case BuiltinType::kNone:
      return false;
    case BuiltinType::kInt:
      return contains(kIntMethods, name);
    case BuiltinType::kSet:
      return true;
  }
  return true;
}

bool is_common_variable(string_view name) {
  constexpr string_view kCommon[] = {
      "CI",   "COLUMNS", "DISPLAY", "HOME", "HOSTNAME", "LANG",        "LINES", "LOGNAME",
      "MAIL", "OLDPWD",  "PATH",    "PWD",  "SHELL",    "SHLVL",       "TEMP",  "TERM",
      "TMP",  "TMPDIR",  "TZ",      "USER", "USERNAME", "VIRTUAL_ENV",
  };
  constexpr string_view kFamilies[] = {"LC_", "XDG_", "PYTHON", "CONDA", "SSH_"};
  return contains(kCommon, name) || std::ranges::any_of(kFamilies, [&](string_view family) {
           return name.starts_with(family);
         });
}

Value library_name(string_view module, string_view name) {
  for (const LibraryRow& row : kLibrary) {
    if (row.module == module && row.name == name) {
      return Value(Tag::kNative, static_cast<int64_t>(row.native));
    }
  }
  if (name == "TYPE_CHECKING" && (module == "typing" || module == "typing_extensions")) {
    return Value::boolean(false);
  }
  if (module == "os" && name == "environ") return Value(Tag::kEnvironment);
  if (module == "sys") {
    if (name == "modules") return Value(Tag::kSysModules);
    if (name == "path") return search_path(SearchPathUse::kOfAll);
    if (name == "meta_path" || name == "path_hooks") return search_path(SearchPathUse::kHooks);
    if (name == "maxsize") return Value::integer(INT64_MAX);
  }
  return Value();
}

const DistributionFinder* distribution_finder(string_view module) {
  const auto found = std::ranges::find(kDistributionFinders, module, &DistributionFinder::module);
  return found == std::end(kDistributionFinders) ? nullptr : found;
}

bool has_distribution_finder(string_view package) {
  return std::ranges::any_of(kDistributionFinders, [&](const DistributionFinder& finder) {
    return finder.module.size() > package.size() && finder.module.starts_with(package) &&
           finder.module[package.size()] == '.';
  });
}

bool is_distribution_finder(string_view package, string_view name) {
  return std::ranges::any_of(kDistributionFinders, [&](const DistributionFinder& finder) {
    return finder.module.size() == package.size() + 1 + name.size() &&
           finder.module.starts_with(package) && finder.module.ends_with(name) &&
           finder.module[package.size()] == '.';
  });
}

bool decides_imports(string_view module) {
  const auto row = std::ranges::find(kLibrary, module, &LibraryRow::module);
  return row != std::end(kLibrary) || distribution_finder(module) != nullptr;
}

bool is_base_with_metaclass(string_view module, string_view name) {
  constexpr string_view kOfEnum[] = {"Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum"};
  constexpr string_view kOfTyping[] = {"NamedTuple", "TypedDict"};
  return (module == "enum" && contains(kOfEnum, name)) ||
         (module == "typing" && contains(kOfTyping, name));
}

}  // namespace headwater::attribute
