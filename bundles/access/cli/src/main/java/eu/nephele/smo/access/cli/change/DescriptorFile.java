// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import eu.nephele.smo.core.descriptor.syntax.BodyLimits;
import eu.nephele.smo.core.descriptor.syntax.BodySyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file with a graph, or with a resource of a kind that a bundle brings ({@code kind}, {@code name}, {@code desired}).
 *
 * @param source its path, "-" for standard input
 */
record DescriptorFile(String source, String text, ObjectNode document) {

    private static final String STANDARD_INPUT = "-";

    /** One file, standard input, or each {@code .yaml}, {@code .yml} and {@code .json} of a folder, by their names. */
    static List<DescriptorFile> read(String source, InputStream standardInput) throws IOException {
        if (source.equals(STANDARD_INPUT)) {
            return List.of(parsed(source, new String(standardInput.readAllBytes(), StandardCharsets.UTF_8)));
        }
        Path path = Path.of(source);
        if (Files.notExists(path)) {
            throw new NoSuchFileException(source);
        }
        if (!Files.isDirectory(path)) {
            return List.of(parsed(source, Files.readString(path)));
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new IOException("The folder %s has no .yaml, .yml or .json file".formatted(source));
        }
        List<DescriptorFile> read = new java.util.ArrayList<>();
        for (Path file : files) {
            read.add(parsed(file.toString(), Files.readString(file)));
        }
        return read;
    }

    boolean isJson() {
        return text.stripLeading().startsWith("{");
    }

    String mediaType() {
        return isJson() ? "application/json" : "application/yaml";
    }

    boolean isGraph() {
        return document.has("hdaGraph") || document.has("artifact");
    }

    /** Name of the graph; empty where only the registry knows it. */
    Optional<String> graphName() {
        return Optional.of(document.path("hdaGraph").path("id").asText("")).filter(name -> !name.isEmpty());
    }

    JsonNode graph() {
        return document.path("hdaGraph");
    }

    private static DescriptorFile parsed(String source, String text) throws IOException {
        ReaderSettings limits = ReaderSettings.STANDARD;
        BodySyntax syntax = new BodySyntax(
                new BodyLimits(limits.maxBodyBytes(), limits.maxDepth(), limits.maxNodes(), limits.maxServices()));
        boolean json = text.stripLeading().startsWith("{");
        try {
            return new DescriptorFile(
                    source, text, syntax.read(text.getBytes(StandardCharsets.UTF_8), json ? Format.JSON : Format.YAML));
        } catch (SmoException unreadable) {
            throw new IOException("%s: %s".formatted(source, FindingLines.text(unreadable)), unreadable);
        }
    }
}
