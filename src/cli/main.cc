#include <cstdio>
#include <string_view>

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::puts("headwater 0.1.0");
    return 0;
  }
  std::fputs("headwater: no command is built yet; only --version works\n", stderr);
  return 2;
}
