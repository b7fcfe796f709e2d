// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.containers.InstallServiceCommand;
import eu.nephele.smo.access.cli.containers.MonitoringCommand;
import eu.nephele.smo.access.cli.containers.RestoreContainersCommand;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.pools.containers.ContainersFileReader;
import eu.nephele.smo.pools.containers.FileReport;
import eu.nephele.smo.pools.containers.check.FileFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code containers}: services in containers on plain servers. */
@Command(
        name = "containers",
        description =
                "Services in containers on plain servers: lint, list, show, explain, servers, events, scale, restart, update, reload, log, restore, monitoring, install-service.",
        subcommands = {RestoreContainersCommand.class, MonitoringCommand.class, InstallServiceCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class ContainersCommands {

    private static final String NAME = "NAME";
    private static final String RESULT = "result";
    private static final String SUCCESS = "success";
    private static final String MESSAGE = "message";
    private static final String REASON = "reason";

    @Command(
            description =
                    "Checks a file of containers without a server; the exit status is 2 if it is wrong. Variables have the values of"
                            + " this environment.")
    int lint(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "FILE") Path file) throws IOException {
        FileReport report = new ContainersFileReader(System.getenv()).lint(Files.readString(file));
        boolean wrong = !report.errors().isEmpty();
        if (connection.terminal().isJson()) {
            ObjectNode answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("valid", !wrong);
            report.errors().forEach(error -> finding(answer.withArray("errors"), error));
            report.warnings().forEach(warning -> finding(answer.withArray("warnings"), warning));
            connection.terminal().json(answer);
        } else {
            report.errors().forEach(error -> connection.terminal().bad(line(error)));
            report.warnings().forEach(warning -> connection.terminal().notable(line(warning)));
            if (!wrong) {
                connection.terminal().good("%s: valid".formatted(file));
            }
        }
        return wrong ? ExitStatus.DIFFERENT.code() : ExitStatus.DONE.code();
    }

    private static void finding(ArrayNode findings, FileFinding finding) {
        findings.addObject()
                .put("pointer", finding.pointer())
                .put("line", finding.mark().line())
                .put("column", finding.mark().column())
                .put(MESSAGE, finding.message());
    }

    private static String line(FileFinding finding) {
        return finding.pointer().isEmpty() ? finding.message() : finding.pointer() + " " + finding.message();
    }

    @Command(description = "Services with their bounds, thresholds and containers.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode services = connection.client().get(path("services"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(services);
            return 0;
        }
        TableRenderer table = new TableRenderer("SERVICE", "CONTAINERS", "MIN", "MAX", "UP AT %", "DOWN AT %");
        services.properties()
                .forEach(service -> table.row(
                        service.getKey(),
                        text(service.getValue(), "container_count"),
                        text(service.getValue(), "min_replicas"),
                        text(service.getValue(), "max_replicas"),
                        text(service.getValue(), "scale_up_threshold"),
                        text(service.getValue(), "scale_down_threshold")));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "A service and its containers, with digests of their images and how they ended last.")
    int show(@Mixin ConnectionOptions connection, @Parameters(paramLabel = NAME) String name) {
        JsonNode stats = connection.client().get(path("services", name, "stats"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(stats);
            return 0;
        }
        connection
                .terminal()
                .line("%s: %s containers, mean CPU %s %%, %s to %s, cooldown %s s, scaling %s"
                        .formatted(
                                name,
                                text(stats, "container_count"),
                                text(stats, "avg_cpu"),
                                text(stats, "min_replicas"),
                                text(stats, "max_replicas"),
                                text(stats, "cooldown_remaining"),
                                stats.path("scaling_enabled").asBoolean() ? "on" : "off"));
        TableRenderer table =
                new TableRenderer("CONTAINER", "SERVER", "STATE", "HEALTH", "CPU %", "PORT", "IMAGE", "EXIT");
        stats.path("containers")
                .forEach(container -> table.row(
                        text(container, "id")
                                .substring(0, Math.min(12, text(container, "id").length())),
                        text(container, "server"),
                        text(container, "status"),
                        text(container, "health"),
                        text(container, "cpu_percent"),
                        text(container.path("ports").path(0), "PublicPort"),
                        text(container, "image"),
                        text(container.path("last_exit"), "code")));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "Why a service is scaled or not at this moment, and where its next container would go.")
    int explain(@Mixin ConnectionOptions connection, @Parameters(paramLabel = NAME) String name) {
        JsonNode explanation = connection.client().get(path("services", name, "explain"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(explanation);
            return 0;
        }
        JsonNode outcome = explanation.path("outcome");
        connection
                .terminal()
                .line("%s: %s (%s to %s) by the rule %s: %s"
                        .formatted(
                                name,
                                text(outcome, "action"),
                                text(outcome, "from_count"),
                                text(outcome, "to_count"),
                                text(explanation, "rule"),
                                text(explanation, REASON)));
        TableRenderer servers = new TableRenderer("SERVER", "NEXT", "OF IT", "CONTAINERS", "MOST", "WHY");
        explanation
                .path("candidates")
                .forEach(server -> servers.row(
                        text(server, "server"),
                        server.path("chosen").asBoolean()
                                ? "yes"
                                : server.path("possible").asBoolean() ? "could" : "no",
                        text(server, "service_containers"),
                        text(server, "current_containers"),
                        text(server, "max_containers"),
                        text(server, REASON)));
        connection.terminal().table(servers);
        TableRenderer cycles = new TableRenderer("TIME", "STRATEGY", "FROM", "TO", "REASON");
        explanation
                .path("cycles")
                .forEach(cycle -> cycles.row(
                        text(cycle, "timestamp"),
                        text(cycle, "strategy"),
                        text(cycle, "from_count"),
                        text(cycle, "to_count"),
                        text(cycle, REASON)));
        connection.terminal().table(cycles);
        return 0;
    }

    @Command(description = "Servers and their engines.")
    int servers(@Mixin ConnectionOptions connection) {
        JsonNode servers = connection.client().get(path("servers"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(servers);
            return 0;
        }
        TableRenderer table =
                new TableRenderer("SERVER", "HOST", "ROLE", "STATUS", "CONTAINERS", "MOST", "ENGINE", "WHY");
        servers.forEach(server -> table.row(
                text(server, "name"),
                text(server, "host"),
                text(server, "role"),
                text(server, "status"),
                text(server, "current_containers"),
                text(server, "max_containers"),
                text(server, "docker_version"),
                text(server, "error")));
        connection.terminal().table(table);
        return 0;
    }

    @Command(description = "The last changes of numbers of containers.")
    int events(@Mixin ConnectionOptions connection) {
        JsonNode events = connection.client().get(path("events"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(events);
            return 0;
        }
        TableRenderer table = new TableRenderer("TIME", "SERVICE", "ACTION", "FROM", "TO", "REASON");
        events.forEach(event -> table.row(
                text(event, "timestamp"),
                text(event, "service_name"),
                text(event, "action"),
                text(event, "from_count"),
                text(event, "to_count"),
                text(event, REASON)));
        connection.terminal().table(table);
        return 0;
    }

    /** Which way. */
    enum Direction {
        up,
        down
    }

    @Command(description = "One container more or less, within the bounds of the service, whatever the thresholds say.")
    int scale(
            @Mixin ConnectionOptions connection,
            @Parameters(index = "0", paramLabel = NAME) String name,
            @Parameters(index = "1", paramLabel = "up|down") Direction direction,
            @Option(names = "--dry-run", description = "Says what would happen and changes nothing.") boolean dryRun) {
        return told(
                connection,
                connection.client().post(path("services", name, "scale", direction.name()) + "?dryRun=" + dryRun));
    }

    @Command(description = "Has all containers of a service replaced, each when the next one is healthy.")
    int restart(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = NAME) String name,
            @Option(names = "--dry-run", description = "Says what would happen and changes nothing.") boolean dryRun) {
        return told(connection, connection.client().post(path("services", name, "restart") + "?dryRun=" + dryRun));
    }

    @Command(description = "The same with another image, or with the same reference looked up anew.")
    int update(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = NAME) String name,
            @Option(
                            names = "--image",
                            paramLabel = "REFERENCE",
                            defaultValue = "",
                            description = "From now on, until the file is read again.")
                    String image,
            @Option(
                            names = "--abort",
                            description = "Takes back the update that is under way: the image before runs again.")
                    boolean abort,
            @Option(names = "--dry-run", description = "Says what would happen and changes nothing.") boolean dryRun) {
        if (abort && !image.isEmpty()) {
            throw new IllegalArgumentException("Which one? --abort brings the image before back, --image another one");
        }
        String query = "?dryRun=" + dryRun + (image.isEmpty() ? "" : "&image=" + RestCalls.encoded(image));
        if (abort) {
            return told(
                    connection, connection.client().post(path("services", name, "rolling-update", "abort") + query));
        }
        return told(connection, connection.client().post(path("services", name, "rolling-update") + query));
    }

    @Command(description = "Has the server read its file again; one with errors changes nothing.")
    int reload(
            @Mixin ConnectionOptions connection,
            @Option(names = "--prune", description = "What the file does not name any more is removed.") boolean prune,
            @Option(names = "--dry-run", description = "Says what would change and changes nothing.") boolean dryRun) {
        JsonNode answer =
                connection.client().post("%s?prune=%s&dryRun=%s".formatted(path("config", "reload"), prune, dryRun));
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
            return 0;
        }
        connection.terminal().good(text(answer, MESSAGE));
        answer.path("warnings").forEach(warning -> connection.terminal().notable(text(warning, MESSAGE)));
        for (String kind : new String[] {"services", "servers"}) {
            JsonNode diff = answer.path("diff").path(kind);
            diff.path("added").forEach(name -> connection.terminal().line("+ %s %s".formatted(kind, name.asText())));
            diff.path("removed").forEach(name -> connection.terminal().line("- %s %s".formatted(kind, name.asText())));
            diff.path("changed").properties().forEach(entry -> entry.getValue()
                    .forEach(change ->
                            connection.terminal().line("~ %s %s %s".formatted(kind, entry.getKey(), change.asText()))));
        }
        return 0;
    }

    @Command(description = "The last lines of a container, also of one that has ended.")
    int log(
            @Mixin ConnectionOptions connection,
            @Parameters(index = "0", paramLabel = NAME) String name,
            @Parameters(index = "1", paramLabel = "CONTAINER", description = "Its id, or enough of its begin.")
                    String id,
            @Option(
                            names = "--lines",
                            defaultValue = "200",
                            description = "At most so many; default: ${DEFAULT-VALUE}.")
                    int lines)
            throws IOException {
        RestCalls.PlainAnswer answer =
                connection.client().plain(path("services", name, "containers", id, "log") + "?lines=" + lines);
        connection.terminal().raw(answer.text());
        return answer.status() < 300 ? 0 : ExitStatus.FAILED.code();
    }

    private static int told(ConnectionOptions connection, JsonNode answer) {
        boolean done = answer.path(RESULT).path(SUCCESS).asBoolean();
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else if (done) {
            connection.terminal().good(text(answer.path(RESULT), MESSAGE));
        } else {
            connection.terminal().bad(text(answer.path(RESULT), MESSAGE));
        }
        return done ? 0 : ExitStatus.FAILED.code();
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asText("");
    }

    private static String path(String... segments) {
        String[] all = new String[segments.length + 1];
        all[0] = "containers";
        System.arraycopy(segments, 0, all, 1, segments.length);
        return RestCalls.path(all);
    }
}
