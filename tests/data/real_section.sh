#!/bin/sh
# Runs the tests on real data by hand: tests/data/real_section.sh [DATA], DATA being the folder that holds research-section and pages
# (../shared/data without one). Builds what is needed first.
set -eu
cd "$(dirname "$0")/../.."
STUBKEEPER_TEST_DATA=$(cd "${1:-../shared/data}" && pwd)
export STUBKEEPER_TEST_DATA
cmake --preset dev >/dev/null
cmake --build --preset dev --target test_data
ctest --preset dev -L data --output-on-failure
