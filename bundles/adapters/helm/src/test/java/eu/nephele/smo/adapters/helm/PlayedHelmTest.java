// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer.ReceivedCall;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The deployer on simulated API servers with a simulated Helm: changes of each release. */
@Timeout(60)
class PlayedHelmTest {

    private static final JsonObject VALUES = Bench.values("{\"word\": \"hello\"}");
    private static final JsonObject OTHER = Bench.values("{\"word\": \"other\"}");
    private static final String NAME = "video";
    private static final String LONG_AGO = "1000000000";

    @TempDir
    Path folder;

    private final HelmPlayer helm = new HelmPlayer();
    private PlayedApiServer one;
    private PlayedApiServer two;
    private KubernetesClient client1;
    private KubernetesClient client2;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        one = new PlayedApiServer();
        two = new PlayedApiServer();
        client1 = HelmPlayer.client(one.kubeconfig());
        client2 = HelmPlayer.client(two.kubeconfig());
        bench = bench(Bench.settings());
    }

    @AfterEach
    void end() {
        bench.close();
        helm.close();
        client1.close();
        client2.close();
        one.close();
        two.close();
    }

    private Bench bench(HelmSettings settings) {
        Bench made = new Bench(folder, settings, Optional.of(helm))
                .cluster("c1", one.kubeconfig())
                .cluster("c2", two.kubeconfig());
        made.charts.with(Bench.CHART, "video", Map.of());
        return made;
    }

    private ReleaseState install(JsonObject values, String... clusters) {
        return bench.deployer.ensureInstalled(bench.request(NAME, values, clusters));
    }

    /** A lease that ends after so many reads of its remaining time. */
    private record Looks(AtomicInteger looks) implements Tenure {
        @Override
        public String holder() {
            return "me";
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Duration left() {
            return looks.getAndDecrement() > 0 ? Duration.ofSeconds(1) : Duration.ZERO;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whenTheLeaseEndsWithinACallNothingMoreIsChanged(int looks) {
        bench.fence.begin(new Looks(new AtomicInteger(looks)));
        AdapterException refused = failure(bench.request(NAME, VALUES, "c1", "c2"));
        assertThat(refused).hasMessageContaining("nothing was sent");
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        // the namespace and the note of the release; the change by Helm is the third one
        assertThat(writes(one)).hasSize(Math.min(looks, 2) + (looks > 2 ? 1 : 0));
        assertThat(writes(two)).isEmpty();
        bench.fence.begin(new Looks(new AtomicInteger(1000)));
        install(VALUES, "c1", "c2");
        assertThat(state().status()).isEqualTo(Status.DEPLOYED);
    }

    @Test
    void whenTheLeaseEndsInTheMiddleOfHelmNothingIsMarkedAndTheNextOwnerGoesOn() {
        PlayedTenure tenure = new PlayedTenure(Duration.ofDays(1));
        bench.fence.begin(tenure);
        install(VALUES, "c1");
        int before = writes(one).size();
        helm.cutOff = Optional.of(new TenureEnded("it has ended"));

        AdapterException failed = failure(bench.request(NAME, OTHER, "c1", "c2"));
        assertThat(failed.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failed).hasMessageContaining("may be done").hasMessageContaining("it has ended");
        assertThat(writes(one)).as("Helm's own").hasSize(before + 1);
        assertThat(writes(two)).isEmpty();

        label("createdAt", LONG_AGO);
        label("app.kubernetes.io/managed-by", "smo");
        label("smo.nephele.eu/owner", Bench.OWNER);
        assertThat(install(OTHER, "c1", "c2").status()).isEqualTo(Status.DEPLOYED);
    }

    private AdapterException failure(InstallRequest request) {
        return catchThrowableOfType(AdapterException.class, () -> bench.deployer.ensureInstalled(request));
    }

    private ReleaseState state() {
        return bench.deployer.state(Bench.workload(NAME)).orElseThrow();
    }

    private List<Secret> history() {
        return HelmPlayer.history(client1, NAME);
    }

    private static List<ReceivedCall> writes(PlayedApiServer server) {
        return server.calls().stream().filter(ReceivedCall::writes).toList();
    }

    private static InstallRequest ownedBy(String owner, InstallRequest request, Set<String> adopts) {
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

    private void namespaceOfOthers() {
        client1.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("demo")
                        .endMetadata()
                        .build())
                .create();
    }

    private void label(String label, String value) {
        Secret latest = history().get(0);
        latest.getMetadata().getLabels().put(label, value);
        client1.resource(latest).update();
    }

    @Test
    void aReleaseIsMadeWithMarksInANamespaceOfOurs() {
        ReleaseState state = install(VALUES, "c1");

        assertThat(state.status()).isEqualTo(Status.DEPLOYED);
        assertThat(state.digest()).isEqualTo(ReleaseState.digestOf(Bench.CHART, VALUES));
        ObjectMeta secret = history().get(0).getMetadata();
        assertThat(secret.getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "smo")
                .containsEntry("smo.nephele.eu/owner", Bench.OWNER)
                .containsEntry("smo.nephele.eu/service", NAME)
                .containsEntry("status", "deployed");
        assertThat(secret.getAnnotations()).containsEntry("smo.nephele.eu/key", "demo/a graph/video/1/install");
        assertThat(client1.namespaces().withName("demo").get().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "smo");
        assertThat(client1.secrets()
                        .inNamespace("demo")
                        .withName("smo.install." + NAME)
                        .get())
                .as("the note of the install")
                .isNull();
        assertThat(state()).isEqualTo(state);
        assertThat(bench.deployer.owned()).containsExactly(state);
        assertThat(client2.namespaces().list().getItems()).isEmpty();
        assertThat(client2.secrets().inAnyNamespace().list().getItems()).isEmpty();
    }

    @Test
    void whatIsAsWantedIsNotTouchedAndALaterDecisionIsNoted() {
        install(VALUES, "c1");
        int before = writes(one).size();
        install(VALUES, "c1");
        assertThat(writes(one)).hasSize(before);

        bench.deployer.ensureInstalled(bench.request(5, "install", NAME, Bench.CHART, VALUES, "c1"));
        assertThat(state().assignment()).isEqualTo(5);
        assertThat(history()).hasSize(1);
        assertThat(helm.asked).containsOnlyOnce("install video").doesNotContain("upgrade video");
    }

    @Test
    void otherValuesAreAnUpgradeAndFewRevisionsAreKept() {
        for (int i = 1; i <= 5; i++) {
            JsonObject values = Bench.values("{\"n\": %d}".formatted(i));
            ReleaseState state = install(values, "c1");
            assertThat(state.revision()).isEqualTo(i);
            assertThat(state.digest()).isEqualTo(ReleaseState.digestOf(Bench.CHART, values));
        }
        assertThat(history()).extracting(HelmPlayer::version).containsExactly(5, 4, 3);
    }

    @Test
    void theSameReferenceWithAnotherChartIsAnUpgradeUnlessTheChartsAreAway() {
        install(VALUES, "c1");
        bench.charts.with(Bench.CHART, "video", Map.of("templates/more.yaml", ""));
        assertThat(install(VALUES, "c1").revision()).isEqualTo(2);
        bench.charts.away = true;
        assertThat(install(VALUES, "c1").revision()).isEqualTo(2);
        assertThat(failure(bench.request(NAME, OTHER, "c1")).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void whatSomebodyChangedHasAnotherDigestAndIsPutBack() {
        ReleaseState made = install(VALUES, "c1");
        helm.byHand("upgrade", one.kubeconfig(), NAME, "{\"word\": \"changed\"}");
        label("app.kubernetes.io/managed-by", "smo");
        label("smo.nephele.eu/owner", Bench.OWNER);

        assertThat(state().digest()).isNotEqualTo(made.digest());
        assertThat(state().message()).contains("somebody else");
        assertThat(install(VALUES, "c1").digest()).isEqualTo(made.digest());
        assertThat(history().get(0).getMetadata().getLabels()).containsEntry("version", "3");
    }

    @Test
    void aRemovalLeavesReleasesOfOthersAlone() {
        namespaceOfOthers();
        helm.byHand("install", one.kubeconfig(), NAME, "{}");
        int before = writes(one).size();

        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(history()).hasSize(1);
        assertThat(helm.asked).doesNotContain("uninstall video");
        assertThat(writes(one)).hasSize(before);
        assertThat(bench.deployer.owned()).isEmpty();
        assertThat(state().owner()).isEmpty();
    }

    @Test
    void aRemovalLeavesReleasesOfAnotherInstallationAlone() {
        install(VALUES, "c1");

        bench.deployer.ensureRemoved(Bench.removal(NAME), "installation-2");
        assertThat(history()).hasSize(1);
        assertThat(helm.asked).doesNotContain("uninstall video");
        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(history()).isEmpty();
        assertThat(helm.asked).containsOnlyOnce("uninstall video");
        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(helm.asked).containsOnlyOnce("uninstall video");
    }

    @Test
    void whereAReleaseIsNotWantedItGoesIfItIsOursAndStaysIfItIsOfOthers() {
        install(VALUES, "c1", "c2");
        assertThat(HelmPlayer.history(client2, NAME)).hasSize(1);
        install(VALUES, "c2");
        assertThat(history()).isEmpty();

        helm.byHand("install", one.kubeconfig(), NAME, "{}");
        install(OTHER, "c2");
        assertThat(history()).as("of others, on the other connection").hasSize(1);
        assertThat(HelmPlayer.history(client2, NAME)).hasSize(2);
    }

    @Test
    void anInstallationLeavesReleasesOfOthersAloneAndSaysWhose() {
        namespaceOfOthers();
        helm.byHand("install", one.kubeconfig(), NAME, "{}");

        AdapterException failed = failure(bench.request(NAME, VALUES, "c1"));
        assertThat(failed.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failed).hasMessageContaining("made by the old way").hasMessageContaining("plan");
        assertThat(history()).hasSize(1);
        assertThat(helm.asked).doesNotContain("upgrade video", "uninstall video");
    }

    @Test
    void aReleaseOfOthersIsShownWithWhatChangesAndTakenOverOnlyAsItWasShown() {
        namespaceOfOthers();
        helm.byHand("install", one.kubeconfig(), NAME, "{\"word\": \"theirs\", \"dbPassword\": \"hunter1\"}");
        InstallRequest request = bench.request(NAME, Bench.values("{\"word\": \"ours\", \"dbPassword\": \"x\"}"), "c1");
        ForeignRelease shown = foreign(request);
        assertThat(shown.place()).isEqualTo("c1");
        assertThat(shown.maker()).contains("somebody else", "revision 1", "made by the old way");
        assertThat(shown.differences())
                .extracting(difference -> difference.subject() + difference.pointer())
                .contains("values/word", "values/dbPassword", "ConfigMap/video/data/word");
        assertThat(shown.differences().toString()).doesNotContain("hunter1");

        helm.byHand("upgrade", one.kubeconfig(), NAME, "{}", "changed meanwhile");
        InstallRequest asShown = ownedBy(Bench.OWNER, request, Set.of(shown.fingerprint()));
        assertThat(failure(asShown).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(history()).hasSize(2);

        InstallRequest asItIs =
                ownedBy(Bench.OWNER, request, Set.of(foreign(request).fingerprint()));
        assertThat(bench.deployer.ensureInstalled(asItIs).revision()).isEqualTo(3);
        assertThat(state().owner()).isEqualTo(Bench.OWNER);
        assertThat(bench.deployer.foreign(List.of(request))).isEmpty();
    }

    private ForeignRelease foreign(InstallRequest request) {
        return bench.deployer
                .foreign(List.of(request))
                .get(request.key().workload())
                .get(0);
    }

    @Test
    void aFirstInstallThatFailsIsOursAndIsClearedBeforeTheNext() {
        helm.failure = Optional.of("field is immutable");
        assertThat(failure(bench.request(NAME, VALUES, "c1")))
                .hasFieldOrPropertyWithValue("kind", Kind.REFUSED)
                .hasMessageContaining("immutable");
        assertThat(state().status()).isEqualTo(Status.FAILED);
        assertThat(state().owner()).isEqualTo(Bench.OWNER);

        assertThat(install(VALUES, "c1").revision()).isEqualTo(1);
        assertThat(helm.asked).containsSubsequence("install video", "uninstall video", "install video");
    }

    @Test
    void anUpgradeThatFailsIsUpgradedAgain() {
        install(VALUES, "c1");
        helm.failure = Optional.of("timed out waiting for the condition");
        assertThat(failure(bench.request(NAME, OTHER, "c1")).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(state().status()).isEqualTo(Status.FAILED);

        assertThat(install(OTHER, "c1").status()).isEqualTo(Status.DEPLOYED);
        assertThat(helm.asked).doesNotContain("uninstall video");
    }

    @ParameterizedTest
    @CsvSource({"another operation (install/upgrade/rollback) is in progress, UNAVAILABLE", "already exists, CONFLICT"})
    void whereSomebodyElseIsAtItNothingIsMarked(String message, Kind kind) {
        install(VALUES, "c1");
        helm.failure = Optional.of(message);
        assertThat(failure(bench.request(NAME, OTHER, "c1")).kind()).isEqualTo(kind);
        assertThat(history().get(0).getMetadata().getLabels()).doesNotContainKey("smo.nephele.eu/owner");
    }

    @Test
    void whatIsJustBeingChangedIsWaitedForAndWhatWasCutOffIsCleared() {
        helm.cutOff = Optional.of(new IOException("the worker is gone"));
        assertThat(failure(bench.request(NAME, VALUES, "c1")).kind()).isEqualTo(Kind.TIMED_OUT);
        AdapterException waits = failure(bench.request(NAME, VALUES, "c1"));
        assertThat(waits.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(waits).hasMessageContaining("being changed (pending-install");
        assertThat(waits.retryAfter().orElseThrow()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2));

        label("createdAt", LONG_AGO);
        assertThat(install(VALUES, "c1").revision()).isEqualTo(1);
        assertThat(history()).hasSize(1);
    }

    @Test
    void anUpgradeThatWasCutOffIsTakenBackAndMadeAnew() {
        install(VALUES, "c1");
        helm.cutOff = Optional.of(new IOException("the worker is gone"));
        assertThat(failure(bench.request(NAME, OTHER, "c1")).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(state().status()).isEqualTo(Status.PENDING);
        label("createdAt", LONG_AGO);
        label("app.kubernetes.io/managed-by", "smo");
        label("smo.nephele.eu/owner", Bench.OWNER);

        assertThat(install(OTHER, "c1").revision()).isEqualTo(2);
        assertThat(helm.asked).doesNotContain("uninstall video");
    }

    @Test
    void whatWasNotLabelledAnyMoreIsStillOursAndIsLabelledAtTheNextLook() {
        install(VALUES, "c1");
        Secret latest = history().get(0);
        latest.getMetadata().getLabels().keySet().removeIf(label -> label.contains("/"));
        latest.getMetadata().setAnnotations(new HashMap<>());
        client1.resource(latest).update();

        install(VALUES, "c1");
        assertThat(history()).hasSize(1);
        assertThat(history().get(0).getMetadata().getLabels()).containsEntry("smo.nephele.eu/owner", Bench.OWNER);
        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(history()).isEmpty();
    }

    @Test
    void aNamespaceOfOursGoesWithItsLastReleaseIfThatIsWanted() {
        HelmSettings usual = Bench.settings();
        bench.close();
        bench = bench(new HelmSettings(
                usual.connection(),
                usual.call(),
                usual.connect(),
                usual.answer(),
                usual.pending(),
                usual.history(),
                usual.replicaValues(),
                true,
                usual.maxReleaseBytes(),
                usual.worker()));
        install(VALUES, "c1");
        bench.deployer.ensureInstalled(bench.request("second", VALUES, "c1"));
        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(client1.namespaces().withName("demo").get()).isNotNull();

        client1.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace("demo")
                        .withName("theirs")
                        .endMetadata()
                        .build())
                .create();
        bench.deployer.ensureRemoved(Bench.removal("second"), Bench.OWNER);
        assertThat(client1.namespaces().withName("demo").get())
                .as("somebody runs something there")
                .isNotNull();

        client1.apps().deployments().inNamespace("demo").withName("theirs").delete();
        client1.resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withNamespace("demo")
                        .withName("theirs")
                        .endMetadata()
                        .build())
                .create();
        bench.deployer.ensureRemoved(Bench.removal("second"), Bench.OWNER);
        assertThat(client1.namespaces().withName("demo").get())
                .as("on each of its nodes")
                .isNotNull();

        client1.apps().daemonSets().inNamespace("demo").withName("theirs").delete();
        Job job = new JobBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName("theirs")
                .endMetadata()
                .build();
        client1.resource(job).create();
        bench.deployer.ensureRemoved(Bench.removal("second"), Bench.OWNER);
        assertThat(client1.namespaces().withName("demo").get())
                .as("until it has ended")
                .isNotNull();

        client1.resource(job).delete();
        client1.resource(new JobBuilder(job)
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Complete")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
        bench.deployer.ensureRemoved(Bench.removal("second"), Bench.OWNER);
        assertThat(client1.namespaces().withName("demo").get()).isNull();
    }

    @Test
    void oneConnectionThatFailsKeepsNoOtherFromRemoving() {
        install(VALUES, "c1", "c2");
        one.refuse(call -> true, 503);

        AdapterException failed = catchThrowableOfType(
                AdapterException.class, () -> bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER));
        assertThat(failed.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(HelmPlayer.history(client2, NAME)).isEmpty();
        one.heal();
        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(history()).isEmpty();
    }

    @Test
    void aClusterThatIsNotReadyIsLeftToALaterCallAndKeepsNobodyWaiting() {
        install(VALUES, "c1", "c2");
        bench.ready.put("c1", false);
        one.refuse(call -> true, 503);

        assertThat(install(OTHER, "c2").status()).isEqualTo(Status.DEPLOYED);
        assertThat(bench.deployer.owned())
                .extracting(ReleaseState::digest)
                .containsExactly(ReleaseState.digestOf(Bench.CHART, OTHER));
        assertThat(state().digest()).isEqualTo(ReleaseState.digestOf(Bench.CHART, OTHER));
        one.heal();
        bench.ready.put("c1", true);
        install(OTHER, "c2");
        assertThat(history()).isEmpty();
    }

    @Test
    void ofSeveralReleasesTheFurthestFromItsDesiredStateIsReported() {
        install(VALUES, "c1", "c2");
        helm.failure = Optional.of("field is immutable");
        assertThat(failure(bench.request(NAME, OTHER, "c1", "c2"))).isNotNull();

        assertThat(state().status()).isEqualTo(Status.FAILED);
        assertThat(bench.deployer.owned())
                .singleElement()
                .extracting(ReleaseState::status)
                .isEqualTo(Status.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"403, REFUSED", "401, REFUSED", "503, UNAVAILABLE", "429, UNAVAILABLE"})
    void whatTheApiServerRefusesIsSaidAndNothingIsInstalled(int code, Kind kind) {
        one.refuse(call -> call.path().endsWith("/secrets"), code);

        assertThat(failure(bench.request(NAME, VALUES, "c1")).kind()).isEqualTo(kind);
        assertThat(helm.asked).isEmpty();
        assertThat(writes(one)).isEmpty();
    }

    @Test
    void whereNamespacesMayNotBeMadeSomebodyElseHasMadeThem() {
        namespaceOfOthers();
        one.refuse(call -> call.writes() && call.path().equals("/api/v1/namespaces"), 403);

        assertThat(install(VALUES, "c1").status()).isEqualTo(Status.DEPLOYED);
    }

    @Test
    void aNamespaceThatMayNotBeReadIsNotReportedAsRemaining() {
        namespaceOfOthers();
        install(VALUES, "c1");
        one.refuse(call -> call.path().equals("/api/v1/namespaces/demo"), 403);

        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);

        assertThat(history()).isEmpty();
        assertThat(bench.deployer.leftovers(Bench.workload(NAME))).isEmpty();
    }

    @Test
    void aNamespaceThatMayNotBeDeletedIsReportedAndNotAwaited_F37() {
        bench.close();
        bench = bench(Bench.settings(true));
        install(VALUES, "c1");
        one.refuse(call -> call.method().equals("DELETE") && call.path().equals("/api/v1/namespaces/demo"), 403);

        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);

        assertThat(history()).isEmpty();
        assertThat(client1.namespaces().withName("demo").get()).isNotNull();
        assertThat(bench.deployer.leftovers(Bench.workload(NAME)))
                .singleElement()
                .asString()
                .contains("namespace demo stays on c1: the right to delete it (role smo-namespace-removal) is missing");

        one.heal();
        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);
        assertThat(client1.namespaces().withName("demo").get()).isNull();
        assertThat(bench.deployer.leftovers(Bench.workload(NAME))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployments", "statefulsets", "daemonsets", "jobs"})
    void aNamespaceThatMayNotBeLookedThroughStaysAndSaysWhichRightIsMissing(String kind) {
        bench.close();
        bench = bench(Bench.settings(true));
        install(VALUES, "c1");
        one.refuse(call -> call.method().equals("GET") && call.path().endsWith("/namespaces/demo/" + kind), 403);

        bench.deployer.ensureRemoved(Bench.removal(NAME), Bench.OWNER);

        assertThat(client1.namespaces().withName("demo").get()).isNotNull();
        assertThat(bench.deployer.leftovers(Bench.workload(NAME)))
                .singleElement()
                .asString()
                .contains("the right to list %s in it (role smo-releases) is missing".formatted(kind));
    }
}
