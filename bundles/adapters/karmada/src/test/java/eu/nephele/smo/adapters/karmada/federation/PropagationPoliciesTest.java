// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.federation.ScriptedServer.Reply;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The policy of a chart that decides the clusters of a workload, and whether the SMO can change it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PropagationPoliciesTest {

    private static final StepKey KEY = new StepKey(new WorkloadRef(new GraphId("p", "shop"), "web"), 1, "shares");
    private static final ReplicaSpread TWO =
            ReplicaSpread.from(List.of(new Share(new ClusterId("k", "m1"), 1), new Share(new ClusterId("k", "m2"), 1)));
    private static final String NAMED = "[{apiVersion: apps/v1, kind: Deployment, name: web}]";
    private static final String ALL = "[{apiVersion: apps/v1, kind: Deployment}]";

    private volatile String policies = "";
    private ScriptedServer server;
    private PropagationPolicies propagationPolicies;

    @BeforeEach
    void begin() throws IOException {
        server = new ScriptedServer(path -> Reply.ok(list()));
        propagationPolicies = new PropagationPolicies(new OwnedObjects(server.connection()), "k");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void thePolicyThatHasTheWorkloadIsTheChartsWhereTwoNameIt() {
        policies = policy("first", "", NAMED, "{}") + policy("second", "", NAMED, "{}");
        assertThat(ofChart(workload("labels", "second"))).contains("second");
        assertThat(ofChart(workload("annotations", "second"))).contains("second");
        assertThat(ofChart(workload("labels", "gone"))).contains("first");
    }

    @Test
    void aPolicyThatHasTheWorkloadWithoutNamingItIsRefused() {
        policies = policy("every", "", ALL, "{}");
        assertThat(ofChart(workload("labels", "smo-web"))).isEmpty();
        refused(workload("labels", "every"), "every selects it without naming it");
        policies = policy("every", "", ALL, "{}") + policy("named", "", NAMED, "{}");
        refused(workload("annotations", "every"), "every selects it without naming it");
    }

    @Test
    void whatWouldKeepTheChosenClustersAwayIsRefused() {
        policies = policy("lazy", "activationPreference: Lazy, ", NAMED, "{}");
        refused(workload("labels", "lazy"), "activationPreference: Lazy");
        policies =
                policy("one", "", NAMED, "{spreadConstraints: [{spreadByField: cluster, maxGroups: 1, minGroups: 1}]}");
        refused(workload("labels", "one"), "spreadConstraints.maxGroups");
        policies =
                policy("two", "", NAMED, "{spreadConstraints: [{spreadByField: cluster, maxGroups: 2, minGroups: 1}]}");
        assertThat(ofChart(workload("labels", "two"))).contains("two");
    }

    @Test
    void otherWaysToChooseClustersGo() {
        policies = policy("chosen", "", NAMED, "{clusterAffinity: {clusterNames: [m1, m2], exclude: [m2]}}");
        ObservedWorkload workload = workload("labels", "chosen");
        propagationPolicies.ensure(KEY, workload, List.of(), propagationPolicies.ofChart(KEY, workload, TWO), TWO);
        assertThat(server.bodies()).anySatisfy(body -> assertThat(body)
                .contains("\"exclude\":null", "\"labelSelector\":null", "\"fieldSelector\":null", "\"m2\""));
    }

    private Optional<String> ofChart(ObservedWorkload workload) {
        return propagationPolicies.ofChart(KEY, workload, TWO).map(it -> it.getMetadata()
                .getName());
    }

    private void refused(ObservedWorkload workload, String why) {
        assertThatThrownBy(() -> propagationPolicies.ofChart(KEY, workload, TWO))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining(why);
    }

    private String list() {
        KubernetesSerialization json = new KubernetesSerialization();
        return json.asJson(json.unmarshal(
                "apiVersion: policy.karmada.io/v1alpha1\nkind: PropagationPolicyList\nmetadata: {}\nitems:"
                        + (policies.isEmpty() ? " []" : "\n" + policies),
                GenericKubernetesResource.class));
    }

    private static String policy(String name, String more, String selectors, String placement) {
        return """
                - apiVersion: policy.karmada.io/v1alpha1
                  kind: PropagationPolicy
                  metadata: {name: %s, namespace: p}
                  spec: {%sresourceSelectors: %s, placement: %s}
                """.formatted(name, more, selectors, placement);
    }

    /** @param where labels before Karmada 1.11, annotations since */
    private static ObservedWorkload workload(String where, String policy) {
        return Samples.READER.read(
                new KubernetesSerialization().unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: p, uid: u, %s: {propagationpolicy.karmada.io/name: %s}}
                spec: {template: {spec: {containers: [{name: c}]}}}
                """.formatted(where, policy), Deployment.class));
    }
}
