// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run of the server, from the checks before the start to the end of the drain. */
final class ServerRun {

    /** A server that is not ready after this time continues and reports it. */
    private static final long READY_LIMIT_MILLIS = 60_000;

    /** Time limit of a drain, after which the process ends. */
    private static final long DRAIN_LIMIT_MILLIS = 20_000;

    private final Installation installation;
    private final Options options;
    private final ListenAddress listening;
    private final ServerFile serverFile;
    private final Console console;

    /** Known from the options; a configuration may say so, too. */
    private volatile boolean encrypted;

    ServerRun(Installation installation, Options options, Path home, Console console) {
        this.installation = installation;
        this.options = options;
        this.listening = new ListenAddress(options.host(), options.port());
        this.serverFile = new ServerFile(home, options.port());
        this.console = console;
        this.encrypted = options.tls().isPresent();
    }

    /** Returns the exit status of the process. */
    int run() throws ServerStartException, IOException, InterruptedException {
        Installation.InstalledProfile profile = installation.profile(options.profile());
        listening.check();
        try (DataDirectory data = DataDirectory.open(options.data())) {
            console.progress(
                    "SMO starts: profile %s, data in %s".formatted(options.profile(), data.root()),
                    "starting",
                    Map.of("profile", options.profile(), "data", data.root(), "process", processId()));
            Main.systemProperties(installation, data).forEach(System::setProperty);
            OsgiServer server = OsgiServer.create(FrameworkProperties.of(profile, options, data, installation));
            Thread drain = new Thread(() -> stopWithin(server, DRAIN_LIMIT_MILLIS), "smo-drain");
            Runtime.getRuntime().addShutdownHook(drain);
            TerminationSignals.onTermination(signal -> requestStop(server, signal));
            Supervisor.told(System.getenv()).ifPresent(supervisor -> supervisor.follow(() -> stopAlone(server)));
            try {
                serverFile.write(description(data));
                server.start(profile.bundles());
                encrypted = encrypted || server.isEncrypted();
                announce(server, data, profile.bundles().size());
                if (options.untilReady()) {
                    server.stop();
                }
                server.awaitStop(0);
            } finally {
                stopWithin(server, DRAIN_LIMIT_MILLIS);
                serverFile.delete();
            }
        }
        console.progress("SMO has stopped.", "stopped", Map.of());
        return 0;
    }

    private void announce(OsgiServer server, DataDirectory data, int bundles)
            throws ServerStartException, IOException, InterruptedException {
        console.progress(
                "%d bundles started after %d ms".formatted(bundles, ProcessAge.millis()),
                "started",
                Map.of("bundles", bundles, "millis", ProcessAge.millis()));
        URI url = listening.local(encrypted);
        String lastAnswer = new ReadinessProbe(url).await(READY_LIMIT_MILLIS, () -> !server.isStopWanted());
        if (server.isStopWanted()) {
            return;
        }
        if (!lastAnswer.isEmpty()) {
            console.failure("Not ready after %d s: %s. The server continues; see %s."
                    .formatted(
                            READY_LIMIT_MILLIS / 1000, lastAnswer, data.root().resolve("log")));
            return;
        }
        long startupMillis = ProcessAge.millis();
        Map<String, Object> description = description(data);
        description.put("startupMillis", startupMillis);
        serverFile.write(description);
        console.progress(
                "Ready in %d ms: %s  (documentation %s/docs, health %s/health/ready, metrics %s/metrics)"
                        .formatted(startupMillis, url, url, url, url),
                "ready",
                description);
    }

    private Map<String, Object> description(DataDirectory data) throws ServerStartException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("url", listening.local(encrypted));
        description.put("host", listening.host());
        description.put("port", listening.port());
        description.put("process", processId());
        description.put("profile", options.profile());
        description.put("data", data.root());
        description.put("tokenFile", data.tokenFile());
        return description;
    }

    private void stopAlone(OsgiServer server) {
        console.progress("SMO stops, because the script that started it is gone.", "stopping", Map.of());
        server.stop();
    }

    /** The first signal drains; the second one ends the process at once. */
    private void requestStop(OsgiServer server, String signal) {
        if (server.isStopWanted()) {
            if (signal.equals("INT")) {
                Runtime.getRuntime().halt(130);
            }
            return;
        }
        console.progress("SMO stops (Ctrl-C once more ends it at once) ...", "stopping", Map.of());
        server.stop();
    }

    private void stopWithin(OsgiServer server, long limitMillis) {
        server.stop();
        try {
            if (!server.awaitStop(limitMillis)) {
                console.failure("The server has not drained within %d s and is ended.".formatted(limitMillis / 1000));
                Runtime.getRuntime().halt(ServerStartException.BROKEN);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long processId() {
        return ProcessHandle.current().pid();
    }
}
