// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ResourceAmountsTest {

    @Test
    void amountsAreAddedExactlyAndWrittenAsTheApiDoes() throws IOException {
        ResourceAmounts sum = ResourceAmounts.create(yaml("{cpu: 1500m, memory: 500Mi, nvidia.com/gpu: 0}"));
        sum.add(ResourceAmounts.create(yaml("{cpu: '1', memory: 524Mi}")));

        assertThat(sum.toTree().toString())
                .isEqualTo("{\"cpu\":\"2500m\",\"memory\":\"1Gi\",\"nvidia.com/gpu\":\"0\"}");
    }

    @Test
    void aPodAsksForItsContainersAndItsPlace() throws IOException {
        ResourceAmounts pod = ResourceAmounts.ofPod(yaml("""
                spec:
                  containers:
                  - {resources: {requests: {cpu: 250m, memory: 1Gi}}}
                  - {resources: {requests: {cpu: 250m}, limits: {cpu: 9}}}
                  - {name: asks for nothing}
                """));

        assertThat(pod.toTree().toString()).isEqualTo("{\"cpu\":\"500m\",\"memory\":\"1Gi\",\"pods\":\"1\"}");
    }

    @Test
    void whatIsMissingInOneResourceDoesNotFit() throws IOException {
        ResourceAmounts resourceAmounts = ResourceAmounts.create(yaml("{cpu: '4', memory: 1Gi, pods: '110'}"));

        assertThat(resourceAmounts.covers(ResourceAmounts.create(yaml("{cpu: '4', memory: 1024Mi}"))))
                .isTrue();
        assertThat(resourceAmounts.covers(ResourceAmounts.create(yaml("{cpu: 4001m}"))))
                .isFalse();
        assertThat(resourceAmounts.covers(ResourceAmounts.create(yaml("{nvidia.com/gpu: '1'}"))))
                .isFalse();
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
