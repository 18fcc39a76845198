# stubkeeper_library(NAME LINKS targets...): the library of one top-level folder.
#
# It is compiled from every .cc file in the folder and its subfolders. Its headers are included by others as
# "NAME/header.h", through an include folder that holds NAME alone; so a part that does not link NAME cannot
# include it (tests/architecture proves that a wrong include does not compile).
function(stubkeeper_library name)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE_LINKS" ${ARGN})
  set_property(GLOBAL APPEND PROPERTY STUBKEEPER_PARTS ${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(APPEND sources ${arg_UNPARSED_ARGUMENTS})
  set(include_folder ${PROJECT_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${include_folder})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${include_folder}/${name} SYMBOLIC)
  if(sources)
    add_library(stubkeeper_${name} STATIC ${sources})
    target_include_directories(stubkeeper_${name} PUBLIC ${include_folder})
    target_link_libraries(stubkeeper_${name} PUBLIC ${arg_LINKS} PRIVATE stubkeeper_warnings ${arg_PRIVATE_LINKS})
  else()
    add_library(stubkeeper_${name} INTERFACE)
    target_include_directories(stubkeeper_${name} INTERFACE ${include_folder})
    target_link_libraries(stubkeeper_${name} INTERFACE ${arg_LINKS} ${arg_PRIVATE_LINKS})
  endif()
endfunction()

# stubkeeper_collect(NAME pattern TYPE type HEADER header NAMESPACE namespace): a source file, its path in NAME, that defines NAME() with
# all that the functions of the pattern's files give. Each file has a function of its own name that gives a std::span<const type>, so
# that a new file needs no list.
function(stubkeeper_collect name pattern)
  cmake_parse_arguments(arg "" "TYPE;HEADER;NAMESPACE" "" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${pattern})
  set(calls "")
  foreach(file ${files})
    get_filename_component(stem ${file} NAME_WE)
    list(APPEND calls "${stem}()")
  endforeach()
  list(JOIN calls ", " call_list)
  list(TRANSFORM calls PREPEND "std::span<const ${arg_TYPE}> ")
  list(JOIN calls ";\n" declarations)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
  file(CONFIGURE OUTPUT ${output} CONTENT [[
#include <vector>

#include "@arg_HEADER@"

namespace @arg_NAMESPACE@ {

@declarations@;

const std::vector<@arg_TYPE@>& @name@() {
  static const std::vector<@arg_TYPE@> all = [] {
    std::vector<@arg_TYPE@> collected;
    for (const auto& some : {@call_list@}) collected.insert(collected.end(), some.begin(), some.end());
    return collected;
  }();
  return all;
}

}  // namespace @arg_NAMESPACE@
]] @ONLY)
  set(${name} ${output} PARENT_SCOPE)
endfunction()

# stubkeeper_embed(VARIABLE FOLDER HEADER header NAMESPACE namespace FUNCTION function FILES file...): a source file, its path in VARIABLE,
# that defines `function` (declared in `header`) with the bytes of `file...`, named relative to FOLDER. Editing one of them makes it anew.
function(stubkeeper_embed variable folder)
  cmake_parse_arguments(arg "" "HEADER;NAMESPACE;FUNCTION" "FILES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${arg_FUNCTION}.cc)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  list(TRANSFORM arg_FILES PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DROOT=${folder}" "-DFILES=${arg_FILES}" "-DOUTPUT=${output}" -DHEADER=${arg_HEADER}
            -DNAMESPACE=${arg_NAMESPACE} -DFUNCTION=${arg_FUNCTION} -P ${script}
    DEPENDS ${paths} ${script} ${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt
    COMMENT "Embedding the files of ${folder}" VERBATIM)
  set(${variable} ${output} PARENT_SCOPE)
endfunction()
