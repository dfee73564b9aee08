#include "model/known_distributions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/requirement.h"

namespace headwater {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

// Import name, distribution name. The first row of an import name is what one installs; the others
// provide it as well.
constexpr std::array kDistributions = std::to_array<Row>({
    {"Crypto", "pycryptodome"},
    {"Cryptodome", "pycryptodomex"},
    {"IPython", "ipython"},
    {"MySQLdb", "mysqlclient"},
    {"OpenSSL", "pyOpenSSL"},
    {"PIL", "pillow"},
    {"attr", "attrs"},
    {"bs4", "beautifulsoup4"},
    {"certifi", "certifi"},
    {"click", "click"},
    {"cv2", "opencv-python"},
    {"cv2", "opencv-contrib-python"},
    {"cv2", "opencv-contrib-python-headless"},
    {"cv2", "opencv-python-headless"},
    {"dateutil", "python-dateutil"},
    {"discord", "discord.py"},
    {"django", "Django"},
    {"docx", "python-docx"},
    {"dotenv", "python-dotenv"},
    {"faiss", "faiss-cpu"},
    {"faiss", "faiss-gpu"},
    {"fitz", "PyMuPDF"},
    {"flask", "Flask"},
    {"git", "GitPython"},
    {"github", "PyGithub"},
    {"jax", "jax"},
    {"jinja2", "Jinja2"},
    {"jose", "python-jose"},
    {"jwt", "PyJWT"},
    {"kafka", "kafka-python"},
    {"ldap", "python-ldap"},
    {"lightning", "lightning"},
    {"lxml", "lxml"},
    {"magic", "python-magic"},
    {"markdown", "Markdown"},
    {"matplotlib", "matplotlib"},
    {"mpl_toolkits", "matplotlib"},
    {"msgpack", "msgpack"},
    {"networkx", "networkx"},
    {"numpy", "numpy"},
    {"pandas", "pandas"},
    {"pkg_resources", "setuptools"},
    {"pptx", "python-pptx"},
    {"psycopg2", "psycopg2-binary"},
    {"psycopg2", "psycopg2"},
    {"pydantic", "pydantic"},
    {"pytest", "pytest"},
    {"redis", "redis"},
    {"requests", "requests"},
    {"ruamel", "ruamel.yaml"},
    {"scipy", "scipy"},
    {"serial", "pyserial"},
    {"setuptools", "setuptools"},
    {"six", "six"},
    {"skimage", "scikit-image"},
    {"sklearn", "scikit-learn"},
    {"slugify", "python-slugify"},
    {"socks", "PySocks"},
    {"sqlalchemy", "SQLAlchemy"},
    {"tensorflow", "tensorflow"},
    {"tensorflow", "tensorflow-cpu"},
    {"torch", "torch"},
    {"tqdm", "tqdm"},
    {"transformers", "transformers"},
    {"typing_extensions", "typing_extensions"},
    {"usb", "pyusb"},
    {"win32api", "pywin32"},
    {"win32com", "pywin32"},
    {"werkzeug", "Werkzeug"},
    {"yaml", "PyYAML"},
    {"zmq", "pyzmq"},
    {"zope", "zope.interface"},
});

}  // namespace

std::string_view known_distribution(std::string_view import_name) {
  const auto found = std::ranges::find(kDistributions, import_name, &Row::first);
  return found == kDistributions.end() ? std::string_view() : found->second;
}

std::vector<std::string_view> known_import_names(std::string_view normalized_name) {
  std::vector<std::string_view> names;
  for (const auto& [import_name, distribution] : kDistributions) {
    if (normalized_distribution_name(distribution) == normalized_name) names.push_back(import_name);
  }
  return names;
}

std::vector<std::string_view> known_distributions(std::string_view import_name) {
  std::vector<std::string_view> names;
  for (const auto& [known, distribution] : kDistributions) {
    if (known == import_name) names.push_back(distribution);
  }
  return names;
}

}  // namespace headwater
