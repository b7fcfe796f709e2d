// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKindsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: CustomResourceDefinition",
                "status: {}",
                "status: {acceptedNames: {plural: '', kind: ''}, conditions: null, storedVersions: [v1]}",
                "status: {conditions: [{type: NamesAccepted, status: 'True'}, {type: Established, status: 'False'}]}"
            })
    void aDefinitionIsNotEstablishedUntilTheApiServerSaysSo(String definition) {
        assertThat(ObjectKinds.isEstablished(read(definition))).isFalse();
    }

    @Test
    void aDefinitionIsEstablishedOnceTheApiServerSaysSo() {
        assertThat(ObjectKinds.isEstablished(read("status: {conditions: [{type: Established, status: 'True'}]}")))
                .isTrue();
    }

    private static CustomResourceDefinition read(String definition) {
        return Serialization.unmarshal(definition, CustomResourceDefinition.class);
    }
}
