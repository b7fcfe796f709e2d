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
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The server as its script starts it, and starts it again; with a home directory of its own. */
final class SupervisedServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long END_LIMIT_SECONDS = 40;

    private final Process script;
    private final BufferedReader output;
    private final Path errors;

    private SupervisedServer(Process script, Path errors) {
        this.script = script;
        this.output = new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8));
        this.errors = errors;
    }

    /** Starts without waiting; progress is told as JSON lines. */
    static SupervisedServer start(int port, Path data) throws IOException {
        return start(Map.of(), "--json", "--port", Integer.toString(port), "--data", data.toString());
    }

    /** @param environment of the script, besides that of this process */
    static SupervisedServer start(Map<String, String> environment, String... arguments) throws IOException {
        Path home = Distribution.freshFolder("home");
        Path errors = home.resolve("stderr");
        List<String> command =
                new ArrayList<>(List.of("bash", Distribution.HOME.resolve("smo").toString(), "server"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("SMO_DATA", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        return new SupervisedServer(builder.start(), errors);
    }

    /** Reads up to the next "ready"; gives the process that said it. */
    long ready() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event").asText().equals("ready")) {
                return event.path("process").asLong();
            }
        }
        throw new AssertionError("The server was never ready: " + errorText());
    }

    Process script() {
        return script;
    }

    /** What script and servers have said on standard error. */
    String errorText() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = script.descendants().toList();
        script.toHandle().destroy();
        try {
            script.onExit().orTimeout(END_LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            all.forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        }
        output.close();
    }
}
