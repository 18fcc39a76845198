#include "tests/support/nested_forms.h"

#include <fmt/format.h>

#include <vector>

namespace stubkeeper::testing {
namespace {

std::string stream(const std::string& dictionary, const std::string& data) {
  return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", dictionary, data.size(), data);
}

std::string write_pdf(const std::vector<std::string>& objects) {
  std::string bytes = "%PDF-1.5\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", bytes.size());
    bytes += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = bytes.size();
  return bytes + fmt::format("xref\n0 {0}\n{1}trailer<</Size {0}/Root 1 0 R>>\nstartxref\n{2}\n%%EOF",
                             objects.size() + 1, table, start);
}

}  // namespace

std::string nested_forms_pdf(int depth) {
  constexpr int first_form = 5;
  const std::string form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";
  std::string ten_times;
  for (int i = 0; i < 10; ++i) ten_times += "/X Do ";
  std::vector<std::string> objects{
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
      fmt::format(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X {} 0 R>>/Font<</F 4 0 R>>>>"
          "/Contents {} 0 R>>",
          first_form, first_form + depth + 1),
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  for (int i = first_form; i < first_form + depth; ++i)
    objects.push_back(stream(form + fmt::format("/Resources<</XObject<</X {} 0 R>>>>", i + 1), ten_times));
  objects.push_back(
      stream(form + "/Resources<</Font<</F 4 0 R>>>>", "BT /F 9 Tf 9 9 Td (Corvane word) Tj ET"));
  objects.push_back(stream("", "/X Do"));
  return write_pdf(objects);
}

}  // namespace stubkeeper::testing
