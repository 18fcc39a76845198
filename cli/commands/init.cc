#include <CLI/CLI.hpp>
#include <filesystem>

#include "cli/commands/commands.h"
#include "config/configuration.h"

namespace stubkeeper::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string folder;
  std::string site;
};

// The site's folder as the configuration names it: relative to the knowledge base where both lie in
// one tree.
std::string content_for_configuration(const fs::path& knowledge_base, const fs::path& site) {
  const fs::path relative = site.lexically_relative(knowledge_base);
  return relative.empty() ? site.string() : relative.generic_string();
}

Result<int> init(const Session& session, const Options& options) {
  const kb::KnowledgeBasePaths paths{session.absolute_path(options.folder)};
  const std::string site = options.site.empty() ? "" : session.absolute_path(options.site);
  const std::string content = site.empty() ? "" : content_for_configuration(paths.folder, site);
  STUBKEEPER_TRY(
      kb::init_knowledge_base(paths, config::new_configuration_text(content), session.environment.files));
  if (session.options.json) {
    print_json(
        session,
        {{"knowledge_base", paths.folder}, {"configuration", paths.configuration()}, {"content", content}});
    return done;
  }
  session.say("made     " + paths.folder);
  session.say("next     look through " + paths.configuration() + ", then:");
  session.say("         cd " + paths.folder);
  if (!content.empty()) session.say("         stubkeeper import " + site);
  session.say("         stubkeeper source add https://example.org/news.xml --type feed");
  return done;
}

}  // namespace

void add_init_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(program, "init", "Create a knowledge base", R"(  stubkeeper init kb
  stubkeeper init kb --site ../my-site/content/research)");
  command->add_option("folder", options->folder, "Folder of the new knowledge base")
      ->required()
      ->type_name("DIR");
  command->add_option("--site", options->site, "Folder of the research section in your site")
      ->type_name("PATH");
  session.on_command(command, options, init);
}

}  // namespace stubkeeper::cli
