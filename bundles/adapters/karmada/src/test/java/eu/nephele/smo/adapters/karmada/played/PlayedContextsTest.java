// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.played;

import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.await;
import static eu.nephele.smo.adapters.karmada.played.PlayedFederation.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.karmada.ReleaseYaml;
import eu.nephele.smo.adapters.karmada.contexts.ContextClusters;
import eu.nephele.smo.adapters.karmada.contexts.ContextClusters.ContextSettings;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two simulated plain clusters without controllers: reads from them, and writes to each. */
@Timeout(90)
class PlayedContextsTest {

    private static final ClusterId A = new ClusterId("kubernetes", "a");
    private static final ClusterId B = new ClusterId("kubernetes", "b");

    /** Of a DaemonSet. */
    private static final String NO_NODES = "status: {observedGeneration: 1, desiredNumberScheduled: 0,"
            + " currentNumberScheduled: 0, updatedNumberScheduled: 0}";

    private PlayedApiServer serverOfA;
    private PlayedApiServer serverOfB;
    private KubernetesClient a;
    private KubernetesClient b;
    private ContextClusters contexts;

    @BeforeEach
    void start() throws Exception {
        serverOfA = new PlayedApiServer();
        serverOfB = new PlayedApiServer();
        a = PlayedFederation.admin(serverOfA);
        b = PlayedFederation.admin(serverOfB);
        node(a, "eu-west");
        node(b, "eu-north");
        contexts = contexts();
        await(() -> assertThat(contexts.clusters()).hasSize(2).allMatch(ClusterState::ready));
    }

    private ContextClusters contexts() {
        return new ContextClusters(
                "kubernetes",
                List.of(
                        new ContextSettings("a", link("file:a#it"), Map.of()),
                        new ContextSettings(
                                "b", link("file:b"), Map.of("tier", "edge", "smo.nephele.eu/runs-wasm", "true"))),
                new WatchSettings(Set.of("nvidia.com/gpu"), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(3)),
                reference -> Optional.of((reference.equals("file:a") ? serverOfA : serverOfB).kubeconfig()),
                Clock.systemUTC());
    }

    @AfterEach
    void end() {
        contexts.close();
        a.close();
        b.close();
        serverOfA.close();
        serverOfB.close();
    }

    private static LinkSettings link(String connection) {
        return new LinkSettings(
                "kubernetes",
                connection,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                1 << 20,
                Optional.empty(),
                Optional.empty());
    }

    private static <T extends HasMetadata> void make(KubernetesClient on, Class<T> type, String yaml) {
        on.resource(on.getKubernetesSerialization().unmarshal(yaml, type)).create();
    }

    private static void node(KubernetesClient on, String region) {
        make(on, Node.class, """
                apiVersion: v1
                kind: Node
                metadata: {name: node, labels: {topology.kubernetes.io/region: %s, kubernetes.io/hostname: node}}
                spec: {}
                status:
                  allocatable: {cpu: "8", memory: 16Gi, nvidia.com/gpu: "2"}
                  conditions: [{type: Ready, status: "True"}]
                """.formatted(region));
    }

    private static StepKey deployed(String name, KubernetesClient on) {
        make(on, Namespace.class, "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(name));
        make(on, Deployment.class, """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  namespace: %1$s
                  labels: {app.kubernetes.io/managed-by: Helm}
                  annotations: {meta.helm.sh/release-name: %1$s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: x, resources: {requests: {cpu: 500m, memory: 256Mi}}}]}
                """.formatted(name));
        return key(name);
    }

    /** A pod without owner, on the node. */
    private static void pod(KubernetesClient on, String cores) {
        make(on, Namespace.class, "apiVersion: v1\nkind: Namespace\nmetadata: {name: others}\n");
        make(on, Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata: {name: pod, namespace: others}
                spec: {nodeName: node, containers: [{name: main, image: x, resources: {requests: {cpu: "%s"}}}]}
                status: {phase: Running}
                """.formatted(cores));
    }

    @Test
    void itRunsChartsAndWhatItsLabelsSay() {
        assertThat(state(A).artifactTypes()).containsExactly("helm");
        assertThat(state(B).artifactTypes()).containsExactly("helm", "wasm");
    }

    private static int replicas(KubernetesClient on, String name) {
        return on.apps()
                .deployments()
                .inNamespace(name)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    private ClusterState state(ClusterId id) {
        return contexts.clusters().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private WorkloadObservation observe(StepKey key) {
        return Objects.requireNonNull(
                contexts.runtime().observe(List.of(key.workload())).get(key.workload()));
    }

    private void run(StepKey key, Share... shares) {
        contexts.runtime().ensureShares(key, List.of(shares));
    }

    @Test
    void aClusterOffersWhatItsNodesOfferLessWhatPodsAskFor() {
        assertThat(state(A).allocatable()).isEqualTo(new Resources(8000, 16L << 30, 0, 2));
        assertThat(state(A).location()).isEqualTo("eu-west");
        assertThat(state(A).labels()).doesNotContainKey("kubernetes.io/hostname");
        assertThat(state(B).labels()).containsEntry("tier", "edge");
        AtomicInteger told = new AtomicInteger();
        Subscription subscription = contexts.subscribe(told::incrementAndGet);
        pod(a, "3");
        await(() -> assertThat(state(A).free().cpuMillis()).isEqualTo(5000));
        await(() -> assertThat(told).hasPositiveValue());
        subscription.close();
        assertThat(state(B).free().cpuMillis()).isEqualTo(8000);
        assertThat(contexts.target(A).connection()).contains("file:a#it");
        assertThat(contexts.target(new ClusterId("kubernetes", "z")).connection())
                .isEmpty();
    }

    @Test
    void eachClusterGetsItsReplicasAndThoseNotNamedNone() {
        StepKey key = deployed("move", a);
        deployed("move", b);
        run(key, new Share(A, 2));
        assertThat(replicas(a, "move")).isEqualTo(2);
        assertThat(replicas(b, "move")).isZero();
        run(key, new Share(A, 2), new Share(B, 3));
        assertThat(replicas(b, "move")).isEqualTo(3);
        await(() ->
                assertThat(observe(key).byCluster().get(A).desiredReplicas()).isEqualTo(2));
        await(() ->
                assertThat(observe(key).byCluster().get(B).desiredReplicas()).isEqualTo(3));
        run(key, new Share(B, 1));

        assertThat(replicas(a, "move")).isZero();
        assertThat(replicas(b, "move")).isEqualTo(1);
        assertThat(b.apps()
                        .deployments()
                        .inNamespace("move")
                        .withName("move")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("smo.nephele.eu/workload", "move/g/move");
    }

    @Test
    void whatCannotBeRunIsRefusedAndSaysWhere() {
        StepKey key = deployed("half", a);
        AdapterException half =
                catchThrowableOfType(AdapterException.class, () -> run(key, new Share(A, 1), new Share(B, 1)));
        assertThat(half.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(half).hasMessageContaining("on b").hasMessageContaining("install its release there first");
        AdapterException strange = catchThrowableOfType(
                AdapterException.class, () -> run(key, new Share(new ClusterId("kubernetes", "z"), 1)));
        assertThat(strange.kind()).isEqualTo(Kind.REFUSED);
        assertThatIllegalArgumentException().isThrownBy(() -> run(key));
    }

    @Test
    void whatIsBesideAServiceIsWaitedForAndItsPodsAreLeftOver() {
        StepKey key = deployed("shop", a);
        run(key, new Share(A, 1));
        make(
                a,
                DaemonSet.class,
                ReleaseYaml.daemonSet("shop", "agent")
                        + "status: {observedGeneration: 9, desiredNumberScheduled: 2, currentNumberScheduled: 2,"
                        + " updatedNumberScheduled: 1}");
        podOfAgent(a, "shop");
        await(() -> assertThat(observe(key).beside().get(A)).singleElement().satisfies(agent -> assertThat(
                        agent.waitsFor())
                .startsWith("DaemonSet agent: 1 of 2 replicas are of the new revision")));
        a.apps().deployments().inNamespace("shop").withName("shop").delete();
        await(() ->
                assertThat(contexts.runtime().observe(List.of(key.workload()))).isEmpty());
        assertThat(contexts.runtime().remains(List.of(key.workload()), Set.of(A)))
                .as("the DaemonSet is there, so its pods are not left over")
                .isEmpty();
        make(a, Deployment.class, """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: agent
                  namespace: shop
                  labels: {app.kubernetes.io/managed-by: Helm}
                  annotations: {meta.helm.sh/release-name: agent}
                spec: {selector: {matchLabels: {app: other}}, template: {metadata: {labels: {app: other}}}}
                """);
        WorkloadRef other = new WorkloadRef(key.workload().graph(), "agent");
        await(() -> assertThat(contexts.runtime().observe(List.of(other))).containsKey(other));
        a.apps().daemonSets().inNamespace("shop").withName("agent").delete();
        await(() -> assertThat(contexts.runtime().remains(List.of(key.workload()), Set.of(A)))
                .hasEntrySatisfying(key.workload(), left -> assertThat(
                                Objects.requireNonNull(left.byCluster().get(A)).replicas())
                        .isEqualTo(1)));
    }

    /** Watches lag behind the writes of Helm; their last state is the former revision, rolled out. */
    @Test
    void whatWasToldBeforeAnUpdateIsNoSuccessOfIt() {
        StepKey key = deployed("late", a);
        make(a, DaemonSet.class, ReleaseYaml.daemonSet("late", "agent") + NO_NODES);
        run(key, new Share(A, 1));
        update(key);
        await(() -> {
            assertThat(observed(key)).isTrue();
            assertThat(observe(key).beside()).isEmpty();
        });

        serverOfA.holdBack(call -> call.path().endsWith("sets") || call.path().endsWith("deployments"));
        update(key);
        run(key, new Share(A, 1));
        assertThat(observed(key)).isFalse();
        assertThat(observe(key).beside().get(A)).singleElement().satisfies(agent -> assertThat(agent.waitsFor())
                .startsWith("DaemonSet agent: "));
        serverOfA.heal();
        await(() -> {
            assertThat(observed(key)).isTrue();
            assertThat(observe(key).beside()).isEmpty();
        });

        serverOfA.holdBack(call -> call.path().endsWith("sets") || call.path().endsWith("deployments"));
        update(key);
        contexts.runtime().ensureMarked(key);
        assertThat(observed(key)).as("placed by its chart").isFalse();
        assertThat(observe(key).beside()).containsOnlyKeys(A);
    }

    private boolean observed(StepKey key) {
        return Objects.requireNonNull(observe(key).byCluster().get(A)).observedCurrent();
    }

    /** Updates both as Helm does, with controllers that observe it at once. */
    private void update(StepKey key) {
        String namespace = key.workload().service();
        Deployment deployment = a.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(namespace)
                .get();
        deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setImage("y" + deployment.getMetadata().getGeneration());
        Deployment updated = a.resource(deployment).update();
        updated.setStatus(new DeploymentStatusBuilder()
                .withObservedGeneration(updated.getMetadata().getGeneration())
                .build());
        a.resource(updated).updateStatus();
        DaemonSet agent =
                a.apps().daemonSets().inNamespace(namespace).withName("agent").get();
        agent.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setImage("y" + agent.getMetadata().getGeneration());
        DaemonSet changed = a.resource(agent).update();
        changed.getStatus().setObservedGeneration(changed.getMetadata().getGeneration());
        a.resource(changed).updateStatus();
    }

    @Test
    void podsOfDaemonSetsThatNobodyMaySeeAreNotLeftOver() {
        contexts.close();
        serverOfA.refuse(call -> call.path().endsWith("/daemonsets"), 403);
        contexts = contexts();
        await(() -> assertThat(contexts.clusters()).hasSize(2).allMatch(ClusterState::ready));
        StepKey key = deployed("kept", a);
        run(key, new Share(A, 1));
        podOfAgent(a, "kept");
        a.apps().deployments().inNamespace("kept").withName("kept").delete();
        await(() -> {
            assertThat(state(A).free().cpuMillis()).isEqualTo(7000);
            assertThat(contexts.runtime().observe(List.of(key.workload()))).isEmpty();
        });
        assertThat(contexts.runtime().remains(List.of(key.workload()), Set.of(A)))
                .isEmpty();
    }

    /** A pod of a DaemonSet that a release has beside its service. */
    private static void podOfAgent(KubernetesClient on, String release) {
        make(on, Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: agent-x
                  namespace: %1$s
                  labels: {app: agent, app.kubernetes.io/instance: %1$s}
                  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: u, controller: true}]
                spec: {nodeName: node, containers: [{name: main, image: x, resources: {requests: {cpu: "1"}}}]}
                status: {phase: Running}
                """.formatted(release));
    }

    /** No event of the Deployment: its pods publish their use themselves, before the cluster is published. */
    @Test
    void podsTellTheirWorkloadWhatHasBecomeOfThem() throws Exception {
        StepKey key = deployed("alone", a);
        run(key, new Share(A, 1));
        List<String> told = told();
        List<Long> taken = new CopyOnWriteArrayList<>();
        contexts.runtime().subscribe(any -> taken.add(requested(key)));
        silence(told);
        pod("alone", "p", "");
        news(told, "come", "alone/g/alone", "cluster");

        taken.clear();
        edit("alone", pod -> pod.getSpec().setNodeName("node"));
        news(told, "scheduled late", "alone/g/alone", "cluster");
        assertThat(taken).containsExactly(500L);
        editStatus("alone", "Running", "True", 0);
        news(told, "ready", "alone/g/alone");
        editStatus("alone", "Running", "True", 1);
        assertThat(silence(told)).as("a heartbeat").isEmpty();
        editStatus("alone", "Running", "False", 2);
        news(told, "crashed", "alone/g/alone");
        taken.clear();
        editStatus("alone", "Failed", "False", 3);
        news(told, "evicted", "alone/g/alone", "cluster");
        assertThat(taken).containsExactly(0L);

        pod("alone", "q", "node");
        news(told, "come again", "alone/g/alone", "cluster");
        taken.clear();
        a.pods().inNamespace("alone").withName("q").delete();
        news(told, "gone with its node", "alone/g/alone", "cluster");
        assertThat(taken).containsExactly(0L);
    }

    @Test
    void podsOfOthersTellNoWorkloadAndABurstOfOursTellsItSeldom() throws Exception {
        StepKey key = deployed("burst", a);
        run(key, new Share(A, 1));
        deployed("others", a);
        List<String> told = told();
        silence(told);
        pod("others", "p", "node");
        news(told, "come", "cluster");
        editStatus("others", "Running", "True", 0);
        assertThat(silence(told)).as("ready").isEmpty();
        a.pods().inNamespace("others").withName("p").delete();
        news(told, "gone", "cluster");

        long begin = System.nanoTime();
        AtomicLong last = new AtomicLong(begin);
        contexts.runtime().subscribe(any -> last.set(System.nanoTime()));
        for (int i = 0; i < 50; i++) {
            pod("burst", "p" + i, "");
        }
        await(() -> assertThat(told).contains("burst/g/burst"));
        List<String> all = silence(told);
        int moments = (int) Duration.ofNanos(last.get() - begin).toMillis() / 100;
        assertThat(all.stream().filter("burst/g/burst"::equals))
                .as("by itself, and before the cluster, once in each of %d moments", moments)
                .hasSizeBetween(1, 2 * moments + 2);
    }

    /** Records notifications from now on. */
    private List<String> told() {
        List<String> told = new CopyOnWriteArrayList<>();
        contexts.runtime().subscribe(workload -> told.add(workload.toString()));
        contexts.subscribe(() -> told.add("cluster"));
        return told;
    }

    private long requested(StepKey key) {
        return Objects.requireNonNull(observe(key).byCluster().get(A))
                .requested()
                .cpuMillis();
    }

    /** Awaits this notification and no other; later results exclude it. */
    private static void news(List<String> told, String why, String... expected) throws InterruptedException {
        await(() -> assertThat(told).as(why).hasSizeGreaterThanOrEqualTo(expected.length));
        TimeUnit.MILLISECONDS.sleep(300); // three moments in which it could be published again
        assertThat(told).as(why).containsExactly(expected);
        told.clear();
    }

    /** Returns the notifications until none follow; later results exclude them. */
    private static List<String> silence(List<String> told) throws InterruptedException {
        int before;
        do {
            before = told.size();
            TimeUnit.MILLISECONDS.sleep(700);
        } while (told.size() != before);
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    private void edit(String namespace, Consumer<Pod> how) {
        Pod pod = a.pods().inNamespace(namespace).withName("p").get();
        how.accept(pod);
        a.resource(pod).update();
    }

    private void editStatus(String namespace, String phase, String ready, int restarts) {
        Pod pod = a.pods().inNamespace(namespace).withName("p").get();
        pod.setStatus(new PodStatusBuilder()
                .withPhase(phase)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastProbeTime("2026-01-01T00:00:0%dZ".formatted(restarts))
                .endCondition()
                .addNewContainerStatus()
                .withName("main")
                .withRestartCount(restarts)
                .endContainerStatus()
                .build());
        a.resource(pod).updateStatus();
    }

    /**
     * A pod of the Deployment in this namespace.
     *
     * @param node "" for none
     */
    private void pod(String namespace, String name, String node) {
        make(a, Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %2$s
                  namespace: %1$s
                  labels: {app: %1$s, pod-template-hash: 6f}
                  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: %1$s-6f, uid: u, controller: true}]
                spec:
                  nodeName: "%3$s"
                  containers: [{name: main, image: x, resources: {requests: {cpu: 500m, memory: 256Mi}}}]
                status: {phase: Pending}
                """.formatted(namespace, name, node));
    }

    @Test
    void aNodeThatTakesNothingNewLeavesNoRoomAndOneThatIsNotReadyNoCluster() {
        Node node = b.nodes().withName("node").get();
        node.getSpec().setUnschedulable(true);
        b.resource(node).update();
        await(() -> assertThat(state(B).free()).isEqualTo(Resources.NONE));
        assertThat(state(B).ready()).isTrue();

        Node sick = b.nodes().withName("node").get();
        sick.getStatus().getConditions().get(0).setStatus("False");
        b.resource(sick).updateStatus();
        await(() -> assertThat(state(B).ready()).isFalse());
        assertThat(state(A).ready()).isTrue();
    }

    @Test
    void aClusterThatIsAwayIsNotReadyAndItsWorkloadsAreLeftOut() {
        StepKey key = deployed("away", a);
        deployed("away", b);
        run(key, new Share(A, 1), new Share(B, 1));
        await(() -> assertThat(observe(key).byCluster()).containsOnlyKeys(A, B));
        serverOfB.refuse(call -> true, 503);
        await(() -> assertThat(state(B).ready()).isFalse());
        assertThat(state(B).allocatable()).isEqualTo(Resources.NONE);
        assertThat(observe(key).byCluster()).containsOnlyKeys(A);
        run(key, new Share(A, 2));
        assertThat(replicas(a, "away")).isEqualTo(2);

        serverOfB.heal();
        await(() -> assertThat(state(B).ready()).isTrue());
        assertThat(observe(key).byCluster().get(B).desiredReplicas()).isEqualTo(1);
    }
}
