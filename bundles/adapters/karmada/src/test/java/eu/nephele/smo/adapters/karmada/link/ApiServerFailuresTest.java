// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerFailuresTest {

    private final ApiServerFailures failures = new ApiServerFailures("karmada", new RetryAfterInterceptor());

    private static KubernetesClientException said(String message) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(401).withMessage(message).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer the.secret-1",
                "authorization=basic dGhlLnNlY3JldC0x",
                "bearer the.secret-1;"
            })
    void credentialsThatAGatewayRepeatsAreNotPassedOn(String repeated) {
        AdapterException told = failures.translate("List clusters", said("no entry: " + repeated));
        assertThat(told).hasMessageContaining("no entry").hasNoCause();
        assertThat(told.getMessage()).doesNotContain("the.secret-1", "dGhlLnNlY3JldC0x");
        AdapterException ofMember = failures.ofMember("List pods", said("no entry: " + repeated));
        assertThat(ofMember).hasNoCause();
        assertThat(ofMember.getMessage()).doesNotContain("the.secret-1", "dGhlLnNlY3JldC0x");
    }

    @ParameterizedTest
    @ValueSource(strings = "clusters is forbidden: User \"smo\" cannot list resource")
    void otherWordsAndTheirCauseStay(String words) {
        AdapterException told = failures.translate("List clusters", said(words));
        assertThat(told).hasMessageContaining(words).hasCauseInstanceOf(KubernetesClientException.class);
    }
}
