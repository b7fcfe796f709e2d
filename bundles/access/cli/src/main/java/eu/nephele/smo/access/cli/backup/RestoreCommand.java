// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.database.DatabaseOptions;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.AnchoredHead;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreReport;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreTarget;
import eu.nephele.smo.core.contract.database.DatabaseLocation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore}: fills the database of a server that does not run. */
@Command(
        name = "restore",
        description = "Fills the empty database of a server that does not run from a backup, on H2 or PostgreSQL.")
public final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file = Path.of("");

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--replace", description = "Removes what is in the database (H2: keeps it beside).")
    private boolean replace;

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = "Heads of the audit that were anchored: the audit names the newest one, if it is lost.")
    private @Nullable Path anchor;

    @Option(names = "--json", description = "JSON for programs instead of text for people.")
    private boolean json;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException {
        CommandSpec spec = Objects.requireNonNull(command);
        Terminal terminal = Terminal.create(spec.commandLine().getOut(), json);
        DatabaseLocation location = database.location();
        ArchiveRestorer restorer = DatabaseOptions.worker(ArchiveRestorer.class, "restore");
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        ArchiveKeys encryption = keys.keys();
        long begin = System.nanoTime();
        RestoreReport report = restorer.restore(
                () -> encryption.decrypting(Files.newInputStream(file)),
                target(location),
                step -> spec.commandLine().getErr().println(Terminal.printable(step)));
        double seconds = Math.round((System.nanoTime() - begin) / 1e7) / 100.0;
        if (terminal.isJson()) {
            terminal.json(json(report, seconds));
        } else {
            ArchiveView.print(terminal, report.archive());
            terminal.good("Restored into %s (%s, tables of version %s) in %s s and read back"
                    .formatted(report.place(), report.database(), report.schema(), seconds));
            terminal.line("The audit says so in its entry %d. Start the server; what was changed since %s is lost."
                    .formatted(report.entry(), report.archive().header().takenAt()));
        }
        return 0;
    }

    private RestoreTarget target(DatabaseLocation location) throws IOException {
        return new RestoreTarget(
                location,
                replace,
                anchor == null ? Optional.empty() : Optional.of(newest(anchor)),
                "machine:" + System.getProperty("user.name", "unknown"));
    }

    private static AnchoredHead newest(Path anchor) throws IOException {
        AtomicReference<@Nullable AnchoredHead> newest = new AtomicReference<>();
        try (InputStream lines = new BufferedInputStream(Files.newInputStream(anchor))) {
            new AuditLineReader(entry -> {}, head -> {
                        AnchoredHead known = newest.get();
                        if (known == null || head.head().sequence() > known.sequence()) {
                            newest.set(new AnchoredHead(
                                    head.head().sequence(), head.head().hash(), head.at()));
                        }
                    })
                    .read(lines);
        }
        AnchoredHead found = newest.get();
        if (found == null) {
            throw new IOException("%s has no signed head".formatted(anchor));
        }
        return found;
    }

    private ObjectNode json(RestoreReport report, double seconds) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("file", file.toString());
        answer.put("restoredInto", report.place());
        answer.put("restoredDatabase", report.database());
        answer.put("restoredSchema", report.schema());
        answer.put("replaced", report.replaced());
        answer.put("auditEntry", report.entry());
        answer.put("seconds", seconds);
        answer.setAll(ArchiveView.json(report.archive()));
        return answer;
    }
}
