// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.Delivery.DeliveryState;
import eu.nephele.smo.core.contract.event.Webhook;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks over HTTP. */
final class WebhooksApiTest {

    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private Webhook registered() {
        api.post(WEBHOOKS, "{\"url\":\"https://example.org/in\",\"secret\":\"s3cret\"}");
        List<Webhook> all = api.events.webhooks.list(CallContext.INTERNAL);
        return all.get(all.size() - 1);
    }

    private Api.Answer put(String path, String json) {
        return api.call("PUT", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    @Test
    void registeringAnswersWhereItIsAndTellsTheSecretThatWasMadeOnce() {
        Api.Answer answer = api.post(
                WEBHOOKS,
                "{\"url\":\"https://example.org/in\",\"types\":[\"service.*\",\"hdag.deployed\"],"
                        + "\"projects\":[\"demo\"]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).endsWith(WEBHOOKS + "/webhook-1");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().path("secret").asText()).isEqualTo("made-here");
        JsonNode shown = api.get(WEBHOOKS + "/webhook-1").json();
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("types")).map(JsonNode::asText).containsExactly("hdag.deployed", "service.*");
        assertThat(shown.path("projects")).map(JsonNode::asText).containsExactly("demo");
        assertThat(shown.path("paused").asBoolean()).isFalse();
        assertThat(shown.path("registeredBy").asText()).isEqualTo("anonymous");
    }

    @Test
    void aSecretOfTheCallerIsNeverShown() {
        Api.Answer answer = api.post(WEBHOOKS, "{\"url\":\"https://example.org/in\",\"secret\":\"s3cret\"}");

        assertThat(answer.json().has("secret")).isFalse();
        for (String path : List.of("", "/webhook-1", "/webhook-1/deliveries")) {
            assertThat(api.get(WEBHOOKS + path).text()).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /url",
                "'' | /url",
                "{\"url\":5} | /url",
                "{\"url\":\"ftp://x\"} | /url",
                "{\"url\":\"http://x\",\"types\":\"hdag.*\"} | /types",
                "{\"url\":\"http://x\",\"types\":[\"a\",1]} | /types/1",
                "{\"url\":\"http://x\",\"projects\":[null]} | /projects/0",
                "{\"url\":\"http://x\",\"secret\":{}} | /secret",
                "{\"url\":\"http://x\",\"paused\":\"yes\"} | /paused",
                "{\"url\":\"http://x\",\"a/b\":1} | /a~1b",
            })
    void whatIsWrongIsPointedAt(String body, String pointer) {
        Api.Answer answer = api.post(WEBHOOKS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .map(error -> error.path("pointer").asText())
                .contains(pointer);
        assertThat(api.events.webhooks.list(CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void aBodyThatIsNoJsonObjectIs400() {
        assertThat(api.post(WEBHOOKS, "[1]").status()).isEqualTo(400);
        assertThat(api.post(WEBHOOKS, "{").status()).isEqualTo(400);
        assertThat(api.call("POST", WEBHOOKS, BodyPublishers.ofString("x"), "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void listsInPagesByRegistrationAlsoWhenOneIsDeletedMeanwhile() {
        for (int i = 0; i < 5; i++) {
            registered();
        }
        List<String> ids = new ArrayList<>();
        JsonNode page = api.get(WEBHOOKS + "?limit=2").json();
        page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        assertThat(api.delete(WEBHOOKS + "/webhook-2").status()).isEqualTo(204);
        while (page.path("nextCursor").isTextual()) {
            page = api.get(WEBHOOKS + "?limit=2&cursor="
                            + page.path("nextCursor").asText())
                    .json();
            page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        }

        assertThat(ids).containsExactly("webhook-1", "webhook-2", "webhook-3", "webhook-4", "webhook-5");
    }

    @Test
    void aWebhookIsPausedAndResumed() {
        registered();

        assertThat(put(WEBHOOKS + "/webhook-1/paused", "{\"paused\":true}")
                        .json()
                        .path("paused")
                        .asBoolean())
                .isTrue();
        assertThat(api.get(WEBHOOKS + "/webhook-1").json().path("paused").asBoolean())
                .isTrue();
        assertThat(put(WEBHOOKS + "/webhook-1/paused", "{\"paused\":false}")
                        .json()
                        .path("paused")
                        .asBoolean())
                .isFalse();
        assertThat(put(WEBHOOKS + "/webhook-1/paused", "{}").status()).isEqualTo(400);
        assertThat(put(WEBHOOKS + "/webhook-1/paused", "{\"paused\":1}").status())
                .isEqualTo(400);
    }

    @Test
    void showsWhatWaitsAndWhatWasGivenUpAndReplaysIt() {
        Webhook webhook = registered();
        DeliveryState[] states = {DeliveryState.DELIVERED, DeliveryState.DEAD, DeliveryState.DEAD, DeliveryState.WAITING
        };
        for (DeliveryState state : states) {
            api.events.webhooks.deliver(webhook, api.events.log.publish("hdag.deployed", "demo"), state);
        }
        String path = WEBHOOKS + "/webhook-1";

        assertThat(api.get(path).json().path("backlog").toString()).isEqualTo("{\"waiting\":1,\"dead\":2}");
        JsonNode log = api.get(path + "/deliveries").json();
        assertThat(log.path("items"))
                .map(item -> item.path("sequence").asLong())
                .containsExactly(4L, 3L, 2L, 1L);
        JsonNode dead = api.get(path + "/deliveries?state=dead").json().path("items");
        assertThat(dead).hasSize(2).allSatisfy(item -> {
            assertThat(item.path("state").asText()).isEqualTo("dead");
            assertThat(item.path("attempts").asInt()).isEqualTo(2);
            assertThat(item.path("lastStatus").asInt()).isEqualTo(500);
            assertThat(item.path("lastError").asText()).isNotBlank();
            assertThat(item.path("finishedAt").asText()).isNotBlank();
            assertThat(item.path("event").path("specversion").asText()).isEqualTo("1.0");
        });

        Api.Answer one = api.post(path + "/deliveries/replay", "{\"sequences\":[2,99]}");
        assertThat(one.status()).isEqualTo(202);
        assertThat(one.json().path("replayed").asInt()).isEqualTo(1);
        assertThat(api.post(path + "/deliveries/replay").json().path("replayed").asInt())
                .as("without a body all that were given up")
                .isEqualTo(1);
        assertThat(api.get(path).json().path("backlog").path("waiting").asInt()).isEqualTo(3);
        assertThat(api.post(path + "/deliveries/replay", "{\"sequences\":[0,\"x\"]}")
                        .json()
                        .path("errors"))
                .map(error -> error.path("pointer").asText())
                .containsExactly("/sequences/0", "/sequences/1");
    }

    @Test
    void theDeliveryLogHasPages() {
        Webhook webhook = registered();
        for (int i = 0; i < 7; i++) {
            api.events.webhooks.deliver(
                    webhook, api.events.log.publish("hdag.deployed", "demo"), DeliveryState.DELIVERED);
        }
        List<Long> sequences = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    api.get(WEBHOOKS + "/webhook-1/deliveries?limit=3" + cursor).json();
            page.path("items")
                    .forEach(item -> sequences.add(item.path("sequence").asLong()));
            cursor = page.path("nextCursor").isTextual()
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(sequences).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(api.get(WEBHOOKS + "/webhook-1/deliveries?state=lost").status())
                .isEqualTo(400);
        assertThat(api.get(WEBHOOKS + "/webhook-1/deliveries?cursor=bm90").status())
                .as("a cursor that is no sequence")
                .isEqualTo(400);
    }

    @Test
    void anUnknownWebhookIs404AndAnAbsentServiceIs503() {
        assertThat(api.get(WEBHOOKS + "/none").status()).isEqualTo(404);
        assertThat(api.delete(WEBHOOKS + "/none").status()).isEqualTo(404);
        assertThat(put(WEBHOOKS + "/none/paused", "{\"paused\":true}").status()).isEqualTo(404);
        assertThat(api.get(WEBHOOKS + "/none/deliveries").status()).isEqualTo(404);
        assertThat(api.post(WEBHOOKS + "/none/deliveries/replay").status()).isEqualTo(404);

        api.events.away = true;
        Api.Answer answer = api.get(WEBHOOKS);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asText()).contains("delivery to webhooks");
    }
}
