// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** Whatever the REST interface can do, a command can; the page says which one. */
class OperationCounterpartTest {

    private static final Path ACCESS = Path.of("../");
    private static final Path PAGE = Path.of("../../../docs/reference/command-line.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\| `smo ([^`]+)` \\|$");
    private static final int OPERATIONS = 150;

    @Test
    void eachOperationOfTheDocumentHasACommand() throws IOException {
        Set<String> operations = operations();
        assertThat(operations).as("the parts of the document were found").hasSizeGreaterThan(OPERATIONS);
        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(operations);
    }

    @Test
    void eachCommandOfTheTableIsTakenAsItIsWritten() throws IOException {
        CommandLine commands = Main.commandLine();
        assertThat(table()).allSatisfy((operation, command) -> {
            ParsedCommand parsed = ParsedCommand.parse(commands, command);
            assertThat(parsed.problem()).as("%s: smo %s", operation, command).isEmpty();
        });
    }

    private static Map<String, String> table() throws IOException {
        String page = Files.readString(PAGE);
        String part = page.substring(page.indexOf("<!-- operations -->"), page.indexOf("<!-- /operations -->"));
        Map<String, String> table = new LinkedHashMap<>();
        ROW.matcher(part).results().forEach(row -> assertThat(table.put(row.group(1), row.group(2)))
                .as(row.group(1))
                .isNull());
        return table;
    }

    /** Of all parts, as the server merges them. */
    private static Set<String> operations() throws IOException {
        Set<String> operations = new TreeSet<>();
        List<Path> parts;
        try (Stream<Path> files = Files.walk(ACCESS)) {
            parts = files.filter(file -> file.toString().contains("/src/main/resources/"))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.toString().contains("/openapi/") || file.endsWith("OSGI-INF/openapi.yaml"))
                    .toList();
        }
        for (Path part : parts) {
            Map<String, Object> document = new Yaml().load(Files.readString(part));
            collect(document.get("paths"), operations);
        }
        return operations;
    }

    private static void collect(Object node, Set<String> operations) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("operationId") instanceof String id) {
                assertThat(operations.add(id)).as("%s is there once", id).isTrue();
            }
            map.values().forEach(value -> collect(value, operations));
        }
    }
}
