// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProblemDetailsTest {

    @Test
    void problemDetailsHaveTheMembersOfRfc9457AndOurs() {
        assertThat(new ProblemDetails(405, "This path is for \"reading\" only.").bytes("/health/x", "c-1"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        "{\"type\":\"urn:smo:problem:method-not-allowed\",\"title\":\"Method Not Allowed\",\"status\":405,"
                                + "\"detail\":\"This path is for \\\"reading\\\" only.\",\"instance\":\"/health/x\",\"source\":\"smo\","
                                + "\"correlationId\":\"c-1\"}");
    }

    @Test
    void aStatusWithoutAWordOfItsOwnIsRefusedOrInternal() {
        assertThat(new ProblemDetails(418, "").bytes("", ""))
                .asString(StandardCharsets.UTF_8)
                .contains("urn:smo:problem:refused");
        assertThat(new ProblemDetails(502, "").bytes("", ""))
                .asString(StandardCharsets.UTF_8)
                .contains("urn:smo:problem:internal")
                .doesNotContain("correlationId");
    }

    @Test
    void aCallersIdIsTakenWhenItCanBeLogged() {
        assertThat(ProblemDetails.correlationId("a:b-1")).isEqualTo("a:b-1");
        assertThat(ProblemDetails.correlationId("a\nb")).hasSize(36);
        assertThat(ProblemDetails.correlationId(null)).hasSize(36);
    }
}
