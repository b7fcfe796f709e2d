// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.client.ScriptedServer.Answer;
import eu.nephele.smo.access.client.ScriptedServer.Received;
import eu.nephele.smo.access.client.call.SmoProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the calls send: to operations that the contract has, and names as one segment of the path whatever they contain. */
class SentCallsTest {

    @TempDir
    private Path folder;

    private final ScriptedServer server = new ScriptedServer();
    private final SmoClient client = SmoClient.create(ClientSettings.standard(server.uri()));

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void eachCallIsAnOperationOfTheContract() throws IOException {
        Path plugin = Files.writeString(folder.resolve("cheapest-1.0.0.jar"), "no jar");
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("GET /api/v1/quotas", () -> client.quotas().list().iterator().hasNext());
        calls.put("GET /api/v1/quotas/shop", () -> client.quotas().get("shop").send());
        calls.put(
                "PUT /api/v1/quotas/shop",
                () -> client.quotas().set("shop", Map.of("graphs", 3L)).send());
        calls.put(
                "DELETE /api/v1/quotas/shop",
                () -> client.quotas().clear("shop").send());
        calls.put(
                "GET /api/v1/infrastructure",
                () -> client.infrastructure().providers().send());
        calls.put("POST /api/v1/infrastructure/rack", () -> client.infrastructure()
                .create("rack", JsonNodeFactory.instance.objectNode())
                .send());
        calls.put(
                "PUT /api/v1/infrastructure/rack/items/k1/nodes",
                () -> client.infrastructure().scale("rack", "k1", 3).send());
        calls.put(
                "DELETE /api/v1/infrastructure/rack/items/k1",
                () -> client.infrastructure().remove("rack", "k1").send());
        calls.put(
                "GET /api/v1/infrastructure/rack/requests",
                () -> client.infrastructure().requests("rack").iterator().hasNext());
        calls.put("GET /api/v1/strategies", () -> client.strategies().list().send());
        calls.put(
                "GET /api/v1/strategies/scaling",
                () -> client.strategies().list("scaling").send());
        calls.put(
                "GET /api/v1/strategies/scaling/idle/1.0.0",
                () -> client.strategies().get("scaling", "idle", "1.0.0").send());
        calls.put("POST /api/v1/strategies/scaling/idle/1.0.0/eject", () -> client.strategies()
                .eject("scaling", "idle", "1.0.0", "too dear")
                .send());
        calls.put(
                "POST /api/v1/strategies/scaling/idle/1.0.0/let-in",
                () -> client.strategies().reinstate("scaling", "idle", "1.0.0").send());
        calls.put("GET /api/v1/defaults", () -> client.strategies().defaults().send());
        calls.put(
                "PUT /api/v1/defaults/scaling",
                () -> client.strategies().setDefault("scaling", "idle").send());
        calls.put("GET /api/v1/plugins", () -> client.plugins().list().send());
        calls.put("GET /api/v1/plugins/p", () -> client.plugins().versions("p").send());
        calls.put(
                "POST /api/v1/plugins",
                () -> client.plugins().install(plugin, Duration.ZERO).send());
        calls.put(
                "POST /api/v1/plugins/p/upgrade",
                () -> client.plugins().upgrade("p", plugin, true, Duration.ZERO).send());
        calls.put(
                "POST /api/v1/plugins/p/rollback",
                () -> client.plugins().rollback("p", false, Duration.ZERO).send());
        calls.put(
                "DELETE /api/v1/plugins/p",
                () -> client.plugins().remove("p", true, Duration.ZERO).send());
        calls.put(
                "POST /api/v1/plugins/p/stop",
                () -> client.plugins().stop("p", false).send());
        calls.put(
                "POST /api/v1/plugins/p/start",
                () -> client.plugins().start("p").send());
        calls.put(
                "GET /api/v1/webhooks",
                () -> client.webhooks().list().iterator().hasNext());
        calls.put("GET /api/v1/webhooks/w", () -> client.webhooks().get("w").send());
        calls.put(
                "DELETE /api/v1/webhooks/w", () -> client.webhooks().remove("w").send());
        calls.put(
                "PUT /api/v1/webhooks/w/paused",
                () -> client.webhooks().pause("w", true).send());
        calls.put(
                "GET /api/v1/webhooks/w/deliveries",
                () -> client.webhooks().deliveries("w", "dead").iterator().hasNext());
        calls.put(
                "POST /api/v1/webhooks/w/deliveries/replay",
                () -> client.webhooks().replay("w", List.of(4L)).send());
        calls.put(
                "POST /api/v1/fleet/plans",
                () -> client.fleet().plan(JsonNodeFactory.instance.objectNode()).send());
        calls.put("GET /api/v1/fleet/plans/f", () -> client.fleet().get("f").send());
        calls.put(
                "POST /api/v1/fleet/plans/f/apply",
                () -> client.fleet().apply("f").send());
        calls.put(
                "DELETE /api/v1/fleet/plans/f", () -> client.fleet().forget("f").send());
        calls.put("GET /api/v1/whoami", () -> client.identity().whoAmI().send());
        calls.put(
                "GET /api/v1/users", () -> client.identity().users().iterator().hasNext());
        calls.put(
                "POST /api/v1/users",
                () -> client.identity().createUser("anna", "Anna").send());
        calls.put(
                "DELETE /api/v1/users/anna",
                () -> client.identity().removeUser("anna").send());
        calls.put("GET /api/v1/keys", () -> client.identity().keys().iterator().hasNext());
        calls.put("POST /api/v1/keys", () -> client.identity()
                .createKey("ci", Optional.of(Instant.parse("2099-01-01T00:00:00Z")))
                .send());
        calls.put(
                "POST /api/v1/keys/ci/rotate",
                () -> client.identity().rotateKey("ci", Duration.ofMinutes(5)).send());
        calls.put(
                "DELETE /api/v1/keys/ci",
                () -> client.identity().removeKey("ci").send());
        calls.put(
                "GET /api/v1/grants",
                () -> client.identity().grants().iterator().hasNext());
        calls.put(
                "POST /api/v1/grants",
                () -> client.identity().grant("anna", "viewer", "shop").send());
        calls.put("DELETE /api/v1/grants/g", () -> client.identity().revoke("g").send());
        ContractOperations contract = ContractOperations.read();
        calls.forEach((call, sending) -> {
            int before = server.received().size();
            server.answers(new Answer(404, Map.of(), "{\"status\":404,\"title\":\"Not Found\",\"detail\":\"none\"}"));
            assertThatThrownBy(sending)
                    .as(call)
                    .isInstanceOf(SmoProblemException.class)
                    .hasMessageContaining("none");
            Received sent = server.received().get(before);
            String path = sent.path().replaceAll("\\?.*", "");
            assertThat(sent.method() + " " + path).isEqualTo(call);
            assertThat(contract.matching(call)).as(call).isNotEmpty();
        });
    }

    @Test
    void aNameIsOneSegmentWhateverItContains() {
        server.answers(new Answer(404, Map.of(), "{\"status\":404,\"detail\":\"none\"}"));
        assertThatThrownBy(() -> client.quotas().get("a/../b?c").send()).isInstanceOf(SmoProblemException.class);
        assertThat(server.received().get(0).path()).isEqualTo("/api/v1/quotas/a%2F..%2Fb%3Fc");
    }
}
