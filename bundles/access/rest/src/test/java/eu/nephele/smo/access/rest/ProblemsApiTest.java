// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Every failure is a problem in the same form. */
final class ProblemsApiTest {

    private final Api api = new Api(2000);

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/nope/deep/x",
                "/api",
                "/api/v1",
                "/api/v1/nope",
                "/graphs",
                "/project/x",
                "/favicon.ico"
            })
    void anUnknownPathIs404(String path) {
        Api.Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("instance").asText()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /clusters, GET",
        "PUT, /graphs/x, DELETE",
        "POST, /api/v1/clusters, GET",
        "PATCH, /alerts, POST"
    })
    void aMethodThatThePathDoesNotKnowIs405WithThoseItKnows(String method, String path, String allowed) {
        Api.Answer answer = api.call(method, path, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
    }

    /** Clients made by openapi-generator ask so for texts and archives. */
    @Test
    void aCallerThatAcceptsOnlyProblemsGetsTheAnswerToo() {
        assertThat(api.get("/openapi.yaml", "Accept", "application/problem+json")
                        .header("Content-Type"))
                .startsWith("application/yaml");
        assertThat(api.get("/graphs/none", "Accept", "application/problem+json").status())
                .isEqualTo(404);
    }

    @Test
    void mediaTypesThatAreNotReadOrWrittenAre415And406() {
        assertThat(api.call("POST", "/alerts", BodyPublishers.ofString("x"), "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(api.call("POST", "/project/p/graphs", BodyPublishers.ofString("x"), "Content-Type", "text/csv")
                        .status())
                .isEqualTo(415);
        assertThat(api.get("/clusters", "Accept", "text/csv").status()).isEqualTo(406);
        assertThat(api.get("/api/v1/projects", "Accept", "application/xml").status())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/project/demo/graphs", "/api/v1/projects/demo/graphs", "/alerts"})
    void aBodyThatIsNotJsonIs400(String path) {
        assertThat(api.post(path, "{\"a\":").status()).isEqualTo(400);
        assertThat(api.post(path, "{\"a\":").header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clusters?x=1",
                "/graphs/x?y=1",
                "/project/p/graphs?project=p",
                "/api/v1/version?z",
                "/openapi.yaml?a=b"
            })
    void aQueryParameterThatIsNotKnownIs400(String path) {
        Api.Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("message").asText()).contains("unknown query parameter");
    }

    @Test
    void aBodyBeyondTheLimitIs413WhateverItsLengthClaims() {
        byte[] large = "x".repeat(5000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(api.call("POST", "/alerts", BodyPublishers.ofByteArray(large), "Content-Type", "application/json")
                        .status())
                .isEqualTo(413);
        Api.Answer chunked = api.call(
                "POST",
                "/project/p/graphs",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                "Content-Type",
                "application/yaml");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.problem()).isEqualTo("too-large");
    }

    @Test
    void aCorrelationIdIsTakenOverWhenItIsSane() {
        assertThat(api.get("/clusters", "X-Correlation-Id", "abc-1").header("X-Correlation-Id"))
                .isEqualTo("abc-1");
        assertThat(api.get("/clusters", "X-Correlation-Id", "a b<c>").header("X-Correlation-Id"))
                .hasSize(36);
        Api.Answer problem = api.get("/nope", "X-Correlation-Id", "abc-2");
        assertThat(problem.header("X-Correlation-Id")).isEqualTo("abc-2");
        assertThat(problem.json().path("correlationId").asText()).isEqualTo("abc-2");
    }

    @Test
    void aBugIs500WithoutDetailsAndIsFoundInTheLogByItsCorrelationId_D36() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        context.getLogger("ROOT").addAppender(log);
        String body = Samples.HELLO.replace("hello", "secret-name");
        api.graphs.failure = Optional.of(new IllegalStateException("the inside"));
        try {
            Api.Answer answer = api.call(
                    "POST",
                    "/project/p/graphs",
                    BodyPublishers.ofString(body),
                    "Content-Type",
                    "application/json",
                    "X-Correlation-Id",
                    "find-me",
                    "Authorization",
                    "Bearer very-secret");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).doesNotContain("the inside").contains("find-me");
            List<ILoggingEvent> found = log.list.stream()
                    .filter(line -> "find-me".equals(line.getMDCPropertyMap().get("correlationId")))
                    .toList();
            assertThat(found).isNotEmpty();
            // structured lines, and never a request as a whole
            assertThat(found).allSatisfy(line -> assertThat(line.getFormattedMessage())
                    .doesNotContain("secret-name", "very-secret"));
        } finally {
            context.getLogger("ROOT").detachAppender(log);
        }
    }

    @Test
    void aBugHasOneIdInHeaderBodyAndLogAlsoWhenTheCallerGaveNone() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        context.getLogger("ROOT").addAppender(log);
        api.graphs.failure = Optional.of(new IllegalStateException("the inside"));
        try {
            Api.Answer answer = api.post("/project/p/graphs", Samples.HELLO);

            String id = answer.json().path("correlationId").asText();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(id).hasSize(36).isEqualTo(answer.header("X-Correlation-Id"));
            assertThat(log.list)
                    .filteredOn(line -> line.getFormattedMessage().equals("request failed unexpectedly"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry("correlationId", id));
        } finally {
            context.getLogger("ROOT").detachAppender(log);
        }
    }

    @Test
    void headAndOptionsAreAnswered() {
        assertThat(api.call("OPTIONS", "/nope", BodyPublishers.noBody()).status())
                .isEqualTo(404);
        assertThat(api.post("/graphs/x/y/z").status()).isEqualTo(404);
    }
}
