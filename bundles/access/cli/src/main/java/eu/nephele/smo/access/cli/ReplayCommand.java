// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.InterruptNotice;
import eu.nephele.smo.access.cli.view.TrialView;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = "Makes recorded decisions again, by the same or another strategy, and compares.")
final class ReplayCommand implements Callable<Integer> {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Duration PAUSE = Duration.ofMillis(250);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--since",
            paramLabel = "SPAN",
            defaultValue = "1h",
            description = "Decisions of the last 90s, 15m, 6h, 2d; default: ${DEFAULT-VALUE}.")
    private String since = "1h";

    @Option(names = "--from", paramLabel = "TIME", description = "Instead: from 2026-11-20T10:00:00Z on.")
    private @Nullable Instant from;

    @Option(names = "--until", paramLabel = "TIME", description = "Up to then, exclusive; default: now.")
    private @Nullable Instant until;

    @Option(names = "--graph", paramLabel = "PROJECT/NAME", description = "Of this graph only.")
    private @Nullable String graph;

    @Option(names = "--kind", paramLabel = "KIND", description = "placement or scaling; default: both.")
    private @Nullable String kind;

    @Option(names = "--strategy", paramLabel = "ID", description = "Decides instead of the one that decided.")
    private @Nullable String strategy;

    @Option(names = "--version", paramLabel = "VERSION", description = "Version of the strategy.")
    private @Nullable String version;

    @Option(names = "--parameters", paramLabel = "JSON", description = "Parameters for --strategy.")
    private @Nullable String parameters;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, the newest.")
    private @Nullable Integer limit;

    @Override
    public Integer call() throws JsonProcessingException, InterruptedException {
        RestCalls client = connection.client();
        JsonNode replay = client.post("/api/v1/replays", question());
        replay = ended(client, replay);
        if (connection.terminal().isJson()) {
            connection.terminal().json(replay);
        } else {
            TrialView.replay(connection.terminal(), replay);
        }
        return replay.path("state").asText().equals("done") ? 0 : 1;
    }

    private JsonNode ended(RestCalls client, JsonNode begun) throws InterruptedException {
        String id = begun.path("id").asText();
        String path = RestCalls.path("api", "v1", "replays", id);
        JsonNode replay = begun;
        InterruptNotice notice =
                connection.onInterrupt("Replay %s goes on. Look at it: smo get replay %s".formatted(id, id));
        try {
            while (replay.path("state").asText().equals("running")) {
                connection
                        .terminal()
                        .progress("%d of %d decisions"
                                .formatted(
                                        replay.path("replayed").asLong(),
                                        replay.path("decisions").asLong()));
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                replay = client.get(path);
            }
        } finally {
            notice.close();
        }
        return replay;
    }

    private ObjectNode question() throws JsonProcessingException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("from", (from == null ? Instant.now().minus(span()) : from).toString());
        put(body, "until", until == null ? null : until.toString());
        put(body, "graph", graph);
        put(body, "kind", kind);
        put(body, "strategy", strategy);
        put(body, "version", version);
        if (parameters != null) {
            body.set("parameters", new ObjectMapper().readTree(parameters));
        }
        if (limit != null) {
            body.put("limit", limit);
        }
        return body;
    }

    private Duration span() {
        Matcher span = SPAN.matcher(since);
        if (!span.matches()) {
            CommandSpec spec = command;
            if (spec == null) {
                throw new IllegalStateException("A command that nobody parsed");
            }
            throw new ParameterException(
                    spec.commandLine(), "--since is '%s', expected a span such as 90s, 15m, 6h or 2d".formatted(since));
        }
        long amount = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static void put(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }
}
