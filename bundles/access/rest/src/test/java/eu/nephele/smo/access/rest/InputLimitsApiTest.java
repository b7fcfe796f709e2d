// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.http.InputLimits;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All members of small bodies have limits, and a violation is reported with its pointer. */
class InputLimitsApiTest {

    private static final String LONG = "x".repeat(InputLimits.TEXT_CHARACTERS + 1);
    private static final String PLACEMENT = "/api/v1/projects/demo/graphs/hello/placement";

    private final Api api = new Api();

    @BeforeEach
    void deploy() {
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
        api.post("/api/v1/webhooks", "{\"url\":\"https://example.org/in\",\"secret\":\"s3cret\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of("/api/v1/webhooks", "{\"url\":\"https://example.org/%s\"}".formatted(LONG), "/url"),
                Arguments.of(
                        "/api/v1/webhooks",
                        "{\"url\":\"https://example.org/in\",\"secret\":\"%s\"}".formatted(LONG),
                        "/secret"),
                Arguments.of(
                        "/api/v1/webhooks/webhook-1/deliveries/replay",
                        "{\"sequences\":[%s]}".formatted(many(InputLimits.SEQUENCES, "1")),
                        "/sequences"),
                Arguments.of(
                        PLACEMENT, "{\"services\":[%s]}".formatted(many(InputLimits.SERVICES, "\"a\"")), "/services"),
                Arguments.of(PLACEMENT, "{\"services\":[\"%s\"]}".formatted(LONG), "/services/0"),
                Arguments.of(PLACEMENT, "{\"reason\":\"offload\",\"target\":\"%s\"}".formatted(LONG), "/target"),
                Arguments.of(PLACEMENT, placement("\"id\":\"%s\"".formatted(LONG)), "/override/placement/id"),
                Arguments.of(
                        PLACEMENT,
                        placement("\"parameters\":{%s}".formatted(members(InputLimits.PARAMETERS))),
                        "/override/placement/parameters"),
                Arguments.of(
                        PLACEMENT,
                        placement("\"objectives\":{%s}".formatted(members(InputLimits.OBJECTIVES))),
                        "/override/placement/objectives"),
                Arguments.of(
                        "/api/v1/shadows",
                        "{\"project\":\"%s\",\"strategy\":{\"id\":\"first-fit\"}}".formatted(LONG),
                        "/project"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource
    void tooMuch(String path, String body, String pointer) {
        Api.Answer answer = api.post(path, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors")).anySatisfy(error -> {
            assertThat(error.path("pointer").asText()).isEqualTo(pointer);
            assertThat(error.path("message").asText()).contains("expected");
        });
        assertThat(answer.text()).hasSizeLessThan(3_000);
    }

    /** Others of the same notification are handled. */
    @Test
    void anAlertWithALabelThatIsTooLongIsNotRead() {
        Api.Answer answer = api.post(
                "/alerts", "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"service\":\"%s\"}}]}".formatted(LONG));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/results/0/result").asText()).isEqualTo("failed");
        assertThat(answer.json().at("/results/0/message").asText()).contains("service", "4096");
    }

    private static String placement(String member) {
        return "{\"override\":{\"placement\":{%s}}}".formatted(member);
    }

    private static String many(int limit, String item) {
        return IntStream.rangeClosed(0, limit).mapToObj(number -> item).collect(Collectors.joining(","));
    }

    private static String members(int limit) {
        return IntStream.rangeClosed(0, limit)
                .mapToObj(number -> "\"m%d\":1".formatted(number))
                .collect(Collectors.joining(","));
    }
}
