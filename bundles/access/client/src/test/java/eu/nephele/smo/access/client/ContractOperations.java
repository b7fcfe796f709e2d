// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The operations of the contract of this repository. */
record ContractOperations(List<ContractOperation> all) {

    /**
     * An operation.
     *
     * @param template method and path, with names in braces
     * @param keyed whether it takes an {@code Idempotency-Key}
     */
    record ContractOperation(String template, boolean keyed) {

        private boolean is(String call) {
            return call.matches(template.replaceAll("\\{[^}]+}", "[^/]+"));
        }
    }

    private static final Path ACCESS = Path.of("../");

    static ContractOperations read() throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.walk(ACCESS)) {
            parts = files.filter(file -> file.toString().contains("src/main/resources"))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.toString().contains("/openapi/") || file.endsWith("OSGI-INF/openapi.yaml"))
                    .toList();
        }
        List<ContractOperation> operations = new ArrayList<>();
        for (Path part : parts) {
            Map<String, Map<String, Map<String, Map<String, Object>>>> document =
                    new Yaml().load(Files.readString(part));
            document.getOrDefault("paths", Map.of())
                    .forEach((path, methods) ->
                            methods.forEach((method, operation) -> operations.add(new ContractOperation(
                                    method.toUpperCase(Locale.ROOT) + " " + path,
                                    String.valueOf(operation.get("parameters"))
                                            .contains("#/components/parameters/IdempotencyKey")))));
        }
        assertThat(operations).hasSizeGreaterThan(100);
        assertThat(operations).filteredOn(ContractOperation::keyed).hasSizeGreaterThan(20);
        return new ContractOperations(operations);
    }

    /** Those that a call may mean; {@code call}: method and path without query. */
    List<ContractOperation> matching(String call) {
        return all.stream().filter(operation -> operation.is(call)).toList();
    }
}
