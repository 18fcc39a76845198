# The libraries of others, each under one target name. docs/dependencies.md says why each is here.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)

foreach(dependency IN ITEMS
    sqlite3 libcurl libxml-2.0 gumbo libzstd libcrypto icu-uc icu-i18n libpsl yaml-cpp tomlplusplus poppler-cpp zlib)
  string(MAKE_C_IDENTIFIER ${dependency} name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${dependency})
endforeach()

pkg_check_modules(cpp_httplib REQUIRED IMPORTED_TARGET cpp-httplib)

# toml++ gives errors as values only where it is compiled so, which a shared build of it is not: its headers alone are used.
add_library(stubkeeper_toml INTERFACE)
target_include_directories(stubkeeper_toml SYSTEM INTERFACE ${tomlplusplus_INCLUDE_DIRS})
target_compile_definitions(stubkeeper_toml INTERFACE TOML_HEADER_ONLY=1 TOML_EXCEPTIONS=0)

# Debian ships a pkg-config file for cmark-gfm, Homebrew and Ubuntu do not.
pkg_check_modules(cmark_gfm IMPORTED_TARGET libcmark-gfm)
if(NOT TARGET PkgConfig::cmark_gfm)
  find_path(CMARK_GFM_INCLUDE cmark-gfm.h REQUIRED)
  find_library(CMARK_GFM_LIBRARY cmark-gfm REQUIRED)
  find_library(CMARK_GFM_EXTENSIONS_LIBRARY cmark-gfm-extensions REQUIRED)
  add_library(PkgConfig::cmark_gfm INTERFACE IMPORTED)
  target_include_directories(PkgConfig::cmark_gfm INTERFACE ${CMARK_GFM_INCLUDE})
  target_link_libraries(PkgConfig::cmark_gfm INTERFACE ${CMARK_GFM_EXTENSIONS_LIBRARY} ${CMARK_GFM_LIBRARY})
endif()
