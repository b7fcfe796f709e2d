// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.read.NodeReader.ObservedNode;
import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeReaderTest {

    private final NodeReader reader = new NodeReader(new KubernetesQuantities(Set.of()));

    @Test
    void aCordonedOrTaintedNodeIsReadyAndNotOpen() {
        String ready = "{metadata: {name: n}, spec: {%s}, status: {allocatable: {cpu: 2},"
                + " conditions: [{type: Ready, status: \"True\"}]}}";
        assertThat(read(ready.formatted("")).open()).isTrue();
        for (String closed : new String[] {"unschedulable: true", "taints: [{key: k, effect: NoSchedule}]"}) {
            assertThat(read(ready.formatted(closed)))
                    .as(closed)
                    .matches(ObservedNode::ready)
                    .matches(node -> !node.open());
        }
    }

    @Test
    void aNodeOfWhichNothingIsKnownIsNotReadyAndHasNoRoom() {
        ObservedNode node = read("{metadata: {name: n}}");
        assertThat(node.ready()).isFalse();
        assertThat(node.open()).isFalse();
        assertThat(node.allocatable()).isEqualTo(Resources.NONE);
        assertThat(read("{metadata: {name: n}, status: {conditions: [{type: Ready, status: \"True\"}]}}")
                        .open())
                .isTrue();
    }

    private ObservedNode read(String yaml) {
        return reader.read(new KubernetesSerialization().unmarshal("---\n" + yaml, Node.class));
    }
}
