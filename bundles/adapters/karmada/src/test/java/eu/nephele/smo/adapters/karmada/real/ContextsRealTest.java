// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.ReleaseYaml;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two real clusters without a Karmada: API server and controllers are real, scheduler and kubelet are played. The user has the
 * rights of docs/operate/rbac/contexts.yaml and no others.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("api-server")
class ContextsRealTest extends ContextsBed {

    @Test
    void aClusterOffersWhatItsNodesOfferLessWhatPodsAskFor() throws Exception {
        StepKey key = deployed("load", a);
        contexts.runtime().ensureShares(key, List.of(new Share(A, 3)));
        Await.until(
                SOON, () -> assertThat(observe(key).byCluster().get(A)).isEqualTo(new OnCluster(3, 3, ONE.times(3))));

        ClusterState state = state(A);
        assertThat(state.allocatable()).isEqualTo(new Resources(8000, 16L << 30, 0, 2));
        assertThat(state.allocated().cpuMillis()).isGreaterThanOrEqualTo(1500);
        assertThat(state.location()).isEqualTo("eu-west");
        assertThat(state.labels()).doesNotContainKey("kubernetes.io/hostname");
        assertThat(state(B).labels()).containsEntry("tier", "edge");
        assertThat(contexts.target(A).connection()).contains("file:a#real");
    }

    @Test
    void aWorkloadMovesFromOneClusterToTheOther() throws Exception {
        StepKey key = deployed("move", a);
        deployed("move", b);
        contexts.runtime().ensureShares(key, List.of(new Share(A, 2)));
        Await.until(SOON, () -> assertThat(observe(key).byCluster().get(A).readyReplicas())
                .isEqualTo(2));
        contexts.runtime().ensureShares(key, List.of(new Share(A, 2), new Share(B, 1)));
        Await.until(SOON, () -> assertThat(observe(key).readyReplicas()).isEqualTo(3));
        contexts.runtime().ensureShares(key, List.of(new Share(B, 1)));
        Await.until(SOON, () -> assertThat(observe(key).byCluster())
                .isEqualTo(Map.of(A, new OnCluster(0, 0, Resources.NONE), B, new OnCluster(1, 1, ONE))));
    }

    @Test
    void aWorkloadWithoutItsReleaseIsNotFound() throws Exception {
        StepKey key = deployed("half", a);
        assertThatThrownBy(() -> contexts.runtime().ensureShares(key, List.of(new Share(A, 1), new Share(B, 1))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining(" b");
        assertThatThrownBy(() ->
                        contexts.runtime().ensureShares(key, List.of(new Share(new ClusterId("kubernetes", "z"), 1))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void whatKeepsPodsFromBeingReadyIsTold() throws Exception {
        Await.until(SOON, () -> assertThat(state(B).ready()).isTrue());
        StepKey key = deployed("pending", b);
        b.admin().nodes().withName("node").edit(node -> {
            node.getSpec().setUnschedulable(true);
            return node;
        });
        try {
            Await.until(SOON, () -> assertThat(state(B).free()).isEqualTo(Resources.NONE));
            assertThat(state(B).ready()).isTrue();
        } finally {
            b.admin().nodes().withName("node").edit(node -> {
                node.getSpec().setUnschedulable(false);
                return node;
            });
        }
        playerOfA.sick();
        StepKey sick = deployed("sick", a);
        contexts.runtime().ensureShares(sick, List.of(new Share(A, 1)));
        try {
            Await.until(SOON, () -> assertThat(observe(sick).message())
                    .contains("a: pod sick-", "ImagePullBackOff: no such image"));
        } finally {
            playerOfA.well();
        }
        assertThat(observe(key)).isNotNull();
    }

    @Test
    void aDaemonSetBesideAServiceIsNotRolledOutBeforeItsNewPodsServe() throws Exception {
        StepKey key = deployed("shop", a);
        a.admin().load(stream(ReleaseYaml.daemonSet("shop", "agent"))).create();
        contexts.runtime().ensureShares(key, List.of(new Share(A, 1)));
        Await.until(SOON, () -> assertThat(observe(key).readyReplicas()).isEqualTo(1));
        Await.until(SOON, () -> assertThat(observe(key).beside()).isEmpty());
        playerOfA.sick();
        try {
            a.admin().apps().daemonSets().inNamespace("shop").withName("agent").edit(set -> {
                set.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("y");
                return set;
            });
            Await.until(SOON, () -> assertThat(observe(key).beside().get(A))
                    .singleElement()
                    .satisfies(agent -> assertThat(agent.waitsFor())
                            .startsWith("DaemonSet agent: 0 of 1 replicas are ready")
                            .contains("ImagePullBackOff")));
            assertThat(observe(key).byCluster().get(A).waitsFor(1)).isEmpty();
        } finally {
            playerOfA.well();
        }
        a.admin().pods().inNamespace("shop").withLabel("app", "agent").delete();
        Await.until(SOON, () -> assertThat(observe(key).beside()).isEmpty());
    }

    @Test
    void aServiceThatIsAJobIsThereWhenItIsCompleteAndSaysWhenItFails() throws Exception {
        StepKey good = job("good", 1);
        contexts.runtime().ensureShares(good, List.of(new Share(A, 1)));
        Await.until(SOON, () -> assertThat(observe(good).message()).contains("a: 0 of 1 completions"));
        end("good", "Succeeded");
        Await.until(SOON, () -> assertThat(observe(good).byCluster().get(A).waitsFor(1))
                .isEmpty());

        StepKey bad = job("bad", 1);
        Await.until(SOON, () -> assertThat(observe(bad).byCluster()).containsKey(A));
        end("bad", "Failed");
        Await.until(SOON, () -> assertThat(observe(bad).failure())
                .hasValueSatisfying(why -> assertThat(why).startsWith("a: BackoffLimitExceeded: ")));
        assertThatThrownBy(() -> contexts.runtime().ensureShares(bad, List.of(new Share(A, 2))))
                .hasMessageContaining("the replicas of a Job cannot be set");
    }

    private static StepKey job(String name, int completions) {
        a.admin()
                .load(stream("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n---\n".formatted(name)
                        + ReleaseYaml.job(name, name, completions)))
                .create();
        return new StepKey(new WorkloadRef(new GraphId(name, "g"), name), 1, "shares");
    }

    /** The pods of a namespace end, once they run. */
    private static void end(String namespace, String phase) throws Exception {
        Await.until(SOON, () -> assertThat(
                        a.admin().pods().inNamespace(namespace).list().getItems())
                .isNotEmpty()
                .allMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
        a.admin().pods().inNamespace(namespace).list().getItems().forEach(pod -> a.admin()
                .pods()
                .resource(pod)
                .editStatus(it -> {
                    it.getStatus().setPhase(phase);
                    return it;
                }));
    }

    @Test
    void aClusterThatIsAwayIsNotReadyAndIsBackAtOnce() throws Exception {
        StepKey key = deployed("away", a);
        deployed("away", b);
        contexts.runtime().ensureShares(key, List.of(new Share(A, 1), new Share(B, 1)));
        Await.until(SOON, () -> assertThat(observe(key).readyReplicas()).isEqualTo(2));

        b.freeze(true);
        try {
            Await.until(SOON, () -> assertThat(state(B).ready()).isFalse());
            assertThat(state(A).ready()).isTrue();
            assertThat(state(B).allocatable()).isEqualTo(Resources.NONE);
            assertThat(observe(key).byCluster()).containsOnlyKeys(A);
        } finally {
            b.freeze(false);
        }
        Await.until(SOON, () -> assertThat(state(B).ready()).isTrue());
        assertThat(observe(key).byCluster()).containsOnlyKeys(A, B);

        b.kill();
        Await.until(SOON, () -> assertThat(state(B).ready()).isFalse());
        contexts.runtime().ensureShares(key, List.of(new Share(A, 1)));
        b.start();
        Await.until(SOON, () -> assertThat(state(B).ready()).isTrue());
        assertThat(observe(key).byCluster().get(B).desiredReplicas()).isEqualTo(1);
    }

    @Test
    void aCertificateThatIsNotTrustedIsUnavailableUnlessItsAuthorityIsConfigured() throws Exception {
        String withoutAuthority = a.kubeconfig("smo").replaceAll(", certificate-authority-data: [^}]*", "");
        LinkSettings trusting = new LinkSettings(
                "a",
                "file:a",
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                1 << 20,
                Optional.empty(),
                Optional.of(a.authority().toString()));
        try (var untrusted = new eu.nephele.smo.adapters.karmada.link.ApiServerConnection(
                        link("file:a"), any -> Optional.of(withoutAuthority));
                var trusted = new eu.nephele.smo.adapters.karmada.link.ApiServerConnection(
                        trusting, any -> Optional.of(withoutAuthority))) {
            assertThatThrownBy(() ->
                            untrusted.call("Look", client -> client.nodes().list()))
                    .isInstanceOfSatisfying(
                            AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("certif");
            assertThat(trusted.<Integer>call(
                            "Look", client -> client.nodes().list().getItems().size()))
                    .isEqualTo(1);
        }
    }
}
