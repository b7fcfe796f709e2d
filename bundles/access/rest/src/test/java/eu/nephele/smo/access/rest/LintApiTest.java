// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Descriptors are checked without a graph. */
final class LintApiTest {

    private static final String LINT = "/api/v1/descriptors/lint";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aGoodOneIsValidAndNotDeployed() {
        JsonNode report = api.post(LINT + "?project=demo", Samples.HELLO).json();
        assertThat(report.path("valid").asBoolean()).isTrue();
        assertThat(report.path("warnings")).hasSize(1);
        assertThat(report.path("services").asInt()).isEqualTo(1);
        assertThat(api.get("/api/v1/graphs").json().path("items")).isEmpty();
    }

    @Test
    void errorsHaveTheirPlace() {
        Api.Answer answer = api.post(LINT, "{}");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode report = answer.json();
        assertThat(report.path("valid").asBoolean()).isFalse();
        assertThat(report.at("/errors/0/line").asInt()).isEqualTo(2);
        assertThat(report.at("/errors/0/column").asInt()).isEqualTo(5);
    }

    @Test
    void anotherTypeIsRefused() {
        assertThat(api.call(
                                "POST",
                                LINT,
                                java.net.http.HttpRequest.BodyPublishers.ofString("x"),
                                "Content-Type",
                                "text/plain")
                        .status())
                .isEqualTo(415);
    }
}
