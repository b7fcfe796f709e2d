// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.change.FindingLines;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.descriptor.HdagReader;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lint}: descriptors, read as a server reads them, or by one. */
@Command(
        name = "lint",
        description =
                "Checks descriptors with the reader and schema of the server, without one; the exit status is 2 if one"
                        + " is wrong. Values of intents are those of plugins: with --server the server checks them, too.")
public final class LintCommand implements Callable<Integer> {

    /** Which intents there are is the matter of the plugins of a server. */
    private static final String PLUGIN_MATTER = "no handler for intent";

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON or YAML.")
    private List<Path> files = List.of();

    @Option(
            names = {"-p", "--project"},
            paramLabel = "PROJECT",
            defaultValue = "demo",
            description = "The project it is for; default: ${DEFAULT-VALUE}.")
    private String project = "";

    @Option(
            names = "--server",
            description = "By the server, with what is installed there; lines and columns are told.")
    private boolean byServer;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException {
        Terminal terminal = connection.terminal();
        boolean wrong = false;
        for (Path file : files) {
            List<String> errors = byServer ? errorsByServer(file) : errors(file);
            wrong |= !errors.isEmpty();
            if (terminal.isJson()) {
                ObjectNode answer = JsonNodeFactory.instance
                        .objectNode()
                        .put("file", file.toString())
                        .put("valid", errors.isEmpty());
                errors.forEach(answer.withArray("errors")::add);
                terminal.json(answer);
            } else if (errors.isEmpty()) {
                terminal.good("%s: valid".formatted(file));
            } else {
                terminal.bad("%s: %d errors".formatted(file, errors.size()));
                errors.forEach(error -> terminal.line("  " + error));
            }
        }
        return wrong ? ExitStatus.DIFFERENT.code() : ExitStatus.DONE.code();
    }

    private static HdagReader reader() {
        ReaderSettings standard = ReaderSettings.STANDARD;
        return new HdagReader(
                new OfflineCatalog(),
                new ReaderSettings(
                        standard.maxBodyBytes(),
                        standard.maxDepth(),
                        standard.maxNodes(),
                        standard.maxServices(),
                        standard.maxValuesBytes(),
                        false,
                        standard.reservedProjects()));
    }

    private List<String> errorsByServer(Path file) throws IOException {
        String text = Files.readString(file);
        JsonNode report = connection
                .client()
                .post(
                        "/api/v1/descriptors/lint?project=" + RestCalls.encoded(project),
                        text,
                        isJson(text) ? "application/json" : "application/yaml");
        if (!connection.terminal().isJson()) {
            report.path("warnings").forEach(warning -> connection.terminal().notable(warning.asText()));
        }
        List<String> errors = new ArrayList<>();
        report.path("errors")
                .forEach(error -> errors.add("%s%s %s"
                        .formatted(
                                error.path("line").isInt()
                                        ? error.path("line").asText() + ":"
                                                + error.path("column").asText("") + " "
                                        : "",
                                error.path("pointer").asText(),
                                error.path("message").asText())));
        return errors;
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    private List<String> errors(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        boolean isJson = isJson(new String(content, StandardCharsets.UTF_8));
        try {
            DescriptorSource source = reader().read(project, content, isJson ? Format.JSON : Format.YAML);
            return source == null ? List.of("nothing was read") : List.of();
        } catch (SmoException invalid) {
            return FindingLines.lines(invalid).stream()
                    .filter(error -> !error.contains(PLUGIN_MATTER))
                    .toList();
        }
    }
}
