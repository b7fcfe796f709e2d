// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import eu.nephele.smo.core.contract.runtime.EngineActivity.LaneBacklog;
import eu.nephele.smo.core.contract.runtime.EngineActivity.ReconcilePass;
import eu.nephele.smo.core.contract.runtime.RuntimeReport;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Collector;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.EngineWork;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.EventTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.HttpTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.JavaProcess;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemHistory;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Store;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Present activity of the server. */
final class RuntimeApiTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final ReconcilePass PASS =
            new ReconcilePass(new GraphId("shop", "web"), NOON, Duration.ofMillis(250), Duration.ofNanos(12_345_000));

    static final RuntimeReport REPORT = new RuntimeReport(
            NOON,
            Duration.ofHours(2),
            Duration.ofMillis(60_012),
            Optional.of(new EngineWork(
                    3.25,
                    Optional.of(Duration.ofMillis(20)),
                    1.5,
                    new Activity(
                            100,
                            Duration.ofSeconds(2),
                            List.of(new LaneBacklog("change", 7, Duration.ofMillis(1500))),
                            4,
                            3,
                            List.of(PASS),
                            List.of()))),
            new Store(120.5, OptionalDouble.of(37.077)),
            new HttpTraffic(10, Optional.of(Duration.ofMillis(4)), 0.5, 0.25),
            List.of(new OutsideSystemTraffic(
                    "karmada",
                    2,
                    Optional.empty(),
                    1,
                    Optional.of("half-open"),
                    1,
                    Optional.of(new OutsideSystemHistory(
                            Instant.parse("2026-11-20T10:00:00Z"),
                            Optional.of(Duration.ofSeconds(2)),
                            Optional.of("karmada did not answer"),
                            Optional.empty())))),
            List.of(
                    new Strategy("greedy", Optional.of("placement"), 30, 0.5, Optional.of(Duration.ofNanos(1)), 2),
                    new Strategy("carbon", Optional.empty(), 0, 0, Optional.empty(), 1)),
            new EventTraffic(4, 0.1, 12),
            new JavaProcess(
                    2,
                    0.75,
                    100,
                    200,
                    300,
                    OptionalLong.of(80),
                    60,
                    List.of(new Collector("Copy", 9, Duration.ofMillis(90), 1, Duration.ofMillis(10)))));

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theReportIsAnsweredInTheUnitsOfItsNames() {
        Api.Answer answer = api.get("/api/v1/runtime");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode json = answer.json();
        assertThat(json.path("at").asText()).isEqualTo("2026-11-22T12:00:00.123Z");
        assertThat(json.path("uptimeSeconds").asLong()).isEqualTo(7200);
        assertThat(json.path("windowSeconds").asDouble()).isEqualTo(60.012);
        JsonNode work = json.path("work");
        assertThat(work.path("passesPerSecond").asDouble()).isEqualTo(3.25);
        assertThat(work.path("meanPassMillis").asDouble()).isEqualTo(20);
        assertThat(work.path("refusalsPerSecond").asDouble()).isEqualTo(1.5);
        assertThat(work.at("/waiting/0/reason").asText()).isEqualTo("change");
        assertThat(work.at("/waiting/0/graphs").asInt()).isEqualTo(7);
        assertThat(work.at("/waiting/0/oldestMillis").asLong()).isEqualTo(1500);
        assertThat(work.path("workersBusy").asInt()).isEqualTo(3);
        JsonNode pass = work.path("longestPasses").path(0);
        assertThat(pass.path("graph").asText()).isEqualTo("web");
        assertThat(pass.path("millis").asDouble()).isEqualTo(250);
        assertThat(pass.path("processorMillis").asDouble()).isEqualTo(12.345);
        assertThat(json.at("/store/statementsPerPass").asDouble()).isEqualTo(37.077);
        assertThat(json.at("/outsideSystems/0/circuit").asText()).isEqualTo("half-open");
        assertThat(json.at("/outsideSystems/0/meanMillis").isNull()).isTrue();
        assertThat(json.at("/strategies/1/kind").isNull()).isTrue();
        assertThat(json.at("/process/heapAfterCollectionBytes").asLong()).isEqualTo(80);
        assertThat(json.at("/process/collections/0/millisInWindow").asLong()).isEqualTo(10);
    }

    @Test
    void withoutTheEngineAndBeforeTheFirstCollectionTheRestIsAnswered() {
        api.platform.report = new RuntimeReport(
                NOON,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Optional.empty(),
                new Store(0, OptionalDouble.empty()),
                new HttpTraffic(0, Optional.empty(), 0, 0),
                List.of(),
                List.of(),
                new EventTraffic(0, 0, 0),
                new JavaProcess(2, 0, 1, 2, 3, OptionalLong.empty(), 10, List.of()));

        JsonNode json = api.get("/api/v1/runtime").json();

        assertThat(json.path("work").isNull()).isTrue();
        assertThat(json.at("/store/statementsPerPass").isNull()).isTrue();
        assertThat(json.at("/process/heapAfterCollectionBytes").isNull()).isTrue();
    }

    @Test
    void aProfileIsAnsweredAsAFileThatIsGoneThen() throws IOException {
        byte[] recorded = new byte[200_000];
        new Random(1).nextBytes(recorded);
        Path file = Files.write(api.platform.arrivals.resolve("profile.jfr"), recorded);
        List<Duration> asked = new CopyOnWriteArrayList<>();
        api.platform.profiler = (duration, givenUp, call) -> {
            asked.add(duration);
            assertThat(givenUp.getAsBoolean()).isFalse();
            return file;
        };

        Api.Answer answer = api.post("/api/v1/runtime/profile?seconds=5");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo(recorded);
        assertThat(answer.header("Content-Disposition")).matches("attachment; filename=\"smo-\\d{8}T\\d{6}Z\\.jfr\"");
        assertThat(asked).containsExactly(Duration.ofSeconds(5));
        assertThat(api.platform.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "121", "-5", "x", "", "99999999999"})
    void aSpanOutOfBoundsIsRefused(String seconds) {
        Api.Answer answer = api.post("/api/v1/runtime/profile?seconds=" + seconds);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("expected a whole number from 1 to 120");
    }

    @Test
    void aSecondProfileAtATimeIsAConflict() {
        assertThat(api.post("/api/v1/runtime/profile").problem()).isEqualTo("conflict");
    }

    @Test
    void aDiagnosisIsAnsweredAsAnArchiveThatIsGoneThen() throws IOException {
        Path file = Files.writeString(api.platform.arrivals.resolve("diagnosis.zip"), "an archive");
        List<Optional<Duration>> asked = new CopyOnWriteArrayList<>();
        api.platform.diagnosis = (recording, givenUp, call) -> {
            asked.add(recording);
            return file;
        };

        Api.Answer answer = api.post("/api/v1/runtime/diagnosis");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("an archive");
        assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
        assertThat(answer.header("Content-Disposition"))
                .matches("attachment; filename=\"smo-diagnose-\\d{8}T\\d{6}Z\\.zip\"");
        assertThat(api.platform.left()).isEmpty();

        Files.writeString(file, "another one");
        assertThat(api.post("/api/v1/runtime/diagnosis?seconds=3").status()).isEqualTo(200);
        assertThat(asked).containsExactly(Optional.empty(), Optional.of(Duration.ofSeconds(3)));
        assertThat(api.post("/api/v1/runtime/diagnosis?seconds=121").status()).isEqualTo(400);
    }

    @Test
    void aSecondDiagnosisAtATimeIsAConflict() {
        assertThat(api.post("/api/v1/runtime/diagnosis").problem()).isEqualTo("conflict");
    }

    @Test
    void streamsThatAreOpenAreCounted() throws IOException {
        assertThat(api.get("/api/v1/runtime").json().at("/events/streams").asInt())
                .isZero();
        HttpResponse<InputStream> stream = api.openStream();
        try (InputStream open = stream.body()) {
            assertThat(open.read()).isNotNegative();
            JsonNode events = api.get("/api/v1/runtime").json().path("events");
            assertThat(events.path("streams").asInt()).isEqualTo(1);
            assertThat(events.path("mostStreams").asInt()).isEqualTo(Api.MAX_STREAMS);
        }
    }
}
