# STUBKEEPER_NODE: the Node.js that runs tests, by the rule of scripts/find-node; plain "node" where there is none that fits, so that
# these tests fail and not the whole build. STUBKEEPER_NODE_FOLDER holds it alone, for the PATH of a test that starts "node" by name.
set(STUBKEEPER_NODE "" CACHE FILEPATH "The Node.js that runs tests; by itself the one of scripts/find-node")
if(NOT STUBKEEPER_NODE)
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/scripts/find-node
    OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_VARIABLE why ERROR_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(STATUS "${why}")
    set(STUBKEEPER_NODE node)
  else()
    set(STUBKEEPER_NODE ${found}/node)
  endif()
endif()

set(STUBKEEPER_NODE_FOLDER ${PROJECT_BINARY_DIR}/tests/node)
if(IS_ABSOLUTE ${STUBKEEPER_NODE})
  file(MAKE_DIRECTORY ${STUBKEEPER_NODE_FOLDER})
  file(CREATE_LINK ${STUBKEEPER_NODE} ${STUBKEEPER_NODE_FOLDER}/node SYMBOLIC)
endif()
