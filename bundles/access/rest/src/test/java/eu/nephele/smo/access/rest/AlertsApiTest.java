// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.graph.AlertService.Alert;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifications of Alertmanager. */
final class AlertsApiTest {

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private JsonNode send(String... alerts) {
        Api.Answer answer = api.post(
                "/alerts", "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[" + String.join(",", alerts) + "]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("message").asText()).isEqualTo("Alert processed");
        return answer.json().path("results");
    }

    private static String alert(String status, String labels) {
        return "{\"status\":\"%s\",\"labels\":{%s}}".formatted(status, labels.replace('\'', '"'));
    }

    private void deploy(String project) {
        api.post("/project/" + project + "/graphs", Samples.CONDITIONAL);
    }

    @Test
    void allAlertsAreHandedOverInOneCallAndEachHasItsResult_D11() {
        deploy("demo");
        deploy("other");

        JsonNode results = send(
                alert("firing", "'service':'both','alertname':'a'"),
                alert("firing", "'service':'unknown'"),
                alert("resolved", "'alertname':'x'"));

        assertThat(api.engine.received).hasSize(1);
        assertThat(results.findValuesAsText("result")).containsExactly("ambiguous", "unknown", "unknown");
        assertThat(results.get(0).path("alert").asText()).isEqualTo("a");
        assertThat(results.get(0).path("service").asText()).isEqualTo("both");
        assertThat(results.get(2).path("service").isNull()).isTrue();
    }

    @Test
    void aResultNamesTheGraphThatItConcerns() {
        deploy("demo");

        JsonNode results = send(
                alert("firing", "'service':'detection','smo_project':'demo'"),
                alert("resolved", "'service':'detection'"));

        assertThat(results.findValuesAsText("result")).containsExactly("installed", "noted");
        assertThat(results.get(0).path("project").asText()).isEqualTo("demo");
        assertThat(results.get(0).path("graph").asText()).isEqualTo("brussels");
    }

    @Test
    void fingerprintStateLabelsAndTimeAreHandedOver() {
        JsonNode results = send("{\"status\":\"resolved\",\"fingerprint\":\"abc\",\"labels\":{\"service\":\"s\"},"
                + "\"startsAt\":\"2026-11-01T00:00:00.5Z\",\"endsAt\":\"0001-01-01T00:00:00Z\"}");

        assertThat(results.get(0).path("fingerprint").asText()).isEqualTo("abc");
        assertThat(api.engine.received.get(0))
                .containsExactly(new Alert(
                        "abc", false, Map.of("service", "s"), Optional.of(Instant.parse("2026-11-01T00:00:00.5Z"))));
    }

    @Test
    void theStatusOfTheNotificationCountsWhereAnAlertHasNone() {
        send("{\"labels\":{\"service\":\"detection\"}}");

        assertThat(api.engine.received.get(0).get(0).firing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | not an object",
                "7 | not an object",
                "{'status':'firing'} | labels",
                "{'status':'firing','labels':[]} | labels",
                "{'status':'burning','labels':{}} | status",
                "{'status':7,'labels':{}} | status",
                "{'status':'firing','labels':{'a/b':1}} | a/b",
            })
    void anAlertThatCannotBeReadSpoilsNoOther(String broken, String why) {
        deploy("demo");

        JsonNode results = send(
                alert("firing", "'service':'unknown'"),
                broken.replace('\'', '"'),
                alert("firing", "'service':'detection'"));

        assertThat(results.findValuesAsText("result")).containsExactly("unknown", "failed", "installed");
        assertThat(results.get(1).path("message").asText()).contains(why);
        assertThat(api.engine.received.get(0)).hasSize(2);
    }

    @Test
    void aNotificationOfWhichSomethingCouldNotBeDoneNowIsRefusedSoThatItIsSentAgain() {
        deploy("demo");
        api.engine.late.add("detection");
        String notification = "{\"alerts\":[%s,%s]}"
                .formatted(alert("firing", "'service':'unknown'"), alert("firing", "'service':'detection'"));

        Api.Answer refused = api.post("/alerts", notification);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("detail").asText())
                .contains("send all of them again", "detection: the database did not do it");
        assertThat(refused.header("Retry-After")).isNotEmpty();

        api.engine.late.clear();
        assertThat(api.post("/alerts", notification).json().path("results").findValuesAsText("result"))
                .containsExactly("unknown", "installed");
    }

    @Test
    void anAlertWithoutAnyStatusIsNotGuessed() {
        Api.Answer answer = api.post("/alerts", "{\"alerts\":[{\"labels\":{\"service\":\"detection\"}}]}");

        assertThat(answer.json().path("results").get(0).path("result").asText()).isEqualTo("failed");
        assertThat(answer.json().path("results").get(0).path("message").asText())
                .contains("status is missing");
    }

    @Test
    void tenThousandAlertsOfABurstAreOneCall() {
        try (Api large = new Api(5 * 1024 * 1024)) {
            String alerts = IntStream.range(0, 10_000)
                    .mapToObj(i -> alert("firing", "'alertname':'a','service':'s%d'".formatted(i % 100)))
                    .collect(Collectors.joining(","));

            Api.Answer answer = large.post("/alerts", "{\"alerts\":[" + alerts + "]}");

            assertThat(answer.json().path("results")).hasSize(10_000);
            assertThat(large.engine.received).hasSize(1);
        }
    }

    @Test
    void moreAlertsThanAreReadAtOnceAreRefused() {
        try (Api large = new Api(5 * 1024 * 1024)) {
            String alerts = "{},".repeat(20_000) + "{}";

            assertThat(large.post("/alerts", "{\"alerts\":[" + alerts + "]}").status())
                    .isEqualTo(400);
            assertThat(large.engine.received).isEmpty();
        }
    }

    @Test
    void aMissingPartOfTheSystemLetsTheNotificationComeAgain() {
        api.engine.alertsFail = Optional.of(SmoException.of(
                SmoException.Kind.UNAVAILABLE, "database", "the database does not answer", Optional.empty()));

        Api.Answer answer =
                api.post("/alerts", "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"service\":\"detection\"}}]}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("source").asText()).isEqualTo("database");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /alerts",
                "{'alerts':{}} | /alerts",
                "{'status':1,'alerts':[]} | /status",
                "{'status':'burning','alerts':[]} | /status",
                "{'version':'3','alerts':[]} | /version",
                "[] | ''",
            })
    void aBodyThatIsNoNotificationIsRefusedWithAPointer_R041(String body, String pointer) {
        Api.Answer answer = api.post("/alerts", body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).contains(pointer == null ? "" : pointer);
    }

    @Test
    void thereIsABodyAndItIsJson() {
        assertThat(api.post("/alerts", "").status()).isEqualTo(400);
        Api.Answer broken = api.post("/alerts", "{\"alerts\":");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().path("errors").get(0).path("message").asText()).contains("line 1");
    }
}
