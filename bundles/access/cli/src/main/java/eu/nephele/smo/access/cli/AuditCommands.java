// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.AuditView;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        description =
                "Who did what: list, show, export, and verify that nothing of it was changed, removed or reordered.",
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommands {

    private static final String AUDIT = RestCalls.path("api", "v1", "audit");
    private static final String EXPORT = AUDIT + "/export";

    @Command(description = "Entries, the oldest first.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--after", paramLabel = "SEQUENCE", description = "Behind this entry.") @Nullable
                    Long after,
            @Option(names = "--from", paramLabel = "TIME", description = "Not before.") @Nullable String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Before.") @Nullable String to,
            @Option(names = "--actor", paramLabel = "NAME") @Nullable String actor,
            @Option(names = "--action", paramLabel = "ACTION", description = "May end with *.") @Nullable String action,
            @Option(names = "--target", paramLabel = "TARGET", description = "May end with *.") @Nullable String target,
            @Option(names = "--limit", paramLabel = "N", description = "At most so many; default: 100.") @Nullable
                    Integer limit) {
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("after", after);
        asked.put("from", from);
        asked.put("to", to);
        asked.put("actor", actor);
        asked.put("action", action);
        asked.put("target", target);
        asked.put("limit", limit);
        JsonNode page = connection.client().get(AUDIT + query(asked));
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
        } else if (page.path("items").isEmpty()) {
            connection.terminal().line("No entries.");
        } else {
            connection.terminal().table(AuditView.table(page.path("items")));
        }
        return 0;
    }

    private static String query(Map<String, @Nullable Object> asked) {
        String query = asked.entrySet().stream()
                .filter(each -> each.getValue() != null)
                .map(each -> each.getKey() + "=" + RestCalls.encoded(String.valueOf(each.getValue())))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    @Command(description = "One entry with everything that it says; without a number, where the chain ends.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "SEQUENCE", arity = "0..1") @Nullable Long sequence) {
        if (sequence == null) {
            return print(connection, connection.client().get(AUDIT + "/head"));
        }
        JsonNode found = connection
                .client()
                .get(AUDIT + "?limit=1&after=" + (sequence - 1))
                .path("items")
                .path(0);
        if (found.path("sequence").asLong() != sequence) {
            connection.error("The audit has no entry %d".formatted(sequence));
            return 1;
        }
        return print(connection, found);
    }

    private static int print(ConnectionOptions connection, JsonNode object) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(object);
        } else {
            AuditView.print(connection.terminal(), object);
        }
        return 0;
    }

    @Command(description = "Writes the whole chain with its signed heads into a file, a line of JSON each.")
    int export(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "FILE") Path file) throws IOException {
        try (InputStream lines = connection.client().stream(EXPORT)) {
            Files.copy(lines, file, StandardCopyOption.REPLACE_EXISTING);
        }
        connection.terminal().good("Exported to %s".formatted(file));
        return 0;
    }

    @Command(
            description = "Verifies hashes, sequence and signatures of the whole chain, and that it is the one that was"
                    + " anchored.")
    int verify(
            @Mixin ConnectionOptions connection,
            @Option(names = "--file", paramLabel = "FILE", description = "An export; default: that of the server.")
                    @Nullable
                    Path file,
            @Option(names = "--anchor", paramLabel = "FILE", description = "Heads that were anchored.") @Nullable
                    List<Path> anchors,
            @Option(
                            names = "--key",
                            paramLabel = "BASE64",
                            description = "A key that is trusted; default: those that the server names.")
                    @Nullable
                    List<String> keys,
            @Option(
                            names = "--accept-restore",
                            paramLabel = "SEQUENCE",
                            description =
                                    "Entry of a restore from a backup that you know of: what it lost is no fault.")
                    @Nullable
                    List<Long> restores)
            throws IOException {
        long begin = System.nanoTime();
        AuditVerifier verifier = new AuditVerifier(keys(connection, file, keys));
        (restores == null ? List.<Long>of() : restores).forEach(verifier::accept);
        for (Path anchor : anchors == null ? List.<Path>of() : anchors) {
            readAnchor(connection, verifier, anchor);
        }
        try (InputStream lines = new BufferedInputStream(
                file == null ? connection.client().stream(EXPORT) : Files.newInputStream(file))) {
            new AuditLineReader(verifier::entry, verifier::seal).read(lines);
        }
        AuditVerdict verdict = verifier.end();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            terminal.json(AuditView.json(verdict, seconds));
        } else {
            AuditView.print(terminal, verdict, seconds);
        }
        return verdict.isGood() ? 0 : 1;
    }

    /** An anchor without a head would prove nothing, and look as if it did. */
    private static void readAnchor(ConnectionOptions connection, AuditVerifier verifier, Path anchor)
            throws IOException {
        AtomicLong heads = new AtomicLong();
        try (InputStream lines = new BufferedInputStream(Files.newInputStream(anchor))) {
            new AuditLineReader(
                            entry -> {
                                throw connection.wrong("%s has entries; an anchor has signed heads".formatted(anchor));
                            },
                            head -> {
                                heads.incrementAndGet();
                                verifier.anchor(head);
                            })
                    .read(lines);
        }
        if (heads.get() == 0) {
            throw connection.wrong("%s has no signed head: it proves nothing".formatted(anchor));
        }
    }

    /** Keys that the keeper of the chain names prove less than those that somebody has noted. */
    private static List<AuditKey> keys(
            ConnectionOptions connection, @Nullable Path file, @Nullable List<String> given) {
        List<AuditKey> trusted = new ArrayList<>();
        try {
            if (given != null) {
                given.stream().map(AuditKey::from).forEach(trusted::add);
            } else if (file == null) {
                connection
                        .client()
                        .get(AUDIT + "/keys")
                        .path("items")
                        .forEach(key ->
                                trusted.add(AuditKey.from(key.path("publicKey").asText())));
            } else {
                throw connection.wrong("--file needs --key: the file cannot say which keys are trusted");
            }
        } catch (IllegalArgumentException noKey) {
            throw connection.wrong(String.valueOf(noKey.getMessage()));
        }
        return trusted;
    }
}
