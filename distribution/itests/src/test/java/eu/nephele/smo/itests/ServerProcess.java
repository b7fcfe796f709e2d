// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The real server, started by the real launcher in a process of its own, with a home directory of its own. */
final class ServerProcess implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long READY_LIMIT_SECONDS = 120;

    private final Process process;
    private final BufferedReader output;
    private final Path errors;
    private final Path userHome;
    private final List<JsonNode> events = new ArrayList<>();

    private ServerProcess(Process process, Path errors, Path userHome) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.errors = errors;
        this.userHome = userHome;
    }

    /** Starts without waiting; progress is read as JSON lines. */
    static ServerProcess start(String... arguments) throws IOException {
        return start(QuickStart.flags(), List.of(arguments));
    }

    /** @param flags of Java */
    static ServerProcess start(List<String> flags, List<String> arguments) throws IOException {
        return start(flags, Map.of(), arguments);
    }

    /** @param variables of the environment, beside those of this process */
    static ServerProcess start(List<String> flags, Map<String, String> variables, List<String> arguments)
            throws IOException {
        Path userHome = Distribution.freshFolder("home");
        Path errors = userHome.resolve("stderr");
        List<String> command = new ArrayList<>(Distribution.serverCommand(userHome, flags));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("SMO_DATA", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(variables);
        return new ServerProcess(builder.start(), errors, userHome);
    }

    /** Starts on a free port with fresh data and waits until it is ready. */
    static ServerProcess ready(int port, Path data) throws IOException {
        ServerProcess server = start("--json", "--port", Integer.toString(port), "--data", data.toString());
        server.awaitEvent("ready");
        return server;
    }

    /** Reads the output up to an event. A server that stays silent too long is ended, so that nobody waits for ever. */
    JsonNode awaitEvent(String name) throws IOException {
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(READY_LIMIT_SECONDS, TimeUnit.SECONDS));
        try {
            return readUpTo(name);
        } finally {
            limit.cancel(false);
        }
    }

    private JsonNode readUpTo(String name) throws IOException {
        String line = output.readLine();
        while (line != null) {
            JsonNode event = JSON.readTree(line);
            events.add(event);
            if (event.path("event").asText().equals(name)) {
                return event;
            }
            line = output.readLine();
        }
        throw new AssertionError(
                "The server has not said '%s' but %s; on standard error: %s".formatted(name, events, errorText()));
    }

    /** Everything that is left of standard output, once the process has ended. */
    String remainingOutput() throws IOException {
        StringBuilder text = new StringBuilder();
        output.lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    String errorText() throws IOException {
        return Files.readString(errors);
    }

    Path userHome() {
        return userHome;
    }

    long processId() {
        return process.pid();
    }

    /** Sends SIGTERM, by the handle, because the process itself would close its output as well. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGKILL and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The exit status, or a failure when the process does not end in time. */
    int exitCode(long limitSeconds) throws InterruptedException {
        if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
            throw new AssertionError("The server has not ended within %d s".formatted(limitSeconds));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            process.destroyForcibly();
        }
    }
}
