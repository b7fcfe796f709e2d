// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes clients of other languages as {@code ./smo clients} does, with the generator that Maven has fetched, and runs programs. */
final class ClientGenerator {

    static final Path EXAMPLES =
            Path.of("../../examples/clients").toAbsolutePath().normalize();

    private static final Path TOOLS = Path.of("target/clients").toAbsolutePath();
    private static final Path COMPILER = TOOLS.resolve("typescript/lib/tsc.js");
    private static final long LIMIT_SECONDS = 240;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    /** What a program has printed, on both ways. */
    record Run(int status, String output) {

        Run succeeded() {
            assertThat(status).as(output).isZero();
            return this;
        }

        JsonNode json() throws IOException {
            return JSON.readTree(output);
        }
    }

    /** @param folder for documents, clients and programs */
    ClientGenerator(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The document of the product, written without a server. */
    Path document() throws IOException, InterruptedException {
        Path document = folder.resolve("openapi.yaml");
        if (!Files.exists(document)) {
            Path home = Distribution.HOME.toAbsolutePath();
            run(List.of(
                            java(),
                            "-cp",
                            "%s/bundles/*:%s/lib/*".formatted(home, home),
                            "eu.nephele.smo.access.rest.docs.ContractFile",
                            home.resolve("bundles").toString(),
                            document.toString()))
                    .succeeded();
        }
        return document;
    }

    /** What the generator has against the document. */
    Run validated() throws IOException, InterruptedException {
        return run(generator("validate", "--recommend", "-i", document().toString()));
    }

    /** Generates the client of a language into a folder of that name, which is returned. */
    Path generate(String language, String name) throws IOException, InterruptedException {
        Path client = folder.resolve(name);
        run(generator(
                        "generate",
                        "-i",
                        document().toString(),
                        "-c",
                        EXAMPLES.resolve(language + ".yaml").toString(),
                        "-o",
                        client.toString()))
                .succeeded();
        return client;
    }

    /** Compiles the example in TypeScript with the client beside it. */
    Path compiled(String node) throws IOException, InterruptedException {
        Path program = Files.createDirectories(folder.resolve("typescript"));
        for (String file : List.of("deploy.ts", "run.cjs", "tsconfig.json")) {
            Files.copy(EXAMPLES.resolve("typescript").resolve(file), program.resolve(file));
        }
        generate("typescript", "typescript/smo-client");
        run(List.of(node, COMPILER.toString(), "-p", program.toString())).succeeded();
        return program.resolve("run.cjs");
    }

    Run run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    Run run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends: %s", command, Files.readString(output))
                    .isTrue();
            return new Run(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    /** With flags that halve the processor time of a program that ends soon. */
    private static List<String> generator(String... arguments) {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
        command.add(TOOLS.resolve("openapi-generator-cli.jar").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
