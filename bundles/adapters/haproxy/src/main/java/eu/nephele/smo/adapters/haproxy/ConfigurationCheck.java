// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks the program whether it would take a configuration. */
final class ConfigurationCheck {

    private static final int LINES_TOLD = 5;
    private static final int MOST_BYTES = 64 << 10;

    private final HaproxySettings settings;

    ConfigurationCheck(HaproxySettings settings) {
        this.settings = settings;
    }

    /** @throws AdapterException {@code REFUSED} when it is no configuration of HAProxy */
    void require(Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of(settings.binary().toString(), "-c"));
        settings.otherFiles().forEach(other -> command.addAll(List.of("-f", other.toString())));
        command.addAll(List.of("-f", file.toString()));
        Path said = file.resolveSibling(file.getFileName() + ".check");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException missing) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    settings.system(),
                    "Check the configuration: %s cannot be started: %s; see the property binary"
                            .formatted(settings.binary(), missing.getMessage()),
                    missing);
        }
        int status = await(process);
        String words = words(said);
        Files.deleteIfExists(said);
        if (status != 0) {
            throw new AdapterException(
                    Kind.REFUSED,
                    settings.system(),
                    "Check the configuration: HAProxy does not take it, the former one stays: %s".formatted(words));
        }
    }

    private int await(Process process) {
        try {
            if (process.waitFor(settings.limits().reload().toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AdapterException(
                Kind.TIMED_OUT,
                settings.system(),
                "Check the configuration: no answer of %s within %d s"
                        .formatted(settings.binary(), settings.limits().reload().toSeconds()));
    }

    private static String words(Path said) throws IOException {
        try (var input = Files.newInputStream(said)) {
            return new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("[ALERT]"))
                    .limit(LINES_TOLD)
                    .collect(Collectors.joining("; "));
        }
    }
}
