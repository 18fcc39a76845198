# Warnings, sanitizers and ccache, once for every target of the project.

add_library(stubkeeper_warnings INTERFACE)
target_compile_options(stubkeeper_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual)
if(STUBKEEPER_WERROR)
  # Off by default: a newer compiler has warnings that nobody has seen here.
  target_compile_options(stubkeeper_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside its own <string> and <variant> when it optimizes (GCC bugs 105329, 105562, 107852).
  target_compile_options(stubkeeper_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow)
endif()

if(STUBKEEPER_SANITIZE)
  add_compile_options(-fsanitize=${STUBKEEPER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${STUBKEEPER_SANITIZE})
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND STUBKEEPER_SANITIZE MATCHES "address")
    # The sanitizers' tables hold millions of addresses, which a program that may be loaded anywhere corrects at
    # each start: a fixed place halves the time that a test spends on starting it.
    add_link_options(-no-pie)
  endif()
endif()

# Coverage for the fuzzer in everything; the fuzz targets alone bring its main.
if(STUBKEEPER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(STUBKEEPER_CCACHE ccache)
if(STUBKEEPER_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${STUBKEEPER_CCACHE})
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # A precompiled header without a time stamp is the same bytes each time, so that ccache can know it again.
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()
