// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A valid descriptor, of {@code examples/} or published by others.
 *
 * @param name of the file
 * @param descriptor its content
 */
record Sample(String name, JsonNode descriptor) {

    private static final Path EXAMPLES =
            Path.of("../../examples").toAbsolutePath().normalize();
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final List<String> PUBLISHED = List.of(
            "hello-world.yaml",
            "hello-world-no-intent.yaml",
            "hello-world-static.json",
            "brussels.yaml",
            "brussels-dynamic-placement.yaml",
            "fixture-cli.yaml",
            "fixture-three-services.json",
            "fixture-single-vo-event.json");

    /** Every descriptor that the project offers for copying, and the published ones. */
    static List<Sample> all() {
        try (Stream<Path> graphs = Files.list(EXAMPLES.resolve("graphs"))) {
            Stream<Path> own = Stream.concat(Stream.of(EXAMPLES.resolve("brussels/hdag.yaml")), graphs.sorted())
                    .filter(file -> file.toString().matches(".*\\.(yaml|json)"));
            Stream<Path> published = PUBLISHED.stream().map(Shared::sample).flatMap(Optional::stream);
            return Stream.concat(own, published).map(Sample::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The Brussels demo. */
    static Sample brussels() {
        return read(EXAMPLES.resolve("brussels/hdag.yaml"));
    }

    /** @param file name of one of {@code examples/graphs} */
    static Sample named(String file) {
        return read(EXAMPLES.resolve("graphs").resolve(file));
    }

    private static Sample read(Path file) {
        try {
            // JSON is YAML.
            return new Sample(file.getFileName().toString(), YAML.readTree(file.toFile()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String graph() {
        return descriptor.path("hdaGraph").path("id").asText();
    }

    /** Whether the SMO places the services, rather than their charts. */
    boolean isPlacedByUs() {
        return !descriptor
                .path("hdaGraph")
                .path("hdaGraphIntent")
                .path("useStaticPlacement")
                .asBoolean();
    }

    String as(String mediaType) {
        ObjectMapper mapper = mediaType.endsWith("json") ? new ObjectMapper() : YAML;
        try {
            return mapper.writeValueAsString(descriptor);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
