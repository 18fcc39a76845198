#include "cli/site.h"

#include <filesystem>

#include "kb/export/site_renderer.h"

namespace stubkeeper::cli {

namespace fs = std::filesystem;

Result<std::unique_ptr<kb::PageRenderer>> site_rendering(const OpenKnowledgeBase& kb) {
  const config::Configuration::Site& site = kb.configuration.site;
  return kb::make_site_renderer(*kb.store, {site.profile == "plain", site.evidence == "footnotes"});
}

Result<kb::EvidenceOptions> evidence_options(const Session& session, const OpenKnowledgeBase& kb,
                                             const std::string& folder) {
  kb::EvidenceOptions options;
  options.now = session.environment.clock.now();
  const fs::path section = fs::path{folder + "/"}.lexically_normal().parent_path();
  fs::path content;
  for (fs::path above = section; above.has_filename(); above = above.parent_path()) {
    if (above.filename() != "content") continue;
    content = above;
    break;
  }
  const std::string& data = kb.configuration.site.data;
  if (!data.empty()) {
    options.folder = (fs::path{kb.paths.folder} / data).lexically_normal().string();
  } else if (!content.empty()) {
    options.folder = (content.parent_path() / "data").string();
  } else {
    return Error{ErrorCode::invalid_argument, "there is no telling where the site's data folder is",
                 kb.paths.configuration(), "set [site] data to it, such as data = \"../my-site/data\""};
  }
  // Templates know pages by their path below content/.
  options.section =
      content.empty() ? section.filename().string() : section.lexically_relative(content).generic_string();
  if (options.section == ".") options.section.clear();
  return options;
}

}  // namespace stubkeeper::cli
