// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.containers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.pools.containers.ContainersFileReader;
import eu.nephele.smo.pools.containers.monitoring.MonitoringFiles;
import eu.nephele.smo.pools.containers.monitoring.MonitoringOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code containers monitoring}: Prometheus, Grafana and a compose file, as a file of containers asks for them. */
@Command(
        name = "monitoring",
        description =
                "Writes the configuration of Prometheus and Grafana, a dashboard, and compose files with HAProxy, SMO and cAdvisor into a"
                        + " folder, as a file of containers has servers and ports. No server is asked; its own files there are written anew.")
public final class MonitoringCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "FILE", description = "The file of containers.")
    private @Nullable Path file;

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "Folder of the files.")
    private @Nullable Path output;

    @Option(
            names = "--smo-host",
            defaultValue = "127.0.0.1",
            description = "Where Prometheus reaches the SMO and HAProxy; default: ${DEFAULT-VALUE}.")
    private String smoHost = "127.0.0.1";

    @Option(names = "--smo-port", defaultValue = "8080", description = "Port of the SMO; default: ${DEFAULT-VALUE}.")
    private int smoPort;

    @Option(
            names = "--path-port",
            defaultValue = "8000",
            description = "Port at which the SMO has the interface of the original (pathPorts), 0 for none; default:"
                    + " ${DEFAULT-VALUE}.")
    private int pathPort;

    @Option(
            names = "--cadvisor-port",
            defaultValue = "8085",
            description = "Port of cAdvisor on each server; default: ${DEFAULT-VALUE}.")
    private int cadvisorPort;

    @Option(
            names = "--metrics-token-file",
            paramLabel = "FILE",
            description = "File with a token for the SMO, as Prometheus sees it; without it Prometheus sends none.")
    private @Nullable String metricsTokenFile;

    @Override
    public Integer call() throws IOException {
        Path folder = Objects.requireNonNull(output, "--output");
        Map<String, String> files = files();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("folder", folder.toString());
        for (Map.Entry<String, String> made : files.entrySet()) {
            Path target = folder.resolve(made.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "folder"));
            Files.writeString(target, made.getValue());
            answer.withArray("files").add(made.getKey());
            if (!connection.terminal().isJson()) {
                connection.terminal().line(target.toString());
            }
        }
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        }
        return 0;
    }

    private Map<String, String> files() throws IOException {
        Path source = Objects.requireNonNull(file, "FILE");
        try {
            return new MonitoringFiles(
                            new ContainersFileReader(System.getenv()).read(Files.readString(source)),
                            new MonitoringOptions(
                                    smoHost,
                                    smoPort,
                                    pathPort == 0 ? OptionalInt.empty() : OptionalInt.of(pathPort),
                                    cadvisorPort,
                                    Optional.ofNullable(metricsTokenFile)))
                    .all();
        } catch (SmoException wrong) {
            String places = wrong.violations().stream()
                    .map(Violation::pointer)
                    .map(pointer -> " " + pointer)
                    .collect(Collectors.joining());
            throw new IOException("%s: %s%s".formatted(source, wrong.getMessage(), places), wrong);
        }
    }
}
