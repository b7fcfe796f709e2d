// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.helm.RealServers.RealServer;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.ForeignRelease.Difference;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Helm against two real API servers. */
@Tag("api-server")
class RealHelmTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final JsonObject VALUES = Bench.values("{\"word\": \"hello\", \"clustersAffinity\": [\"c1\"]}");

    private static final String THEIRS = "{\"word\": \"theirs\", \"dbPassword\": \"hunter1\"}";
    private static final JsonObject OURS = Bench.values("{\"word\": \"ours\", \"dbPassword\": \"hunter2\"}");

    @TempDir
    static Path folder;

    private static RealServers servers;
    private static RealServer one;
    private static Bench bench;
    private static KubernetesClient client1;
    private static KubernetesClient client2;

    /** Each test has a release of its own. */
    private final String name = "video-" + NUMBERS.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        servers = RealServers.start(folder);
        one = servers.server("one");
        RealServer two = servers.server("two");
        bench = new Bench(folder, Bench.settings())
                .cluster("c1", one.kubeconfig(RealServers.ADMIN))
                .cluster("c2", two.kubeconfig(RealServers.ADMIN));
        bench.charts.with(
                Bench.CHART,
                "video",
                Map.of(
                        "values.yaml",
                        "replicas: 1\nword: none\n",
                        "templates/deployment.yaml",
                        TestCharts.DEPLOYMENT,
                        "templates/map.yaml",
                        TestCharts.CONFIG_MAP));
        client1 = client(one);
        client2 = client(two);
    }

    @AfterAll
    static void end() {
        if (bench != null) {
            bench.close();
            client1.close();
            client2.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void installsWithMarksAndStartsWithTheReplicasThatAreWanted() {
        ReleaseState state = bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));

        assertThat(state.status()).isEqualTo(Status.DEPLOYED);
        assertThat(state.digest()).isEqualTo(ReleaseState.digestOf(Bench.CHART, VALUES));
        assertThat(state.owner()).isEqualTo(Bench.OWNER);
        assertThat(state.message()).isEmpty();
        assertThat(replicas(client1)).isEqualTo(2);
        ObjectMeta secret = secret(client1, 1).getMetadata();
        assertThat(secret.getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "smo")
                .containsEntry("smo.nephele.eu/owner", Bench.OWNER)
                .containsEntry("smo.nephele.eu/project", "demo")
                .containsEntry("smo.nephele.eu/graph", ReleaseLabels.value("a graph"))
                .containsEntry("smo.nephele.eu/service", name);
        assertThat(secret.getAnnotations())
                .containsEntry("smo.nephele.eu/workload", "demo/a graph/" + name)
                .containsEntry("smo.nephele.eu/key", "demo/a graph/" + name + "/1/install")
                .containsEntry("smo.nephele.eu/generation", "7");
        assertThat(client1.namespaces().withName("demo").get().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "smo");
        assertThat(client1.secrets()
                        .inNamespace("demo")
                        .withName("smo.install." + name)
                        .get())
                .isNull();
        assertThat(bench.deployer.state(Bench.workload(name))).contains(state);
        assertThat(bench.deployer.owned()).contains(state);
    }

    @Test
    void podsAskForTheRequestsOfTheValuesWhereTheChartHasResources() {
        String sized = "oci://example.org/charts/sized:1.0.0";
        bench.charts.with(
                sized,
                "sized",
                Map.of(
                        "values.yaml",
                        "replicas: 1\nresources:\n  limits: {cpu: \"2\"}\n",
                        "templates/deployment.yaml",
                        TestCharts.DEPLOYMENT.replace(
                                "image: \"example.org/none:1\"}",
                                "image: \"example.org/none:1\", resources: {{ toJson .Values.resources }}}")));
        JsonObject defaults = bench.deployer
                .defaultValues(
                        bench.request(1, "install", name, sized, VALUES, "c1").artifact())
                .orElseThrow();
        assertThat(defaults.get("resources")).isPresent();
        JsonObject values = Bench.values("{\"resources\": {\"requests\": {\"cpu\": \"500m\", \"memory\": \"512Mi\"}}}");
        bench.deployer.ensureInstalled(bench.request(1, "install", name, sized, values, "c1"));

        ResourceRequirements asked = client1.apps()
                .deployments()
                .inNamespace("demo")
                .withName(name)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getResources();
        assertThat(asked.getRequests().get("cpu")).hasToString("500m");
        assertThat(asked.getRequests().get("memory")).hasToString("512Mi");
        assertThat(asked.getLimits().get("cpu")).as("of the chart").hasToString("2");
        assertThat(bench.deployer
                        .defaultValues(bench.request(name, VALUES, "c1").artifact())
                        .orElseThrow()
                        .get("resources"))
                .as("a chart without them")
                .isEmpty();
    }

    @Test
    void doesNothingWhenItIsInstalledLikeThatButNotesTheDecision() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        long before =
                secret(client1, 1).getMetadata().getLabels().get("modifiedAt").hashCode();

        ReleaseState again =
                bench.deployer.ensureInstalled(bench.request(5, "install", name, Bench.CHART, VALUES, "c1"));

        assertThat(again.revision()).isEqualTo(1);
        assertThat((long) secret(client1, 1)
                        .getMetadata()
                        .getLabels()
                        .get("modifiedAt")
                        .hashCode())
                .isEqualTo(before);
        assertThat(bench.deployer.state(Bench.workload(name)).orElseThrow().assignment())
                .isEqualTo(5);
    }

    @Test
    void upgradesToOtherValuesAndForgetsTheOldOnesAndKeepsFewRevisions() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        for (int i = 2; i <= 5; i++) {
            JsonObject values = Bench.values("{\"clustersAffinity\": [\"c1\"], \"n\": " + i + "}");
            ReleaseState state = bench.deployer.ensureInstalled(bench.request(name, values, "c1"));

            assertThat(state.revision()).isEqualTo(i);
            assertThat(state.digest()).isEqualTo(ReleaseState.digestOf(Bench.CHART, values));
        }
        assertThat(word(client1)).isEqualTo("none");
        assertThat(history(client1)).hasSize(3);
        assertThat(secret(client1, 5).getMetadata().getLabels()).containsEntry("smo.nephele.eu/owner", Bench.OWNER);
    }

    @Test
    void theSameReferenceWithAnotherChartIsAnUpgrade() {
        String reference = "oci://example.org/charts/moving:latest";
        bench.charts.with(reference, "moving", Map.of("templates/map.yaml", TestCharts.CONFIG_MAP));
        InstallRequest request = bench.request(1, "install", name, reference, VALUES, "c1");
        bench.deployer.ensureInstalled(request);

        bench.charts.with(
                reference, "moving", Map.of("templates/map.yaml", TestCharts.CONFIG_MAP.replace("word:", "other:")));

        assertThat(bench.deployer.ensureInstalled(request).revision()).isEqualTo(2);
        assertThat(bench.deployer.ensureInstalled(request).revision()).isEqualTo(2);
        bench.charts.away = true;
        try {
            assertThat(bench.deployer.ensureInstalled(request).revision()).isEqualTo(2);
        } finally {
            bench.charts.away = false;
        }
    }

    @Test
    void whatSomebodyRemovedIsInstalledAnew() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        byHand("uninstall", Map.of());

        assertThat(bench.deployer.state(Bench.workload(name))).isEmpty();
        assertThat(bench.deployer
                        .ensureInstalled(bench.request(name, VALUES, "c1"))
                        .revision())
                .isEqualTo(1);
    }

    @Test
    void whatSomebodyChangedHasAnotherDigestAndIsPutBack() {
        InstallRequest request = bench.request(name, VALUES, "c1");
        bench.deployer.ensureInstalled(request);
        byHand("upgrade", Map.of(Frame.VALUES, "{\"word\": \"changed\"}"));

        ReleaseState changed = bench.deployer.state(Bench.workload(name)).orElseThrow();
        assertThat(changed.digest()).isNotEqualTo(request.digest());
        assertThat(changed.owner()).isEqualTo(Bench.OWNER);
        assertThat(changed.message()).contains("somebody else");

        assertThat(bench.deployer.ensureInstalled(request).digest()).isEqualTo(request.digest());
        assertThat(word(client1)).isEqualTo("hello");
    }

    @Test
    void aReleaseOfSomebodyElseIsLeftAlone() {
        byHand("install", Map.of(Frame.DESCRIPTION, "made by the old way"));

        assertThatThrownBy(() -> bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1")))
                .isInstanceOf(AdapterException.class)
                .hasFieldOrPropertyWithValue("kind", Kind.CONFLICT)
                .hasMessageContaining("made by the old way")
                .hasMessageContaining("plan");
        bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);
        assertThat(history(client1)).hasSize(1);
        assertThat(bench.deployer.owned())
                .noneMatch(state -> state.workload().service().equals(name));
        assertThat(bench.deployer.state(Bench.workload(name)).orElseThrow().owner())
                .isEmpty();
    }

    @Test
    void aReleaseOfAnotherInstallationIsLeftAlone() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        InstallRequest theirs = ownedBy("installation-2", bench.request(name, VALUES, "c1"));

        assertThatThrownBy(() -> bench.deployer.ensureInstalled(theirs))
                .hasFieldOrPropertyWithValue("kind", Kind.CONFLICT)
                .hasMessageContaining(Bench.OWNER);
        bench.deployer.ensureRemoved(Bench.removal(name), "installation-2");
        assertThat(history(client1)).hasSize(1);
    }

    @Test
    void aReleaseOfSomebodyElseIsShownWithWhatChangesAndTakenOverOnlyAsItWasShown() {
        byHand("install", Map.of(Frame.DESCRIPTION, "made by the old way", Frame.VALUES, THEIRS));
        InstallRequest request = bench.request(name, OURS, "c1");

        ForeignRelease shown = foreign(request);
        assertThat(shown.place()).isEqualTo("c1");
        assertThat(shown.maker()).contains("somebody else", "video-", "revision 1", "made by the old way");
        assertThat(shown.differences())
                .contains(
                        difference("values", "/word", "theirs", "ours"),
                        difference("values", "/dbPassword", "(not shown)", "(not shown)"),
                        difference("ConfigMap/" + name, "/data/word", "theirs", "ours"))
                .noneMatch(difference -> difference.toString().contains("hunter"));
        assertThat(shown.omitted()).isZero();

        byHand("upgrade", Map.of(Frame.DESCRIPTION, "changed meanwhile"));
        assertThat(failure(adopting(request, shown)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(word(client1)).isEqualTo("none");

        ReleaseState taken = bench.deployer.ensureInstalled(adopting(request, foreign(request)));
        assertThat(taken.owner()).isEqualTo(Bench.OWNER);
        assertThat(taken.revision()).isEqualTo(3);
        assertThat(taken.digest()).isEqualTo(request.digest());
        assertThat(word(client1)).isEqualTo("ours");
        assertThat(bench.deployer.foreign(List.of(request))).isEmpty();
        assertThat(bench.deployer.ensureInstalled(request).revision()).isEqualTo(3);
        bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);
        assertThat(history(client1)).isEmpty();
    }

    @Test
    void aTakeoverThatWasCutOffGoesOn() {
        byHand("install", Map.of(Frame.DESCRIPTION, "made by the old way"));
        InstallRequest request = bench.request(name, VALUES, "c1");
        InstallRequest adopting = adopting(request, foreign(request));
        bench.charts.away = true;
        try {
            assertThat(failure(adopting).kind()).isEqualTo(Kind.UNAVAILABLE);
        } finally {
            bench.charts.away = false;
        }

        assertThat(bench.deployer.ensureInstalled(adopting).revision()).isEqualTo(2);
        assertThat(word(client1)).isEqualTo("hello");
    }

    @Test
    void whatAnInstallationThatIsNoMoreHasLeftIsTakenOver() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        InstallRequest mine = ownedBy("installation-2", bench.request(name, VALUES, "c1"));

        ForeignRelease shown = foreign(mine);
        assertThat(shown.maker()).contains("installation " + Bench.OWNER);
        ReleaseState taken = bench.deployer.ensureInstalled(adopting(mine, shown));

        assertThat(taken.owner()).isEqualTo("installation-2");
        bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);
        assertThat(history(client1)).hasSize(2);
        bench.deployer.ensureRemoved(Bench.removal(name), "installation-2");
        assertThat(history(client1)).isEmpty();
    }

    private static ForeignRelease foreign(InstallRequest request) {
        return bench.deployer
                .foreign(List.of(request))
                .get(request.key().workload())
                .get(0);
    }

    private static Difference difference(String subject, String pointer, String present, String wanted) {
        return new Difference(
                subject, pointer, Optional.of(new JsonString(present)), Optional.of(new JsonString(wanted)));
    }

    private static InstallRequest adopting(InstallRequest request, ForeignRelease shown) {
        return with(request, request.owner(), Set.of(shown.fingerprint()));
    }

    private static InstallRequest ownedBy(String owner, InstallRequest request) {
        return with(request, owner, Set.of());
    }

    private static InstallRequest with(InstallRequest request, String owner, Set<String> adopts) {
        return new InstallRequest(
                request.key(),
                request.artifact(),
                request.values(),
                request.targets(),
                request.replicas(),
                request.perReplica(),
                request.generation(),
                owner,
                adopts);
    }

    @Test
    void removesAndRemovingAgainDoesNothing() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));

        bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);
        bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);

        assertThat(history(client1)).isEmpty();
        assertThat(client1.configMaps().inNamespace("demo").withName(name).get())
                .isNull();
    }

    @Test
    void oneReleasePerConnectionAndNoneWhereItIsNotWantedAnyMore() {
        JsonObject both = Bench.values("{\"clustersAffinity\": [\"c1\", \"c2\"]}");
        JsonObject second = Bench.values("{\"clustersAffinity\": [\"c2\"]}");
        bench.deployer.ensureInstalled(bench.request(name, both, "c1", "c2"));
        assertThat(history(client1)).hasSize(1);
        assertThat(history(client2)).hasSize(1);

        bench.deployer.ensureInstalled(bench.request(name, second, "c2"));

        assertThat(history(client1)).isEmpty();
        assertThat(history(client2)).hasSize(2);
        assertThat(bench.deployer.owned())
                .filteredOn(state -> state.workload().service().equals(name))
                .singleElement()
                .extracting(ReleaseState::digest)
                .isEqualTo(ReleaseState.digestOf(Bench.CHART, second));
        bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);
        assertThat(history(client2)).isEmpty();
    }

    @Test
    void staticPlacementGoesWhereItsValuesSay() {
        bench.deployer.ensureInstalled(bench.request(name, Bench.values("{\"clustersAffinity\": [\"c2\"]}")));
        assertThat(history(client2)).hasSize(1);

        assertThatThrownBy(() -> bench.deployer.ensureInstalled(bench.request("b-" + name, JsonObject.EMPTY)))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("clustersAffinity");
    }

    @Test
    void valuesAreDataWhateverTheyHold() {
        String evil =
                "$(touch /tmp/x); `id` | \"q\" 'q' \\ {{ .Release.Name }} --set a=b, %s \n: - # ü 日本 \t &a *a !!b";
        JsonObject values = JsonObject.EMPTY.with("word", new JsonString(evil)).with("a.b,c=d[0]", new JsonString("x"));

        ReleaseState state = bench.deployer.ensureInstalled(bench.request(name, values, "c1"));

        assertThat(word(client1)).isEqualTo(evil);
        assertThat(state.digest()).isEqualTo(ReleaseState.digestOf(Bench.CHART, values));
    }

    @Test
    void numbersNullsAndEmptyMembersComeBackAsTheSame() {
        JsonObject values = Bench.values(
                "{\"a\": 1, \"b\": 1.5, \"c\": 12345678901, \"d\": 0.1, \"e\": null, \"f\": {},"
                        + " \"g\": [], \"h\": true, \"i\": 1e3, \"j\": 0.12345678901234567891, \"k\": [{\"x\": null}], \"l\": \"\"}");
        InstallRequest request = bench.request(name, values, "c1");

        assertThat(bench.deployer.ensureInstalled(request).digest()).isEqualTo(request.digest());
        assertThat(bench.deployer.ensureInstalled(request).revision()).isEqualTo(1);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThat(failure(bench.request("-rf", VALUES, "c1")).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure(bench.request("a;b", VALUES, "c1")).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aChartThatRendersNoYamlIsRefusedAndTriedAgainWhenItIsMended() {
        String reference = "oci://example.org/charts/broken:1";
        bench.charts.with(reference, "broken", Map.of("templates/a.yaml", "a: [b\n c: {{ .Values.word }}"));
        AdapterException failed = failure(bench.request(1, "install", name, reference, VALUES, "c1"));
        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failed).hasMessageContaining("YAML").hasMessageNotContaining(folder.toString());

        bench.charts.with(reference, "broken", Map.of("templates/a.yaml", TestCharts.CONFIG_MAP));
        assertThat(bench.deployer
                        .ensureInstalled(bench.request(1, "install", name, reference, VALUES, "c1"))
                        .status())
                .isEqualTo(Status.DEPLOYED);
    }

    @Test
    void aKindThatTheClusterDoesNotKnowIsRefused() {
        String reference = "oci://example.org/charts/unknown:1";
        bench.charts.with(
                reference,
                "unknown",
                Map.of("templates/a.yaml", "apiVersion: x.io/v1\nkind: Strange\nmetadata: {name: it}\n"));
        AdapterException failed = failure(bench.request(1, "install", name, reference, VALUES, "c1"));
        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failed).hasMessageContaining("no matches for kind");
    }

    @Test
    void aChartBringsItsOwnKinds() {
        String reference = "oci://example.org/charts/kinds:1";
        bench.charts.with(
                reference,
                "kinds",
                Map.of(
                        "crds/y.yaml",
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: toys.example.org}
                        spec:
                          group: example.org
                          scope: Namespaced
                          names: {plural: toys, singular: toy, kind: Toy, listKind: ToyList}
                          versions:
                            - name: v1
                              served: true
                              storage: true
                              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                        """,
                        "templates/toy.yaml",
                        "apiVersion: example.org/v1\nkind: Toy\nmetadata: {name: {{ .Release.Name }}}\n"));
        assertThat(bench.deployer
                        .ensureInstalled(bench.request(1, "install", name, reference, VALUES, "c1"))
                        .status())
                .isEqualTo(Status.DEPLOYED);
    }

    @Test
    void aFieldThatCannotBeChangedIsRefusedAndTheReleaseHasFailed() {
        String reference = "oci://example.org/charts/immutable:1";
        bench.charts.with(
                reference,
                "immutable",
                Map.of(
                        "templates/a.yaml",
                        TestCharts.DEPLOYMENT
                                .replace("app: {{ .Release.Name }}", "app: {{ .Values.word }}")
                                .replace("{{ .Values.replicas }}", "1")));
        bench.deployer.ensureInstalled(bench.request(1, "install", name, reference, VALUES, "c1"));

        AdapterException failed =
                failure(bench.request(1, "install", name, reference, Bench.values("{\"word\": \"other\"}"), "c1"));

        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failed).hasMessageContaining("immutable");
        ReleaseState state = bench.deployer.state(Bench.workload(name)).orElseThrow();
        assertThat(state.status()).isEqualTo(Status.FAILED);
        assertThat(state.owner()).isEqualTo(Bench.OWNER);
        assertThat(bench.deployer
                        .ensureInstalled(bench.request(1, "install", name, reference, VALUES, "c1"))
                        .status())
                .isEqualTo(Status.DEPLOYED);
    }

    @Test
    void whatTheSchemaOfAChartForbidsIsRefused() {
        String reference = "oci://example.org/charts/schema:1";
        bench.charts.with(
                reference,
                "schema",
                Map.of(
                        "values.schema.json",
                        "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\"word\": {\"type\": \"integer\"}}}",
                        "templates/map.yaml",
                        TestCharts.CONFIG_MAP));
        AdapterException failed = failure(bench.request(1, "install", name, reference, VALUES, "c1"));
        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failed).hasMessageContaining("schema");
    }

    @Test
    void aHookThatTakesTooLongHasTimedOutAndTheNextTryStartsAfresh() {
        String reference = "oci://example.org/charts/hook:1";
        bench.charts.with(reference, "hook", Map.of("templates/hook.yaml", """
                        apiVersion: batch/v1
                        kind: Job
                        metadata:
                          name: {{ .Release.Name }}
                          annotations: {"helm.sh/hook": pre-install, "helm.sh/hook-delete-policy": before-hook-creation}
                        spec:
                          template:
                            spec: {restartPolicy: Never, containers: [{name: main, image: "example.org/none:1"}]}
                        """));
        HelmSettings quick = new HelmSettings(
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                3,
                List.of(),
                false,
                1 << 20,
                Bench.workerSettings());
        try (Bench impatient = new Bench(folder.resolve("impatient"), quick)) {
            impatient.cluster("c1", one.kubeconfig(RealServers.ADMIN));
            InstallRequest request = bench.request(1, "install", name, reference, VALUES, "c1");
            HelmDeployer deployer = impatient.deployer(bench.charts);
            AdapterException failed =
                    catchThrowableOfType(AdapterException.class, () -> deployer.ensureInstalled(request));
            assertThat(failed).as("first").hasFieldOrPropertyWithValue("kind", Kind.TIMED_OUT);
            assertThat(deployer.state(Bench.workload(name)).orElseThrow().status())
                    .isEqualTo(Status.FAILED);

            bench.charts.with(reference, "hook", Map.of("templates/map.yaml", TestCharts.CONFIG_MAP));
            assertThat(deployer.ensureInstalled(request).status()).isEqualTo(Status.DEPLOYED);
        }
    }

    @Test
    void aTokenThatMayNotIsRefusedAndNeverShown() {
        bench.secrets.put("file:weak", one.kubeconfig(RealServers.WEAK));
        AdapterException weak = failure(bench.request(name, VALUES, "weak"));
        assertThat(weak.kind()).isEqualTo(Kind.REFUSED);
        assertThat(weak).hasMessageContaining("forbidden").hasMessageNotContaining(RealServers.WEAK);

        bench.secrets.put("file:wrong", one.kubeconfig("token-of-nobody"));
        AdapterException wrong = failure(bench.request(name, VALUES, "wrong"));
        assertThat(wrong.kind()).isEqualTo(Kind.REFUSED);
        assertThat(wrong).hasMessageContaining("Unauthorized").hasMessageNotContaining("token-of-nobody");
    }

    @Test
    void aConnectionWithoutSecretOrContextIsRefused() {
        assertThat(failure(bench.request(name, VALUES, "nowhere")))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("file:nowhere");
        assertThat(failure(bench.request(name, VALUES, "c1#strange")))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("strange")
                .hasMessageContaining("[it, other]");
        bench.secrets.put("file:torn", "a: [b");
        assertThat(failure(bench.request(name, VALUES, "torn"))).hasFieldOrPropertyWithValue("kind", Kind.REFUSED);
    }

    @Test
    void nobodyAtTheAddressIsUnavailable() throws Exception {
        String address = "https://127.0.0.1:" + RealServers.freePort();
        bench.secrets.put("file:gone", one.kubeconfig(address, RealServers.ADMIN));
        assertThat(failure(bench.request(name, VALUES, "gone")).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void anApiServerThatHangsTimesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            bench.secrets.put("file:silent", one.kubeconfig(address, RealServers.ADMIN));
            long start = System.nanoTime();
            assertThat(failure(bench.request(name, VALUES, "silent")).kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void anotherCertificateIsUnavailable() throws Exception {
        String foreign =
                one.kubeconfig(RealServers.ADMIN).replaceAll("certificate-authority-data: [^}]+", "tls-server-name: x");
        bench.secrets.put("file:foreign", foreign);
        assertThat(failure(bench.request(name, VALUES, "foreign")).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void whatTheEndOfTheWorkerLeftBehindIsMadeAnew() throws Exception {
        String reference = "oci://example.org/charts/slow:1";
        bench.charts.with(
                reference, "slow", Map.of("templates/hook.yaml", """
                        apiVersion: batch/v1
                        kind: Job
                        metadata:
                          name: {{ .Release.Name }}
                          annotations: {"helm.sh/hook": "pre-install,pre-upgrade", "helm.sh/hook-delete-policy": before-hook-creation}
                        spec:
                          template:
                            spec: {restartPolicy: Never, containers: [{name: main, image: "example.org/none:1"}]}
                        """, "templates/map.yaml", TestCharts.CONFIG_MAP));
        InstallRequest request = bench.request(1, "install", name, reference, VALUES, "c1");
        killedInTheMiddle(request, "pending-install");
        assertThatThrownBy(() -> bench.deployer.ensureInstalled(request))
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE)
                .hasMessageContaining("being changed");
        bench.charts.with(reference, "slow", Map.of("templates/map.yaml", TestCharts.CONFIG_MAP));
        ReleaseState made = installedOnceGivenUp(request);
        assertThat(made.status()).isEqualTo(Status.DEPLOYED);
        assertThat(made.revision()).isEqualTo(1);

        String slow = reference + "2";
        bench.charts.with(slow, "slow", Map.of("templates/hook.yaml", """
                        apiVersion: batch/v1
                        kind: Job
                        metadata:
                          name: {{ .Release.Name }}
                          annotations: {"helm.sh/hook": "pre-upgrade"}
                        spec:
                          template:
                            spec: {restartPolicy: Never, containers: [{name: main, image: "example.org/none:1"}]}
                        """));
        client1.batch().v1().jobs().inNamespace("demo").withName(name).delete();
        killedInTheMiddle(bench.request(2, "install", name, slow, VALUES, "c1"), "pending-upgrade");
        assertThat(bench.deployer.state(Bench.workload(name)).orElseThrow().status())
                .isEqualTo(Status.PENDING);
        ReleaseState back = installedOnceGivenUp(request);
        assertThat(back.status()).isEqualTo(Status.DEPLOYED);
        assertThat(back.digest()).isEqualTo(request.digest());
    }

    /** An interrupted change counts as given up after a while; until then the release is being changed. */
    private static ReleaseState installedOnceGivenUp(InstallRequest request) {
        AtomicReference<ReleaseState> installed = new AtomicReference<>();
        Await.until("the interrupted change counts as given up", () -> {
            try {
                installed.set(bench.deployer.ensureInstalled(request));
                return true;
            } catch (AdapterException notYet) {
                if (!notYet.getMessage().contains("being changed")) {
                    throw notYet;
                }
                return false;
            }
        });
        return installed.get();
    }

    private void killedInTheMiddle(InstallRequest request, String status) throws Exception {
        CompletableFuture<ReleaseState> running =
                CompletableFuture.supplyAsync(() -> bench.deployer.ensureInstalled(request));
        Await.until("the release is " + status, () -> {
            assertThat(running).as("still runs").isNotCompletedExceptionally();
            return history(client1).stream()
                    .anyMatch(secret ->
                            status.equals(secret.getMetadata().getLabels().get("status")));
        });
        ProcessHandle.of(bench.workers.state().orElseThrow().pid())
                .orElseThrow()
                .destroyForcibly();
        assertThatThrownBy(running::join).cause().hasFieldOrPropertyWithValue("kind", Kind.TIMED_OUT);
    }

    @Test
    void manyReleasesAtATime() throws Exception {
        int many = Integer.getInteger("smo.helm.releases", 20);
        ExecutorService pool = Executors.newFixedThreadPool(many);
        try {
            long start = System.nanoTime();
            List<CompletableFuture<ReleaseState>> all = java.util.stream.IntStream.range(0, many)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> bench.deployer.ensureInstalled(bench.request("many-" + i, VALUES, "c1")), pool))
                    .toList();
            assertThat(all).allSatisfy(one -> assertThat(one.join().status()).isEqualTo(Status.DEPLOYED));
            System.err.printf("%d releases in %d ms%n", many, (System.nanoTime() - start) / 1_000_000);
            assertThat(bench.deployer.owned())
                    .filteredOn(state -> state.workload().service().startsWith("many-"))
                    .hasSize(many);
        } finally {
            pool.shutdownNow();
        }
    }

    /** {@code -Dsmo.helm.operations=1000} for meaningful figures. */
    @Test
    void operationsLeaveMemoryAndThreadsAsTheyWere() {
        int operations = Integer.getInteger("smo.helm.operations", 32);
        int warm = operations / 4;
        int threads = 0;
        long start = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            if (i == warm) {
                threads = Thread.activeCount();
                tell(i);
            }
            switch (i % 3) {
                case 0 -> bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
                case 1 -> bench.deployer.ensureInstalled(bench.request(name, Bench.values("{\"i\": " + i + "}"), "c1"));
                default -> bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER);
            }
        }
        tell(operations);
        System.err.printf("%.1f ms per operation%n", (System.nanoTime() - start) / 1e6 / operations);
        assertThat(Thread.activeCount()).as("threads of the server").isLessThanOrEqualTo(threads + 4);
        assertThat(bench.workers.state().orElseThrow().inFlight()).isZero();
    }

    private static void tell(int operations) {
        System.gc();
        WorkerState worker = bench.workers.state().orElseThrow();
        System.err.printf(
                "after %d operations: server heap %d MiB, %d threads; worker %d MiB resident, %d threads, %d calls%n",
                operations,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
                Thread.activeCount(),
                worker.memoryMiB(),
                Path.of("/proc", Long.toString(worker.pid()), "task").toFile().list().length,
                worker.calls());
    }

    @Test
    void aNamespaceOfOursGoesWithTheLastReleaseIfThatIsWanted() {
        HelmSettings tidy = new HelmSettings(
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                3,
                List.of(),
                true,
                1 << 20,
                Bench.workerSettings());
        try (Bench tidying = new Bench(folder.resolve("tidy"), tidy)) {
            tidying.cluster("c1", one.kubeconfig(RealServers.ADMIN));
            HelmDeployer deployer = tidying.deployer(bench.charts);
            client1.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("theirs")
                            .endMetadata()
                            .build())
                    .create();
            deployer.ensureInstalled(in("ours", "a"));
            deployer.ensureInstalled(in("ours", "b"));
            deployer.ensureInstalled(in("theirs", "a"));

            deployer.ensureRemoved(in("ours", "a").key(), Bench.OWNER);
            assertThat(deletion("ours")).isNull();
            deployer.ensureRemoved(in("ours", "b").key(), Bench.OWNER);
            deployer.ensureRemoved(in("theirs", "a").key(), Bench.OWNER);

            // without controllers it stays pending
            assertThat(deletion("ours")).isNotNull();
            assertThat(deletion("theirs")).isNull();
            assertThat(catchThrowableOfType(AdapterException.class, () -> deployer.ensureInstalled(in("ours", "a"))))
                    .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);
        }
    }

    private static String deletion(String namespace) {
        return client1.namespaces().withName(namespace).get().getMetadata().getDeletionTimestamp();
    }

    private static InstallRequest in(String project, String service) {
        InstallRequest like = bench.request(service, VALUES, "c1");
        return new InstallRequest(
                new StepKey(new WorkloadRef(new GraphId(project, "g"), service), 1, "install"),
                like.artifact(),
                like.values(),
                like.targets(),
                1,
                like.perReplica(),
                1,
                like.owner(),
                Set.of());
    }

    @Test
    void aClusterThatIsNotReadyAndCannotBeReachedKeepsNothingElseFromGoingOn() throws Exception {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        bench.cluster("dark", one.kubeconfig("https://127.0.0.1:" + RealServers.freePort(), RealServers.ADMIN));
        try {
            assertThatThrownBy(() -> bench.deployer.owned()).hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);

            bench.ready.put("dark", false);

            assertThat(bench.deployer.owned())
                    .anyMatch(state -> state.workload().service().equals(name));
            assertThat(bench.deployer.state(Bench.workload(name))).isPresent();
            bench.deployer.ensureInstalled(bench.request(name, Bench.values("{}"), "c1"));
            assertThatThrownBy(() -> bench.deployer.state(Bench.workload("nowhere")))
                    .as("nobody knows")
                    .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);
            assertThatThrownBy(() -> bench.deployer.ensureRemoved(Bench.removal(name), Bench.OWNER))
                    .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);
            assertThat(history(client1)).isEmpty();
        } finally {
            bench.ready.remove("dark");
        }
    }

    @Test
    void whatWasNotLabelledAnyMoreIsStillOursAndIsLabelledAtTheNextLook() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        takeLabelsAway();
        assertThat(bench.deployer.state(Bench.workload(name)).orElseThrow().owner())
                .isEqualTo(Bench.OWNER);

        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));

        assertThat(bench.deployer.owned())
                .filteredOn(state -> state.workload().service().equals(name))
                .singleElement()
                .extracting(ReleaseState::revision)
                .isEqualTo(1);
    }

    @Test
    void theNoteOfAnInstallThatWasCutOffGoesAtTheNextLookAndWithAnUpgrade() {
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        takeLabelsAway();
        note();
        bench.deployer.ensureInstalled(bench.request(name, VALUES, "c1"));
        assertThat(hasNote()).as("a note after the same again").isFalse();

        takeLabelsAway();
        note();
        JsonObject others = Bench.values("{\"word\": \"other\", \"clustersAffinity\": [\"c1\"]}");
        bench.deployer.ensureInstalled(bench.request(2, "install", name, Bench.CHART, others, "c1"));
        assertThat(history(client1)).hasSize(2);
        assertThat(hasNote()).as("a note after an upgrade").isFalse();
    }

    private void note() {
        client1.secrets()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("smo.install." + name)
                        .withNamespace("demo")
                        .endMetadata()
                        .build())
                .create();
    }

    private boolean hasNote() {
        return client1.secrets()
                        .inNamespace("demo")
                        .withName("smo.install." + name)
                        .get()
                != null;
    }

    /** Restores the state that a server leaves if it is killed before labelling. */
    private void takeLabelsAway() {
        client1.secrets()
                .inNamespace("demo")
                .withName("sh.helm.release.v1.%s.v1".formatted(name))
                .edit(secret -> {
                    secret.getMetadata().getLabels().keySet().removeIf(key -> key.contains("/"));
                    secret.getMetadata().setAnnotations(Map.of());
                    return secret;
                });
    }

    private AdapterException failure(InstallRequest request) {
        AdapterException failed =
                catchThrowableOfType(AdapterException.class, () -> bench.deployer.ensureInstalled(request));
        assertThat(failed).as("failure of " + request.key()).isNotNull();
        return failed;
    }

    private void byHand(String word, Map<String, String> texts) {
        Map<String, String> all = new HashMap<>(Map.of(
                Frame.NAME,
                name,
                Frame.NAMESPACE,
                "demo",
                Frame.CHART,
                bench.charts.chart(Bench.CHART).file().toString(),
                Frame.VALUES,
                "{}",
                Frame.KUBECONFIG,
                one.kubeconfig(RealServers.ADMIN)));
        all.putAll(texts);
        try (ApiCalls calls = new ApiCalls(Duration.ofSeconds(5))) {
            new NamespaceReconciler(new ApiServers.KnownApiServer(
                            new HelmConnection("file:c1", true, List.of()), client1, calls, ""))
                    .ensure("demo", Bench.OWNER);
        }
        bench.helm.change(word, new KeyedLock().none(), word + " by hand", all);
    }

    private int replicas(KubernetesClient client) {
        return client.apps()
                .deployments()
                .inNamespace("demo")
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    private String word(KubernetesClient client) {
        return client.configMaps()
                .inNamespace("demo")
                .withName(name)
                .get()
                .getData()
                .get("word");
    }

    private List<Secret> history(KubernetesClient client) {
        return client.secrets()
                .inNamespace("demo")
                .withLabels(Map.of("owner", "helm", "name", name))
                .list()
                .getItems();
    }

    private Secret secret(KubernetesClient client, int revision) {
        return client.secrets()
                .inNamespace("demo")
                .withName("sh.helm.release.v1.%s.v%d".formatted(name, revision))
                .get();
    }

    private static KubernetesClient client(RealServer server) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig(RealServers.ADMIN)))
                .build();
    }
}
