// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.adapters.grafana.FakeGrafana.Saved;
import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** State of Grafana after calls, and the requests on the way. */
class GrafanaPublisherTest {

    private static final Graph SHOP = Samples.graph("brussels", "shop", "cart", "pay");
    private static final ClusterId EDGE = new ClusterId("karmada", "edge-1");
    private static final DashboardOwnership OURS = new DashboardOwnership("smo");
    private static final String FOLDER = OURS.projectFolder("brussels");

    private FakeGrafana grafana;
    private GrafanaPublisher publisher;

    @BeforeEach
    void open() throws IOException {
        grafana = new FakeGrafana();
        publisher = publisher(Map.of());
    }

    @AfterEach
    void close() {
        publisher.end();
        grafana.close();
    }

    @Test
    void aGraphHasADashboardForItselfAndEachService() {
        URI address = publisher.ensureGraph(SHOP);
        assertThat(address).hasToString(grafana.url() + "/d/" + OURS.graph(SHOP.id()));
        assertThat(titles())
                .containsExactlyInAnyOrder("shop (graph)", "cart (service of shop)", "pay (service of shop)");
        assertThat(grafana.folders).containsExactly(Map.entry(FOLDER, "brussels"));
        assertThat(grafana.dashboards.values()).allMatch(saved -> saved.folder().equals(FOLDER));
    }

    @Test
    void peopleAreSentToThePublicAddress() {
        GrafanaPublisher behindAProxy = publisher(Map.of("publicUrl", "https://monitoring.example/grafana/"));
        assertThat(behindAProxy.ensureCluster(EDGE))
                .hasToString("https://monitoring.example/grafana/d/" + OURS.cluster(EDGE));
        behindAProxy.end();
    }

    @Test
    void whatIsThereAlreadyIsNotSentAgain() {
        publisher.ensureGraph(SHOP);
        publisher.ensureCluster(EDGE);
        List<String> writes = grafana.writes();
        assertThat(writes).hasSize(6);
        publisher.ensureGraph(SHOP);
        publisher.ensureCluster(EDGE);
        publisher.ensureService(new WorkloadRef(SHOP.id(), "cart"));
        assertThat(grafana.writes()).isEqualTo(writes);
    }

    @Test
    void changesOfPeopleStayUntilSomethingOfOursChanges() {
        publisher.ensureCluster(EDGE);
        Saved saved = grafana.dashboards.get(OURS.cluster(EDGE));
        saved.json().put("title", "my edge").put("version", 9);
        publisher.ensureCluster(EDGE);
        assertThat(titles()).containsExactly("my edge");
        GrafanaPublisher slower = publisher(Map.of("refreshSeconds", 60));
        slower.ensureCluster(EDGE);
        slower.end();
        assertThat(titles()).containsExactly("edge-1 (cluster of karmada)");
        Saved replaced = grafana.dashboards.get(OURS.cluster(EDGE));
        assertThat(replaced.version()).isEqualTo(10);
        assertThat(replaced.json().path("refresh").asText()).isEqualTo("60s");
    }

    @Test
    void aForeignDashboardWithTheSameUidIsNotReplacedAndNotRemoved() {
        ObjectNode foreign = JsonNodeFactory.instance
                .objectNode()
                .put("uid", OURS.graph(SHOP.id()))
                .put("title", "of somebody else")
                .put("version", 1);
        foreign.putArray("tags").add("smo").add("smo-owner:another");
        grafana.folders.put(FOLDER, "brussels");
        grafana.put(FOLDER, foreign);
        AdapterException failure = failure(() -> publisher.ensureGraph(SHOP));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("of somebody else").hasMessageContaining("smo-owner:smo");
        assertThat(grafana.writes()).isEmpty();
        publisher.removeGraph(SHOP.id());
        assertThat(titles()).containsExactly("of somebody else");
    }

    @Test
    void aConcurrentlySavedDashboardIsReadBeforeItIsReplaced() {
        publisher.ensureCluster(EDGE);
        Saved saved = grafana.dashboards.get(OURS.cluster(EDGE));
        AtomicInteger others = new AtomicInteger(2);
        grafana.beforeSave = () -> {
            if (others.getAndDecrement() > 0) {
                saved.json().put("version", saved.version() + 1);
            }
        };
        GrafanaPublisher slower = publisher(Map.of("refreshSeconds", 60));
        slower.ensureCluster(EDGE);
        assertThat(grafana.dashboards
                        .get(OURS.cluster(EDGE))
                        .json()
                        .path("refresh")
                        .asText())
                .isEqualTo("60s");
        slower.end();

        Saved again = grafana.dashboards.get(OURS.cluster(EDGE));
        grafana.beforeSave = () -> again.json().put("version", again.version() + 1);
        AdapterException failure = failure(() -> publisher.ensureCluster(EDGE));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("another client changed it");

        grafana.beforeSave = () -> {
            again.json().put("version", again.version() + 1);
            again.json().putArray("tags").add("taken over");
        };
        assertThat(failure(() -> publisher.ensureCluster(EDGE))).hasMessageContaining("is not replaced");
    }

    @Test
    void aTitleThatIsTakenIsReportedWithGrafanasWords() {
        grafana.folders.put(FOLDER, "brussels");
        grafana.put(
                FOLDER, JsonNodeFactory.instance.objectNode().put("uid", "x").put("title", "shop (graph)"));
        AdapterException failure = failure(() -> publisher.ensureGraph(SHOP));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("same name in the folder").hasMessageContaining("'brussels'");
    }

    @Test
    void aFolderOfTheSameTitleThatIsNotOursIsReported() {
        grafana.folders.put("somebody-elses", "brussels");
        AdapterException failure = failure(() -> publisher.ensureGraph(SHOP));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("Create the folder 'brussels'").hasMessageContaining("rename");
        assertThat(grafana.dashboards).isEmpty();
    }

    @Test
    void dashboardsOfServicesThatTheGraphNoLongerHasGo() {
        publisher.ensureGraph(SHOP);
        publisher.ensureGraph(Samples.graph("brussels", "shop", "cart", "mail"));
        assertThat(titles())
                .containsExactlyInAnyOrder("shop (graph)", "cart (service of shop)", "mail (service of shop)");
    }

    @Test
    void copiesThatPeopleMakeWithAllTagsAreTheirs() {
        publisher.ensureGraph(SHOP);
        ObjectNode copy = grafana.dashboards
                .get(OURS.service(new WorkloadRef(SHOP.id(), "cart")))
                .json()
                .deepCopy()
                .put("uid", "a1b2c3d4e5f6g7")
                .put("title", "my cart");
        grafana.put(FOLDER, copy);
        publisher.ensureGraph(SHOP);
        assertThat(titles()).contains("my cart");
        publisher.removeGraph(SHOP.id());
        assertThat(titles()).containsExactly("my cart");
        assertThat(grafana.folders).containsKey(FOLDER);
    }

    @Test
    void aSearchThatIsBehindDoesNotMakeAFolderLookEmpty() {
        Graph other = Samples.graph("brussels", "other", "web");
        publisher.ensureGraph(SHOP);
        grafana.searchIsBehind = true;
        publisher.ensureGraph(other);
        publisher.removeGraph(SHOP.id());
        assertThat(titles()).containsExactlyInAnyOrder("other (graph)", "web (service of other)");
        grafana.searchIsBehind = false;
        publisher.removeGraph(other.id());
        assertThat(grafana.dashboards).isEmpty();
        assertThat(grafana.folders).isEmpty();
    }

    @Test
    void dashboardsRemovedByUsersDoNotKeepTheFolder() {
        publisher.ensureGraph(SHOP);
        grafana.dashboards.clear();
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.folders).isEmpty();
    }

    private static void awaitBlocked(Thread thread) {
        Await.until(
                "the thread waits",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void aCallThatWaitsForAFolderCanBeInterrupted() throws Exception {
        publisher.ensureGraph(SHOP);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        grafana.beforeFolderDelete = () -> {
            writing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        };
        ExecutorService removing = Executors.newSingleThreadExecutor();
        CompletableFuture<Thread> waits = new CompletableFuture<>();
        ExecutorService waiting = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "waits");
            waits.complete(thread);
            return thread;
        });
        try {
            Future<?> first = removing.submit(() -> publisher.removeGraph(SHOP.id()));
            assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
            Future<AdapterException> second =
                    waiting.submit(() -> failure(() -> publisher.ensureGraph(Samples.graph("brussels", "o", "w"))));
            awaitBlocked(waits.get(20, TimeUnit.SECONDS));
            waiting.shutdownNow();
            assertThat(second.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(second.get()).hasMessageContaining("interrupted");
            goOn.countDown();
            first.get(5, TimeUnit.SECONDS);
        } finally {
            goOn.countDown();
            removing.shutdownNow();
            waiting.shutdownNow();
        }
    }

    @Test
    void removalTakesTheGraphsDashboardsAndTheEmptyFolder() {
        Graph other = Samples.graph("brussels", "other", "web");
        publisher.ensureGraph(SHOP);
        publisher.ensureGraph(other);
        publisher.ensureCluster(EDGE);
        publisher.removeGraph(SHOP.id());
        assertThat(titles())
                .containsExactlyInAnyOrder("other (graph)", "web (service of other)", "edge-1 (cluster of karmada)");
        assertThat(grafana.folders).containsKey(FOLDER);
        publisher.removeGraph(other.id());
        assertThat(titles()).containsExactly("edge-1 (cluster of karmada)");
        assertThat(grafana.folders.values()).containsExactly("SMO clusters");
        publisher.removeGraph(other.id());
        assertThat(titles()).containsExactly("edge-1 (cluster of karmada)");
    }

    @Test
    void aRemovalThatFailedHalfwayIsWholeAfterTheNextTry() {
        grafana.searchIsBehind = true;
        publisher.ensureGraph(SHOP);
        grafana.answers("DELETE", "/api/dashboards/uid/" + OURS.service(new WorkloadRef(SHOP.id(), "pay")), 503, "{}");
        assertThat(failure(() -> publisher.removeGraph(SHOP.id())).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(titles()).containsExactlyInAnyOrder("shop (graph)", "pay (service of shop)");
        grafana.answersByItself();
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.dashboards).isEmpty();
        assertThat(grafana.folders).isEmpty();
    }

    @Test
    void aFolderWithSomethingOfPeopleStays() {
        publisher.ensureGraph(SHOP);
        grafana.put(
                FOLDER, JsonNodeFactory.instance.objectNode().put("uid", "x").put("title", "mine"));
        publisher.removeGraph(SHOP.id());
        assertThat(titles()).containsExactly("mine");
        assertThat(grafana.folders).containsKey(FOLDER);
    }

    @Test
    void aFolderWithAlertRulesStays() {
        publisher.ensureGraph(SHOP);
        grafana.withRules.add(FOLDER);
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.dashboards).isEmpty();
        assertThat(grafana.folders).containsKey(FOLDER);
    }

    @Test
    void anOldGrafanaWhoseSearchKnowsNoFoldersLosesNothing() {
        grafana.searchesFolders = false;
        publisher.ensureGraph(SHOP);
        IntStream.range(0, 1500)
                .forEach(i -> grafana.put(
                        "elsewhere", JsonNodeFactory.instance.objectNode().put("uid", "a" + i)));
        grafana.put(
                FOLDER, JsonNodeFactory.instance.objectNode().put("uid", "z").put("title", "mine"));
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.dashboards).hasSize(1501);
        grafana.dashboards.remove("z");
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.folders).isEmpty();
    }

    @Test
    void aSearchThatIsBehindHidesNothing() {
        publisher.removeGraph(SHOP.id());
        grafana.searchIsBehind = true;
        publisher.ensureGraph(SHOP);
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.dashboards).isEmpty();
    }

    @Test
    void twoInstallationsDoNotMeet() {
        GrafanaPublisher other = publisher(Map.of("owner", "other", "clustersFolder", "Other clusters"));
        publisher.ensureCluster(EDGE);
        other.ensureCluster(EDGE);
        assertThat(grafana.dashboards).hasSize(2);
        other.ensureGraph(SHOP);
        publisher.removeGraph(SHOP.id());
        assertThat(titles()).hasSize(5);
        other.end();
    }

    @Test
    void theTokenWinsOverUserAndPassword() {
        GrafanaPublisher both =
                publisher(Map.of("token", "test:token", "username", "admin", "password", "test:password"));
        both.ensureCluster(EDGE);
        both.end();
        assertThat(grafana.credentials).containsOnly("Bearer the-token");
        grafana.credentials.clear();
        GrafanaPublisher basic = publisher(Map.of("username", "admin", "password", "test:password"));
        basic.ensureCluster(EDGE);
        basic.end();
        assertThat(grafana.credentials).containsOnly("Basic YWRtaW46dGhlLXBhc3N3b3Jk");
    }

    @Test
    void nothingOfOursComesIntoAFolderThatIsBeingRemoved() throws Exception {
        publisher.ensureGraph(SHOP);
        Graph other = Samples.graph("brussels", "other", "web");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        List<Future<URI>> coming = new CopyOnWriteArrayList<>();
        grafana.beforeFolderDelete = () -> {
            coming.add(thread.submit(() -> publisher.ensureGraph(other)));
            // time enough for it to arrive, if it were admitted
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> coming.get(0).get(300, TimeUnit.MILLISECONDS));
        };
        try {
            publisher.removeGraph(SHOP.id());
            coming.get(0).get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
        assertThat(titles()).containsExactlyInAnyOrder("other (graph)", "web (service of other)");
    }

    @Test
    void manyGraphsOfOneProjectComeAndGoAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> runs = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> {
                        Graph graph = Samples.graph("brussels", "g" + i, "s" + i);
                        start.await();
                        publisher.ensureGraph(graph);
                        if (i % 2 == 0) {
                            publisher.removeGraph(graph.id());
                        }
                        return i;
                    }))
                    .toList();
            start.countDown();
            for (Future<Integer> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(grafana.dashboards).hasSize(16);
        assertThat(grafana.folders).hasSize(1);
    }

    private List<String> titles() {
        return grafana.dashboards.values().stream()
                .map(saved -> saved.json().path("title").asText())
                .toList();
    }

    private GrafanaPublisher publisher(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("url", grafana.url());
        return new GrafanaPublisher(systems(), Configured.with(values));
    }

    private static JdkHttpSystems systems() {
        JdkHttpSystems systems = new JdkHttpSystems(Path.of(""));
        systems.addSecrets(
                reference -> Optional.of("the-" + reference.substring("test:".length())),
                Map.of("smo.secret.scheme", "test"));
        return systems;
    }

    private static AdapterException failure(Runnable work) {
        AdapterException failure = catchThrowableOfType(AdapterException.class, work::run);
        assertThat(failure).isNotNull();
        assertThat(failure.system()).isEqualTo("grafana");
        return failure;
    }
}
