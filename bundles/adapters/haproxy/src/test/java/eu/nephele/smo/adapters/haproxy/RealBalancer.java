// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.Backend.Protocol;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real HAProxy with the adapter, in a folder with a short path. Without the program the test is skipped, loudly. */
final class RealBalancer implements AutoCloseable {

    static final String OWNER = "here";

    private final Path folder = Files.createTempDirectory("hap");
    private final Processes processes = new Processes(folder);
    private final List<ReplicaServer> replicas = new ArrayList<>();
    private final List<HaproxyAdapter> adapters = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int statistics = FreePorts.free(1).get(0);
    private final Map<String, Object> changed;
    private final HaproxyAdapter adapter;
    private final Haproxy haproxy;

    RealBalancer() throws Exception {
        this(Map.of());
    }

    /** @param changed properties of the configuration */
    RealBalancer(Map<String, ?> changed) throws Exception {
        this.changed = new HashMap<>(changed);
        adapter = another();
        begin();
        haproxy = started();
    }

    /** Of a balancer without HAProxy the adapter writes the first configuration. */
    private void begin() {
        try {
            adapter.ensureBackend(key("first"), OWNER, backend(FreePorts.free(1).get(0), List.of()));
        } catch (AdapterException notStarted) {
            if (Files.exists(file())) {
                return;
            }
            throw notStarted;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Haproxy started() throws Exception {
        try {
            return Haproxy.start(file(), folder.resolve("h"), Binaries.ofThisMachine(), processes);
        } catch (MissingComponentException missing) {
            System.err.println("*** SKIPPED, " + missing.getMessage().toUpperCase(Locale.ROOT) + " ***");
            Assumptions.abort(missing.getMessage());
            throw missing;
        }
    }

    /** Another adapter for the same HAProxy. */
    HaproxyAdapter another() {
        HaproxyAdapter made = new HaproxyAdapter(settings(), Clock.systemUTC());
        adapters.add(made);
        return made;
    }

    HaproxySettings settings() {
        Map<String, Object> values = new HashMap<>(Map.of(
                "runtimeSocket",
                folder.resolve("h/admin.sock").toString(),
                "masterSocket",
                folder.resolve("h/master.sock").toString(),
                "configurationFile",
                file().toString(),
                "binary",
                program(),
                "bindAddress",
                "127.0.0.1",
                "statisticsPort",
                statistics,
                "reloadSeconds",
                15,
                "sampleSeconds",
                1));
        values.putAll(changed);
        return HaproxySettings.from(HaproxyConfigurations.with(values));
    }

    private static String program() {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .map(place -> Path.of(place, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> {
                    System.err.println("*** SKIPPED, HAPROXY IS MISSING: INSTALL THE DEBIAN PACKAGE HAPROXY ***");
                    Assumptions.abort("haproxy is missing: install the Debian package haproxy");
                    return "";
                });
    }

    HaproxyAdapter adapter() {
        return adapter;
    }

    Haproxy haproxy() {
        return haproxy;
    }

    Path file() {
        return folder.resolve("c/haproxy.cfg");
    }

    Path folder() {
        return folder;
    }

    ReplicaServer replica(String id) throws IOException {
        ReplicaServer replica = new ReplicaServer(id);
        replicas.add(replica);
        return replica;
    }

    static StepKey key(String service) {
        return new StepKey(new WorkloadRef(new GraphId("shop", "front"), service), 1, "balance");
    }

    static Backend backend(int port, List<Member> members) {
        return backend(port, Protocol.HTTP, Optional.empty(), members);
    }

    static Backend backend(int port, Protocol protocol, Optional<HealthCheck> check, List<Member> members) {
        return new Backend(port, protocol, check, Duration.ofSeconds(30), Duration.ofSeconds(20), members);
    }

    static HealthCheck check(String path) {
        return new HealthCheck(path, Optional.empty(), Duration.ofMillis(100), Duration.ofSeconds(1), 1, 2);
    }

    BackendStatus ensure(String service, Backend backend) {
        return adapter.ensureBackend(key(service), OWNER, backend);
    }

    BackendStatus seen(String service) {
        WorkloadRef workload = key(service).workload();
        return adapter.observe(List.of(workload)).get(workload);
    }

    String states(String service) {
        BackendStatus status = seen(service);
        return status.members().stream()
                .sorted(Comparator.comparing(MemberStatus::id))
                .map(member -> member.id() + "=" + member.state())
                .toList()
                .toString();
    }

    void awaitStates(String service, String expected) {
        Await.within(
                Duration.ofSeconds(20), () -> "%s, is %s".formatted(expected, states(service)), () -> states(service)
                        .equals(expected));
    }

    /** Status and body. */
    String get(int port, String path) throws IOException, InterruptedException {
        return text(client.send(request(port, path), HttpResponse.BodyHandlers.ofString()));
    }

    /** Status and body of the answer, on a connection of its own, so that the client repeats nothing; "lost" where it ends without an answer. */
    String once(String method, int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(request(port, "/"), (name, value) -> true)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return text(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException noAnswer) {
            return "lost";
        }
    }

    CompletableFuture<String> later(int port, String path) {
        return client.sendAsync(request(port, path), HttpResponse.BodyHandlers.ofString())
                .thenApply(RealBalancer::text);
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private static String text(HttpResponse<String> answer) {
        return answer.statusCode() == 200 ? "200 " + answer.body() : Integer.toString(answer.statusCode());
    }

    /** Says something to HAProxy behind the back of the adapter. */
    List<String> say(String command) {
        return new RuntimeSocket("test", settings().runtime(), Duration.ofSeconds(5)).ask(command);
    }

    /** Right after a reload the socket takes no connections for a moment. */
    ProcessTable processTable() {
        return new MasterProcess(settings(), new OwnerFence("test"))
                .beforeReload()
                .orElseThrow();
    }

    /** A reload by somebody else. */
    void reloadByHand() {
        long before = processTable().reloads();
        MasterProcess master = new MasterProcess(settings(), new OwnerFence("test"));
        master.reload();
        Await.until("a reload", () -> reloads().filter(now -> now > before).isPresent() && answers());
    }

    private Optional<Long> reloads() {
        try {
            return Optional.of(processTable().reloads());
        } catch (AdapterException notNow) {
            return Optional.empty();
        }
    }

    boolean answers() {
        try {
            adapter.observe(List.of(key("any").workload()));
            return true;
        } catch (AdapterException notNow) {
            return false;
        }
    }

    int statisticsPort() {
        return statistics;
    }

    @Override
    public void close() throws IOException {
        adapters.forEach(HaproxyAdapter::end);
        processes.close();
        replicas.forEach(ReplicaServer::close);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
