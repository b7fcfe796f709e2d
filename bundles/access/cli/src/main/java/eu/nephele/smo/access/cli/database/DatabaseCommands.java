// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.database;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.change.ChangeConfirmation;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.core.contract.database.DatabaseLocation;
import eu.nephele.smo.core.contract.database.SchemaAdministrator;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaMigrated;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaReport;
import eu.nephele.smo.core.contract.database.SchemaAdministrator.SchemaStep;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code db}: the tables of a database, and their migrations. Asks no server. */
@Command(
        name = "db",
        description = "The tables of a database, without a server: status, check, migrate.",
        synopsisSubcommandLabel = "COMMAND")
public final class DatabaseCommands {

    private static final String JSON = "JSON for programs instead of text for people.";

    @Spec
    private @Nullable CommandSpec command;

    @Command(description = "In which version the tables are, what was migrated when, and what is still to be done.")
    int status(@Mixin DatabaseOptions database, @Option(names = "--json", description = JSON) boolean json)
            throws IOException {
        SchemaReport report = administrator("db status").examine(database.location());
        Terminal terminal = terminal(json);
        if (terminal.isJson()) {
            terminal.json(json(report));
        } else {
            summary(terminal, report);
            terminal.table(table(report));
            report.faults().forEach(terminal::bad);
        }
        return ExitStatus.DONE.code();
    }

    @Command(
            description =
                    "Compares the tables with the migrations of this program: those that are missing, were done with"
                            + " another content or have failed. The exit status is 2 if anything differs.")
    int check(@Mixin DatabaseOptions database, @Option(names = "--json", description = JSON) boolean json)
            throws IOException {
        SchemaReport report = administrator("db check").examine(database.location());
        Terminal terminal = terminal(json);
        if (terminal.isJson()) {
            terminal.json(json(report));
        } else {
            summary(terminal, report);
            report.faults().forEach(terminal::bad);
            report.pending()
                    .forEach(step -> terminal.notable(
                            "Migration %s is to be done: %s".formatted(step.version(), step.description())));
            if (report.isCurrent()) {
                terminal.good("All tables are those of this program");
            }
        }
        return (report.isCurrent() ? ExitStatus.DONE : ExitStatus.DIFFERENT).code();
    }

    @Command(
            description =
                    "Brings the tables to the newest version, while no server uses them. On a terminal it asks whether"
                            + " there is a backup.")
    int migrate(
            @Mixin DatabaseOptions database,
            @Mixin ChangeConfirmation confirmation,
            @Option(names = "--json", description = JSON) boolean json)
            throws IOException {
        DatabaseLocation location = database.location();
        SchemaAdministrator administrator = administrator("db migrate");
        Terminal terminal = terminal(json);
        if (Terminal.interactive().isPresent()) {
            SchemaReport now = administrator.examine(location);
            if (!now.pending().isEmpty()
                    && now.faults().isEmpty()
                    && !confirmation.isGiven("Migrate %s from version %s to %s? There is no way back but a backup (%s)."
                            .formatted(now.place(), now.version(), now.newest(), backup(now)))) {
                terminal.notable("Nothing was migrated.");
                return ExitStatus.DECLINED.code();
            }
        }
        SchemaMigrated migrated = administrator.migrate(
                location, step -> command().commandLine().getErr().println(Terminal.printable(step)));
        List<SchemaStep> done = migrated.before().pending();
        if (terminal.isJson()) {
            ObjectNode answer = json(migrated.after());
            answer.put("from", migrated.before().version());
            ArrayNode versions = answer.putArray("migrated");
            done.forEach(step -> versions.add(step.version()));
            terminal.json(answer);
        } else if (done.isEmpty()) {
            terminal.good("%s has the newest version %s already; nothing was changed"
                    .formatted(migrated.after().place(), migrated.after().version()));
        } else {
            terminal.good("%s: %d migrations were done, from version %s to %s"
                    .formatted(
                            migrated.after().place(),
                            done.size(),
                            migrated.before().version(),
                            migrated.after().version()));
        }
        return ExitStatus.DONE.code();
    }

    private static String backup(SchemaReport report) {
        return report.product().equals("H2")
                ? "smo backup while its server ran, or a copy of smo.mv.db"
                : "smo backup while its server ran, or pg_dump";
    }

    private static SchemaAdministrator administrator(String command) throws IOException {
        return DatabaseOptions.worker(SchemaAdministrator.class, command);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command);
    }

    private Terminal terminal(boolean json) {
        return Terminal.create(command().commandLine().getOut(), json);
    }

    private static void summary(Terminal terminal, SchemaReport report) {
        terminal.line("%s, %s: tables of version %s, newest %s, %d migrations to be done"
                .formatted(
                        report.place(),
                        report.product(),
                        report.version(),
                        report.newest(),
                        report.pending().size()));
    }

    private static TableRenderer table(SchemaReport report) {
        TableRenderer table = new TableRenderer("version", "migration", "state", "at", "millis");
        report.migrations()
                .forEach(step -> table.row(
                        step.version(),
                        step.description(),
                        state(step),
                        step.at()
                                .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                                .orElse("-"),
                        step.at()
                                .map(at -> String.valueOf(step.took().toMillis()))
                                .orElse("-")));
        return table;
    }

    private static String state(SchemaStep step) {
        return step.state().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(SchemaReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("place", report.place());
        json.put("database", report.product());
        json.put("version", report.version());
        json.put("newest", report.newest());
        json.put("current", report.isCurrent());
        ArrayNode pending = json.putArray("pending");
        report.pending().forEach(step -> pending.add(step.version()));
        ArrayNode faults = json.putArray("faults");
        report.faults().forEach(faults::add);
        ArrayNode migrations = json.putArray("migrations");
        report.migrations().forEach(step -> {
            ObjectNode one = migrations
                    .addObject()
                    .put("version", step.version())
                    .put("description", step.description())
                    .put("state", state(step));
            step.at().ifPresent(at -> one.put("at", at.toString())
                    .put("millis", step.took().toMillis()));
        });
        return json;
    }
}
