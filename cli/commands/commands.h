#pragma once

#include "cli/session.h"

namespace stubkeeper::cli {

// Each adds a command to the program: its options, its help, and what it does when it is chosen.
// `session` outlives the parser.
void add_init_command(CLI::App& program, Session& session);
void add_import_command(CLI::App& program, Session& session);
void add_source_command(CLI::App& program, Session& session);
void add_refresh_command(CLI::App& program, Session& session);
void add_review_command(CLI::App& program, Session& session);
void add_serve_command(CLI::App& program, Session& session);
void add_export_command(CLI::App& program, Session& session);
void add_check_command(CLI::App& program, Session& session);
void add_why_command(CLI::App& program, Session& session);
void add_history_command(CLI::App& program, Session& session);
void add_diff_command(CLI::App& program, Session& session);
void add_revert_command(CLI::App& program, Session& session);
void add_report_command(CLI::App& program, Session& session);
void add_reviewed_command(CLI::App& program, Session& session);
void add_status_command(CLI::App& program, Session& session);
void add_schedule_command(CLI::App& program, Session& session);
void add_backup_command(CLI::App& program, Session& session);
void add_restore_command(CLI::App& program, Session& session);
void add_doctor_command(CLI::App& program, Session& session);
void add_prune_command(CLI::App& program, Session& session);
void add_extract_command(CLI::App& program, Session& session);
void add_robots_command(CLI::App& program, Session& session);
void add_verify_command(CLI::App& program, Session& session);

// Subcommands of `source`.
void add_source_add_command(CLI::App& source, Session& session);
void add_source_accept_command(CLI::App& source, Session& session);
void add_source_test_command(CLI::App& source, Session& session);

}  // namespace stubkeeper::cli
