// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The programs of a real Karmada beside the API server of its control plane: aggregated API server, webhook, controller manager,
 * scheduler, in this order; they end the other way round.
 */
public final class KarmadaPrograms implements AutoCloseable {

    /** Required content of {@code --karmada DIR}: the programs, and the definitions of Karmada's kinds in {@code crds}. */
    public static final List<String> NEEDED = List.of(
            "karmada-aggregated-apiserver",
            "karmada-webhook",
            "karmada-controller-manager",
            "karmada-scheduler",
            "karmadactl",
            "crds");

    private static final Duration READY = Duration.ofSeconds(90);
    private static final int HELP_SECONDS = 20;
    private static final int JOIN_SECONDS = 120;

    private final Map<String, Path> programs;
    private final KarmadaCommands commands;
    private final KarmadaHost host;
    private final Path folder;
    private final Processes processes;
    private final Map<String, OsProcess> running = new LinkedHashMap<>();

    private KarmadaPrograms(
            Map<String, Path> programs, KarmadaCommands commands, KarmadaHost host, Path folder, Processes processes) {
        this.programs = programs;
        this.commands = commands;
        this.host = host;
        this.folder = folder;
        this.processes = processes;
    }

    /**
     * Finds the programs and starts none.
     *
     * @param host with {@link KubernetesSpec#aggregating}
     * @throws MissingComponentException when one is missing
     */
    public static KarmadaPrograms create(KubernetesServer host, Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException {
        return create((KarmadaHost) host, folder, binaries, processes);
    }

    static KarmadaPrograms create(KarmadaHost host, Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException {
        Map<String, Path> programs = new LinkedHashMap<>();
        for (String name : NEEDED) {
            programs.put(name, binaries.find(name));
        }
        KarmadaCommands commands =
                new KarmadaCommands(host.kubeconfig(), host.etcdPort(), FreePorts.free(KarmadaCommands.PORTS));
        return new KarmadaPrograms(programs, commands, host, Files.createDirectories(folder), processes);
    }

    /** The definitions of kinds, each in a file of its own. */
    public Path definitions() {
        return program("crds");
    }

    /** Address at which the API server finds the aggregated one. */
    public int aggregatedPort() {
        return commands.aggregatedPort();
    }

    /** Address at which the API server finds the webhook. */
    public URI webhook() {
        return URI.create("https://127.0.0.1:" + commands.webhookPort());
    }

    public void startAggregatedApiServer() throws IOException, InterruptedException {
        String name = "karmada-aggregated-apiserver";
        Path pair = host.pair(name, name + ".karmada-system.svc");
        start(name, commands.aggregatedApiServer(program(name), help(name), pair))
                .await(secure(commands.aggregatedPort(), "/readyz"));
    }

    public void startWebhook() throws IOException, InterruptedException {
        String name = "karmada-webhook";
        Path pair = host.pair(name, name + ".karmada-system.svc");
        start(name, commands.webhook(program(name), help(name), pair))
                .await(secure(commands.webhookPort(), "/readyz/"));
    }

    /** Also again after {@link #kill}; does nothing when it runs. */
    public synchronized void startControllerManager() throws IOException, InterruptedException {
        String name = "karmada-controller-manager";
        if (!runs(name)) {
            start(name, commands.controllerManager(program(name), help(name))).await(plain(commands.controllersPort()));
        }
    }

    /** Also again after {@link #kill}; does nothing when it runs. */
    public synchronized void startScheduler() throws IOException, InterruptedException {
        String name = "karmada-scheduler";
        if (!runs(name)) {
            start(name, commands.scheduler(program(name), help(name))).await(plain(commands.schedulerPort()));
        }
    }

    /** SIGKILL; does nothing when it does not run. */
    public synchronized void kill(String name) throws IOException {
        OsProcess process = running.remove(name);
        if (process != null) {
            process.kill();
        }
    }

    /** @throws IOException with the output of the command, when it failed */
    public void join(JoiningMember member) throws IOException, InterruptedException {
        Path log = folder.resolve("join-" + member.name() + ".log");
        List<String> command = commands.join(program("karmadactl"), help("karmadactl", "join"), member);
        if (run(command, log, JOIN_SECONDS) != 0) {
            throw new IOException("karmadactl could not join %s:%n%s".formatted(member.name(), Files.readString(log)));
        }
    }

    /** One text for each program that ended unexpectedly, with its last output. */
    public synchronized List<String> ended() throws IOException {
        List<String> ended = new ArrayList<>();
        for (OsProcess process : running.values()) {
            if (!process.isAlive()) {
                ended.add("%s ended unexpectedly (%s):%n%s"
                        .formatted(process.name(), process.log(), process.lastWords()));
            }
        }
        return List.copyOf(ended);
    }

    private record Starting(OsProcess process) {
        void await(HttpProbe probe) throws IOException, InterruptedException {
            probe.await(process, READY);
        }
    }

    private synchronized Starting start(String name, List<String> command) throws IOException {
        OsProcess process = processes.start(name, command, folder, Map.of());
        running.put(name, process);
        return new Starting(process);
    }

    private boolean runs(String name) {
        OsProcess process = running.get(name);
        return process != null && process.isAlive();
    }

    private Path program(String name) {
        Path path = programs.get(name);
        if (path == null) {
            throw new IllegalArgumentException("Not a program of Karmada: " + name);
        }
        return path;
    }

    private HttpProbe secure(int port, String path) throws IOException {
        return host.probe(URI.create("https://127.0.0.1:" + port + path));
    }

    private static HttpProbe plain(int port) {
        return HttpProbe.create(URI.create("http://127.0.0.1:" + port + "/healthz"));
    }

    private String help(String name, String... commands) throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".help");
        List<String> command = new ArrayList<>(List.of(program(name).toString()));
        command.addAll(List.of(commands));
        command.add("--help");
        run(command, log, HELP_SECONDS);
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    private int run(List<String> command, Path log, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException("%s did not end within %d s; see %s".formatted(command.get(0), seconds, log));
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        ended().forEach(text -> System.err.println("testbed: " + text));
        for (String name : List.of(
                "karmada-scheduler", "karmada-controller-manager", "karmada-webhook", "karmada-aggregated-apiserver")) {
            OsProcess process = running.remove(name);
            if (process != null) {
                process.close();
            }
        }
    }
}
