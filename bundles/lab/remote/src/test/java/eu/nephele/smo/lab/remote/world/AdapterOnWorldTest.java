// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.remote.RemoteFederation;
import eu.nephele.smo.lab.remote.wire.Messages.ChangesMessage;
import eu.nephele.smo.lab.remote.wire.WireJson;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ports, over the wire, on a real world. */
class AdapterOnWorldTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "shop"), "web");
    private static final ClusterId C1 = new ClusterId(RemoteFederation.SOURCE, "c1");
    private static final ClusterId C2 = new ClusterId(RemoteFederation.SOURCE, "c2");
    private static final String OWNER = "instance-1";
    private static final long PATIENCE_SECONDS = 20;

    private WorldServer world;
    private RemoteFederation adapter;

    @BeforeEach
    void start() throws IOException {
        start(Duration.ofMillis(20));
    }

    private void start(Duration terminationDelay) throws IOException {
        Scenario scenario =
                ScenarioFile.builtIn().withStartupDelay(Duration.ofMillis(20)).withTerminationDelay(terminationDelay);
        SimulatedFederation federation = SimulatedFederation.inRealTime(scenario, 1);
        world = new WorldServer(federation, WorldOptions.DEFAULTS, 0);
        adapter = new RemoteFederation(world.url(), SECOND, SECOND.multipliedBy(5), SECOND);
    }

    @AfterEach
    void end() {
        adapter.close();
        world.close();
    }

    @Test
    void anInstalledReleaseIsReadBackAsItWasWritten() {
        ReleaseState written = adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        assertThat(written.digest()).isEqualTo(install(1, "web:1", C1).digest());
        assertThat(written.owner()).isEqualTo(OWNER);
        assertThat(adapter.deployer().state(WEB)).contains(written);
        assertThat(adapter.deployer().owned()).containsExactly(written);
        adapter.deployer().ensureRemoved(new StepKey(WEB, 2, "remove"), OWNER);
        adapter.deployer().ensureRemoved(new StepKey(WEB, 2, "remove"), OWNER);
        assertThat(adapter.deployer().state(WEB)).isEmpty();
        assertThat(world.report().writes().removals()).isEqualTo(1);
    }

    @Test
    void ensuringWhatIsThereWritesNothing() {
        for (int i = 0; i < 3; i++) {
            adapter.deployer().ensureInstalled(install(1, "web:1", C1));
            adapter.runtime().ensureShares(new StepKey(WEB, 1, "scale"), List.of(new Share(C1, 3)));
            adapter.alertRules().ensure(WEB, rule("up == 0"), OWNER);
        }
        WriteReport writes = world.report().writes();
        assertThat(writes.releases()).isEqualTo(1);
        assertThat(writes.shares()).isEqualTo(1);
        assertThat(writes.rules()).isEqualTo(1);
        assertThat(writes.doubled()).isZero();
    }

    @Test
    void whatOthersOwnStays() {
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        adapter.deployer().ensureRemoved(new StepKey(WEB, 2, "remove"), "somebody else");
        assertThat(adapter.deployer().state(WEB)).isPresent();
        assertThat(world.report().writes().removals()).isZero();
    }

    @Test
    void replicasAsTheyAreNeedNoWriteWhoeverAsksForThem() {
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        adapter.runtime().ensureShares(new StepKey(WEB, 1, "scale"), List.of(new Share(C1, 1), new Share(C2, 0)));
        assertThat(world.report().writes().shares()).isZero();
        adapter.runtime().ensureShares(new StepKey(WEB, 2, "scale"), List.of(new Share(C1, 2)));
        adapter.runtime().ensureShares(new StepKey(WEB, 3, "scale"), List.of(new Share(C1, 2)));
        assertThat(world.report().writes().shares()).isEqualTo(1);
    }

    @Test
    void whatStillEndsElsewhereIsNoReasonToWriteAgain() throws Exception {
        end();
        start(Duration.ofHours(1));
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        eventually(() -> adapter.runtime().observe(List.of(WEB)).get(WEB), seen -> seen.readyReplicas() == 1);
        StepKey move = new StepKey(WEB, 2, "shares");
        adapter.runtime().ensureShares(move, List.of(new Share(C2, 1)));
        assertThat(adapter.runtime().observe(List.of(WEB)).get(WEB).byCluster()).containsOnlyKeys(C1, C2);
        adapter.runtime().ensureShares(move, List.of(new Share(C2, 1)));
        assertThat(world.report().writes().shares()).isEqualTo(1);
        assertThat(world.report().writes().doubled()).isZero();
    }

    @Test
    void whatDiffersIsWritten() {
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        adapter.deployer().ensureInstalled(install(2, "web:2", C1));
        adapter.deployer().ensureInstalled(install(3, "web:2", C2));
        adapter.alertRules().ensure(WEB, rule("up == 0"), OWNER);
        adapter.alertRules().ensure(WEB, rule("up == 1"), OWNER);
        WriteReport writes = world.report().writes();
        assertThat(writes.releases()).isEqualTo(3);
        assertThat(writes.rules()).isEqualTo(2);
        assertThat(writes.doubled()).isZero();
        assertThat(world.report().releases()).singleElement().satisfies(release -> {
            assertThat(release.artifact()).isEqualTo("oci://registry.example/web:2");
            assertThat(release.key()).isEqualTo("p/shop/web/3/install");
            assertThat(release.replicas()).isEqualTo(Map.of("c2", 1));
        });
    }

    @Test
    void whatOthersChangedIsWrittenAgainAndIsNotDoubled() throws Exception {
        for (String what : List.of("\"values\"", "\"delete-release\"", "\"rule\",\"event\":\"web is down\"")) {
            adapter.deployer().ensureInstalled(install(1, "web:1", C1));
            adapter.alertRules().ensure(WEB, rule("up == 0"), OWNER);
            String tamper = "{\"project\":\"p\",\"service\":\"web\",\"what\":%s}";
            assertThat(raw("POST", "/lab/tamper", tamper.formatted(what)))
                    .as(what)
                    .isEqualTo(204);
        }
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        adapter.alertRules().ensure(WEB, rule("up == 0"), OWNER);
        WriteReport writes = world.report().writes();
        assertThat(writes.releases()).isEqualTo(3);
        assertThat(writes.rules()).isEqualTo(2);
        assertThat(writes.doubled()).isZero();
    }

    @Test
    void aClientThatWritesWithoutLookingIsFoundOut() throws Exception {
        String body = """
                {"workload":{"graph":{"project":"p","name":"shop"},"service":"web"},"owner":"x",\
                "rule":{"id":"down","promQuery":"up","gracePeriod":"PT1S","description":""}}""";
        for (int i = 0; i < 3; i++) {
            assertThat(raw("PUT", "/rules/p/shop/web/down", body)).isEqualTo(204);
        }
        assertThat(world.report().writes().doubled()).isEqualTo(2);
        assertThat(world.report().writes().firstDoubled()).containsOnly("rule p/shop/web/down");
    }

    @Test
    void aReleaseWrittenTwiceUnderOneKeyIsDoubledUnderAnotherItIsNot() throws Exception {
        WireJson wire = new WireJson();
        for (long assignment : new long[] {1, 1, 2}) {
            String body = new String(wire.bytes(install(assignment, "web:1", C1)), StandardCharsets.UTF_8);
            assertThat(raw("PUT", "/releases/p/shop/web", body)).isEqualTo(200);
        }
        assertThat(world.report().writes().releases()).isEqualTo(3);
        assertThat(world.report().writes().firstDoubled()).containsExactly("release p/shop/web/1/install");
    }

    @Test
    void sharesAreObservedPerCluster() throws Exception {
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        adapter.runtime().ensureShares(new StepKey(WEB, 2, "move"), List.of(new Share(C1, 1), new Share(C2, 2)));
        eventually(() -> adapter.runtime().observe(List.of(WEB)).get(WEB), seen -> seen.readyReplicas() == 3);
        assertThat(adapter.runtime().observe(List.of(WEB)).get(WEB).byCluster()).satisfies(clusters -> {
            assertThat(clusters.get(C1).desiredReplicas()).isEqualTo(1);
            assertThat(clusters.get(C2).requested()).isEqualTo(perReplica().times(2));
        });
        assertThat(adapter.runtime().observe(List.of())).isEmpty();
    }

    /** Pods end after their release; on an unavailable cluster their end is not visible. */
    @Test
    void whatEndsAfterItsReleaseIsLookedFor() throws Exception {
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        eventually(() -> adapter.runtime().observe(List.of(WEB)).get(WEB), seen -> seen.readyReplicas() == 1);
        assertThat(raw("POST", "/lab/clusters/c1/fail", "")).isEqualTo(204);
        adapter.deployer().ensureRemoved(new StepKey(WEB, 2, "remove"), OWNER);
        assertThat(adapter.runtime().observe(List.of(WEB))).isEmpty();
        assertThat(adapter.runtime().remains(List.of(WEB), Set.of(C1)).get(WEB).unseen())
                .containsOnlyKeys(C1)
                .hasEntrySatisfying(C1, why -> assertThat(why).contains("not ready"));
        assertThat(raw("POST", "/lab/clusters/c1/restore", "")).isEqualTo(204);
        eventually(() -> adapter.runtime().remains(List.of(WEB), Set.of(C1)), Map::isEmpty);
        assertThat(adapter.runtime().remains(List.of(), Set.of(C1))).isEmpty();
    }

    @Test
    void rulesAreFoundByTheirOwner() {
        adapter.alertRules().ensure(WEB, rule("up == 0"), OWNER);
        assertThat(adapter.alertRules().owned(OWNER)).isEqualTo(Map.of(WEB, Set.of("web is down")));
        assertThat(adapter.alertRules().owned("somebody else")).isEmpty();
        adapter.alertRules().remove(WEB, "web is down");
        adapter.alertRules().remove(WEB, "web is down");
        assertThat(adapter.alertRules().owned(OWNER)).isEmpty();
    }

    @Test
    void clustersSignalsAndMetricsComeAcross() throws Exception {
        List<ClusterState> clusters = eventually(this::clusters, seen -> seen.size() == 3);
        assertThat(clusters).extracting(it -> it.id().name()).containsExactly("c1", "c2", "c3");
        assertThat(adapter.signals().signals(List.of(C1)).keySet()).containsExactly(C1);
        assertThat(adapter.signals().signals(List.of(C1)).get(C1).forecast()).isNotEmpty();
        assertThat(adapter.signals().latencyMillis(List.of(C1, C2)).get(C1)).containsOnlyKeys(C1, C2);
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        raw("POST", "/lab/load", "{\"service\":\"web\",\"requestsPerSecond\":7.5}");
        MetricQuery asked = new MetricQuery(MetricQuery.REQUEST_RATE, WEB, SECOND, Optional.empty());
        MetricQuery unknown = new MetricQuery("colour", WEB, SECOND, Optional.of("x"));
        Map<MetricQuery, Double> values =
                eventually(() -> adapter.metrics().instant(List.of(unknown, asked)), seen -> !seen.isEmpty());
        assertThat(values).isEqualTo(Map.of(asked, 7.5));
        Map<MetricQuery, List<LoadPoint>> past = eventually(
                () -> adapter.metrics().range(List.of(asked, unknown), SECOND, SECOND), seen -> !seen.isEmpty());
        assertThat(past).containsOnlyKeys(asked);
    }

    @Test
    void changesAreTold() throws Exception {
        eventually(this::clusters, seen -> seen.size() == 3);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Subscription clusters = adapter.clusters().subscribe(() -> told.add("clusters"));
        Subscription workloads = adapter.runtime().subscribe(ref -> told.add(ref.toString()));
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("p/shop/web");
        assertThat(raw("POST", "/lab/clusters/c2/fail", "")).isEqualTo(204);
        eventually(() -> told, seen -> seen.contains("clusters"));
        assertThat(clusters())
                .filteredOn(it -> !it.ready())
                .extracting(ClusterState::id)
                .containsExactly(C2);
        clusters.close();
        workloads.close();
    }

    @Test
    void onlyClustersThatChangedAreTold() throws Exception {
        ChangesMessage all = changes("", 0, 0, 0);
        assertThat(all.clusters()).hasSize(3);
        assertThat(all.complete()).isTrue();
        adapter.deployer().ensureInstalled(install(1, "web:1", C2));
        ChangesMessage some = changes(all.history(), all.next(), all.version(), PATIENCE_SECONDS);
        assertThat(some.clusters()).extracting(ClusterState::id).containsExactly(C2);
        assertThat(some.complete()).isFalse();
        assertThat(some.workloads()).containsExactly(WEB);
        assertThat(changes(some.history(), some.next(), some.version(), 0).clusters())
                .isEmpty();
        ChangesMessage stranger = changes("another", some.next(), some.version(), 0);
        assertThat(stranger.missed()).isTrue();
        assertThat(stranger.complete()).isTrue();
        assertThat(stranger.clusters()).hasSize(3);
    }

    @Test
    void aClusterThatLeftIsNotListedAnyMore() throws Exception {
        eventually(this::clusters, seen -> seen.size() == 3);
        assertThat(raw("DELETE", "/lab/clusters/c3", "")).isEqualTo(204);
        List<ClusterState> left = eventually(this::clusters, seen -> seen.size() == 2);
        assertThat(left).extracting(ClusterState::id).containsExactly(C1, C2);
    }

    /** The numbers of the new world are not valid for the old one. */
    @Test
    void aWorldThatBeganAnewIsReadAnew() throws Exception {
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        eventually(this::clusters, seen -> allocatedOn(seen, C1) > 0);
        BlockingQueue<WorkloadRef> told = new LinkedBlockingQueue<>();
        adapter.runtime().subscribe(told::add);
        int port = world.port();
        world.close();
        SimulatedFederation other = SimulatedFederation.inRealTime(ScenarioFile.builtIn(), 1);
        other.removeCluster("c3");
        other.deployer().ensureInstalled(install(1, "web:1", C2));
        told.clear();
        world = new WorldServer(other, WorldOptions.DEFAULTS, port);
        List<ClusterState> seen = eventually(this::clusters, clusters -> clusters.size() == 2);
        assertThat(allocatedOn(seen, C1)).isZero();
        assertThat(allocatedOn(seen, C2)).isEqualTo(perReplica().cpuMillis());
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(WEB);
    }

    private static long allocatedOn(List<ClusterState> clusters, ClusterId cluster) {
        return clusters.stream()
                .filter(state -> state.id().equals(cluster))
                .mapToLong(state -> state.allocated().cpuMillis())
                .sum();
    }

    private ChangesMessage changes(String history, long since, long version, long waitSeconds)
            throws IOException, InterruptedException {
        String path = "/changes?history=%s&since=%d&version=%d&waitMillis=%d"
                .formatted(history, since, version, TimeUnit.SECONDS.toMillis(waitSeconds));
        byte[] body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.url().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        return new WireJson().read(body, new TypeReference<ChangesMessage>() {});
    }

    @Test
    void theWorldsRefusalsKeepTheirKind() {
        assertThatThrownBy(() -> adapter.runtime().ensureShares(new StepKey(WEB, 1, "x"), List.of(new Share(C1, 1))))
                .isInstanceOfSatisfying(AdapterException.class, e -> {
                    assertThat(e.kind()).isEqualTo(AdapterException.Kind.NOT_FOUND);
                    assertThat(e.system()).isEqualTo("world");
                });
        adapter.deployer().ensureInstalled(install(1, "web:1", C1));
        WorkloadRef rival = new WorkloadRef(new GraphId("p", "rival"), "web");
        InstallRequest taken = new InstallRequest(
                new StepKey(rival, 1, "install"),
                artifact("web:1"),
                JsonObject.EMPTY,
                List.of(ClusterTarget.of(C1)),
                1,
                perReplica(),
                1,
                OWNER,
                Set.of());
        assertThatThrownBy(() -> adapter.deployer().ensureInstalled(taken))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(AdapterException.Kind.CONFLICT));
    }

    @Test
    void anOutageOfThePartIsUnavailable() throws Exception {
        assertThat(raw("POST", "/lab/outages/deployer", "")).isEqualTo(204);
        assertThatThrownBy(() -> adapter.deployer().ensureInstalled(install(1, "web:1", C1)))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(AdapterException.Kind.UNAVAILABLE));
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        assertThat(raw("PUT", "/releases/p/shop/web", "{")).isEqualTo(400);
        assertThat(raw("POST", "/lab/load", "[]")).isEqualTo(400);
        assertThat(raw("POST", "/lab/clusters/c9/fail", "")).isEqualTo(404);
        assertThat(raw("GET", "/nowhere", "")).isEqualTo(404);
        assertThat(raw("GET", "/changes?since=x", "")).isEqualTo(400);
        assertThat(raw("GET", "/world/snapshot", "")).isEqualTo(200);
    }

    private List<ClusterState> clusters() {
        try {
            return adapter.clusters().clusters();
        } catch (AdapterException notYet) {
            return List.of();
        }
    }

    private int raw(String method, String path, String body) throws IOException, InterruptedException {
        URI uri = world.url().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private interface Look<T> {
        T at();
    }

    /** The other side has threads of its own; the limit is for machines that are busy. */
    private static <T> T eventually(Look<T> look, Predicate<T> expected) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        T seen = look.at();
        while (!expected.test(seen) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
            seen = look.at();
        }
        assertThat(expected.test(seen)).as("as expected: %s", seen).isTrue();
        return seen;
    }

    private static InstallRequest install(long assignment, String image, ClusterId cluster) {
        JsonObject values = new JsonObject(Map.of("ratio", new JsonNumber(new BigDecimal("1.50"))))
                .with("many", JsonNumber.of(1e21));
        return new InstallRequest(
                new StepKey(WEB, assignment, "install"),
                artifact(image),
                values,
                List.of(ClusterTarget.of(cluster)),
                1,
                perReplica(),
                assignment,
                OWNER,
                Set.of());
    }

    private static Artifact artifact(String image) {
        return new Artifact("oci://registry.example/" + image, "App", "HELM", "HELM", JsonObject.EMPTY);
    }

    private static Resources perReplica() {
        return new Resources(250, 1 << 20, 0, 0);
    }

    private static EventRule rule(String query) {
        return new EventRule("web is down", query, Duration.ofSeconds(90), "It is \"down\"");
    }
}
