// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.change.FindingLines;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.descriptor.HdagReader;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint}: descriptors, read as a server reads them. It contacts none. */
@Command(
        name = "lint",
        description =
                "Checks descriptors with the reader and schema of the server, without one; the exit status is 2 if one is"
                        + " wrong. Values of intents are those of plugins: smo apply --plan checks them, too.")
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

    @Option(names = "--json", description = "JSON for programs instead of text for people.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Terminal terminal =
                Terminal.create(Objects.requireNonNull(spec).commandLine().getOut(), json);
        ReaderSettings standard = ReaderSettings.STANDARD;
        HdagReader reader = new HdagReader(
                new OfflineCatalog(),
                new ReaderSettings(
                        standard.maxBodyBytes(),
                        standard.maxDepth(),
                        standard.maxNodes(),
                        standard.maxServices(),
                        standard.maxValuesBytes(),
                        false,
                        standard.reservedProjects()));
        boolean wrong = false;
        for (Path file : files) {
            List<String> errors = errors(reader, file);
            wrong |= !errors.isEmpty();
            if (json) {
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

    private List<String> errors(HdagReader reader, Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        boolean isJson = new String(content, java.nio.charset.StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("{");
        try {
            DescriptorSource source = reader.read(project, content, isJson ? Format.JSON : Format.YAML);
            return source == null ? List.of("nothing was read") : List.of();
        } catch (SmoException invalid) {
            return FindingLines.lines(invalid).stream()
                    .filter(error -> !error.contains(PLUGIN_MATTER))
                    .toList();
        }
    }
}
