// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

record DemoGraph(String source, String text) {

    private static final String BUILT_IN = "hdag.yaml";

    /** The published example of the Brussels demo. */
    static DemoGraph builtIn() throws IOException {
        try (InputStream in = DemoGraph.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "%s is not in the program's jar; give a graph with --graph FILE".formatted(BUILT_IN));
            }
            return new DemoGraph("examples/brussels/hdag.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static DemoGraph of(Path file) throws IOException {
        return new DemoGraph(shortened(file), Files.readString(file));
    }

    private static String shortened(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    /** YAML unless it begins as JSON objects do. */
    String mediaType() {
        return text.stripLeading().startsWith("{") ? "application/json" : "application/yaml";
    }
}
