# Rooms are the folders inside one library. Each may include itself and the rooms below it, which are named here;
# any other include, and a folder without a line here, is an error. Usage: cmake -D SOURCE=FOLDER -P rooms.cmake
cmake_minimum_required(VERSION 3.22)

# kb, from the bottom: store < sources < entries < review < export and runs, which do not know each other.
set(kb_store "")
set(kb_sources store)
set(kb_entries store sources)
set(kb_review store sources entries)
set(kb_export store sources entries review)
set(kb_runs store sources entries review)

# cli: the two reviews, at a terminal and in a browser, do not know each other, nor the commands that start them. Files
# of the folder itself ("cli_") are for all.
set(cli_ terminal serve check commands)
set(cli_terminal "")
set(cli_serve "")
set(cli_check "")
set(cli_commands terminal serve check)

set(errors "")
foreach(library kb cli)
  file(GLOB_RECURSE files RELATIVE ${SOURCE} ${SOURCE}/${library}/*.h ${SOURCE}/${library}/*.cc)
  foreach(file IN LISTS files)
    string(REGEX MATCH "^${library}/(([a-z_]+)/)?" start ${file})
    set(room "${CMAKE_MATCH_2}")
    if(NOT DEFINED ${library}_${room})
      list(APPEND errors "${file}: the room \"${room}\" of ${library} has no place in the order")
      continue()
    endif()
    file(STRINGS ${SOURCE}/${file} includes REGEX "^#include \"${library}/")
    foreach(include IN LISTS includes)
      string(REGEX MATCH "\"${library}/(([a-z_]+)/)?" start "${include}")
      set(included "${CMAKE_MATCH_2}")
      if(NOT included STREQUAL room AND NOT included STREQUAL "" AND NOT included IN_LIST ${library}_${room})
        list(APPEND errors "${file}: ${library}/${room} may not include ${library}/${included}")
      endif()
    endforeach()
  endforeach()
endforeach()
if(errors)
  list(JOIN errors "\n" text)
  message(FATAL_ERROR "${text}")
endif()
