// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.graph.SmoException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private String state(String service) {
        return api.get("/api/v1/projects/demo/graphs/brussels/services/" + service)
                .json()
                .path("state")
                .asText();
    }

    private void deploy(String project) {
        api.post("/project/" + project + "/graphs", Samples.CONDITIONAL);
    }

    @Test
    void aFiringAlertInstallsThePendingServiceOnce() {
        deploy("demo");

        JsonNode first = send(alert("firing", "'service':'detection'"));
        JsonNode second = send(alert("firing", "'service':'detection'"));

        assertThat(first.get(0).path("result").asText()).isEqualTo("installed");
        assertThat(first.get(0).path("graph").asText()).isEqualTo("brussels");
        assertThat(second.get(0).path("result").asText()).isEqualTo("ignored");
        assertThat(second.get(0).path("message").asText()).contains("not waiting");
        assertThat(state("detection")).isEqualTo("DEPLOYED");
    }

    @Test
    void aResolvedAlertInstallsNothing() {
        deploy("demo");

        assertThat(send(alert("resolved", "'service':'detection'"))
                        .get(0)
                        .path("result")
                        .asText())
                .isEqualTo("ignored");
        assertThat(state("detection")).isEqualTo("PENDING");
    }

    @Test
    void aServiceOfSeveralProjectsIsInstalledInNoneAndThisIsSaid() {
        deploy("demo");
        deploy("other");

        JsonNode result = send(alert("firing", "'service':'detection'")).get(0);

        assertThat(result.path("result").asText()).isEqualTo("ambiguous");
        assertThat(result.path("message").asText()).contains("demo/brussels", "other/brussels");
        assertThat(state("detection")).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'service':'detection','smo_project':'demo'",
                "'service':'detection','smo_project':'demo','smo_graph':'brussels'",
                "'service':'detection','project':'demo','graph':'brussels'",
            })
    void labelsChooseTheGraph(String labels) {
        deploy("demo");
        deploy("other");

        assertThat(send(alert("firing", labels)).get(0).path("result").asText()).isEqualTo("installed");
        assertThat(state("detection")).isEqualTo("DEPLOYED");
        assertThat(api.get("/api/v1/projects/other/graphs/brussels/services/detection")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'service':'unknown'", "'alertname':'x'", "'service':''", "'service':'detection','graph':'other'"
            })
    void whatConcernsNobodyIsIgnored(String labels) {
        deploy("demo");

        assertThat(send(alert("firing", labels)).get(0).path("result").asText()).isEqualTo("ignored");
    }

    @Test
    void aStoppedGraphInstallsNothing() {
        deploy("demo");
        api.post("/graphs/brussels/stop");

        assertThat(send(alert("firing", "'service':'detection'"))
                        .get(0)
                        .path("result")
                        .asText())
                .isEqualTo("ignored");
    }

    @Test
    void aServiceThatWaitsForAllEventsNeedsAllOfThem() {
        deploy("demo");
        String one = alert("firing", "'alertname':'demo/brussels/both/one','service':'both'");
        String two = alert("firing", "'alertname':'x','smo_event':'two','service':'both'");

        JsonNode half = send(one);
        assertThat(half.get(0).path("result").asText()).isEqualTo("ignored");
        assertThat(half.get(0).path("message").asText()).contains("[two]");
        assertThat(send(one, alert("resolved", "'smo_event':'two','service':'both'"))
                        .findValuesAsText("result"))
                .doesNotContain("installed");
        assertThat(state("both")).isEqualTo("PENDING");
        assertThat(send(one, two).findValuesAsText("result")).containsExactly("installed", "ignored");
    }

    @Test
    void theStatusOfTheNotificationCountsWhereAnAlertHasNone() {
        deploy("demo");

        assertThat(send("{\"labels\":{\"service\":\"detection\"}}")
                        .get(0)
                        .path("result")
                        .asText())
                .isEqualTo("installed");
    }

    @Test
    void theStateOfOneGraphDoesNotKeepTheOthersFromBeingHandled() {
        deploy("demo");
        api.graphs.failure = Optional.of(SmoException.conflict("not running any more"));

        assertThat(send(alert("firing", "'service':'detection'"), alert("firing", "'service':'unknown'"))
                        .findValuesAsText("result"))
                .containsExactly("failed", "ignored");
    }

    @Test
    void aMissingPartOfTheSystemLetsTheNotificationComeAgain() {
        deploy("demo");
        api.graphs.failure = Optional.of(SmoException.of(
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
                "{'alerts':['x']} | /alerts/0",
                "{'alerts':[{'status':'firing'}]} | /alerts/0/labels",
                "{'alerts':[{'status':'burning','labels':{}}]} | /alerts/0/status",
                "{'alerts':[{'labels':{}}]} | /alerts/0/status",
                "{'status':1,'alerts':[]} | /status",
                "{'version':'3','alerts':[]} | /version",
                "{'alerts':[{'status':'firing','labels':{'a/b':1}}]} | /alerts/0/labels/a~1b",
                "{'alerts':[{'status':'firing','labels':{},'annotations':7}]} | /alerts/0/annotations",
                "[] | ''",
            })
    void aPayloadThatIsWrongIsRefusedWithAPointer_R041(String body, String pointer) {
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
