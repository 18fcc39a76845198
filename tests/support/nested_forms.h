#pragma once

#include <string>

namespace stubkeeper::testing {

// A PDF of some kilobytes whose page shows a word ten to the power of `depth` times: forms that each draw the next one
// ten times. With 6 it takes gigabytes, with 24 it has no end.
std::string nested_forms_pdf(int depth);

}  // namespace stubkeeper::testing
