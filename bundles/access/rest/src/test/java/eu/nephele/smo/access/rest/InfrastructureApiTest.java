// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters on demand over HTTP. */
final class InfrastructureApiTest {

    private static final String ALL = "/api/v1/infrastructure";
    private static final String RACK = ALL + "/rack";
    private static final String WISH = "{\"name\":\"burst\",\"cores\":8}";

    private final Api api = new Api();
    private final InMemoryProvider rack = new InMemoryProvider();

    @BeforeEach
    void aRack() {
        api.outside.providers.put("rack", rack);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aProviderThatFailsSaysWhyAndHidesOnlyItsOwn() {
        InMemoryProvider broken = new InMemoryProvider();
        broken.failure = Optional.of(InMemoryProvider.failure(Kind.TIMED_OUT));
        api.outside.providers.put("broken", broken);

        JsonNode items = api.get(ALL).json().path("items");
        assertThat(items).map(item -> item.path("provider").asText()).containsExactly("broken", "rack");
        assertThat(items.at("/0/problem/status").asInt()).isEqualTo(504);
        assertThat(items.at("/0/problem/source").asText()).isEqualTo("rack");
        assertThat(items.at("/1/items/0").toString())
                .isEqualTo("{\"id\":\"burst\",\"status\":\"READY\",\"details\":{}}");
    }

    @Test
    void aListThatHasNotChangedIsNotSentAgain() {
        String tag = api.get(RACK).header("ETag");
        assertThat(api.get(RACK, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void aRequestIsAcceptedAndFollowedUntilItIsDone() {
        Api.Answer accepted = api.post(RACK, WISH);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json().path("state").asText()).isEqualTo("PENDING");
        String where = accepted.header("Location");
        assertThat(where).startsWith(RACK + "/requests/");
        assertThat(rack.asked).containsExactly("create {\"cores\":8,\"name\":\"burst\"}");

        rack.open.get(0).complete(InMemoryProvider.burst("BOOTING"));
        JsonNode done = api.get(where).json();
        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(done.at("/result/status").asText()).isEqualTo("BOOTING");
        assertThat(done.path("endedAt").asText()).isNotBlank();
    }

    @Test
    void whatGoesWrongLaterIsReportedByTheRequest() {
        String where = api.post(RACK, WISH).header("Location");
        rack.open.get(0).completeExceptionally(InMemoryProvider.failure(Kind.CONFLICT));

        JsonNode failed = api.get(where).json();
        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.at("/problem/type").asText()).isEqualTo("urn:smo:problem:conflict");
        assertThat(failed.at("/problem/detail").asText()).isEqualTo("the rack says no");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, 404, not-found",
        "CONFLICT, 409, conflict",
        "REFUSED, 502, upstream-failed",
        "UNAVAILABLE, 503, unavailable",
        "TIMED_OUT, 504, timed-out"
    })
    void whatGoesWrongAtOnceIsTheAnswerAndLeavesNoRequest(Kind kind, int status, String problem) {
        rack.failure = Optional.of(InMemoryProvider.failure(kind));

        Api.Answer answer = api.post(RACK, WISH);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().path("source").asText()).isEqualTo("rack");
        assertThat(api.get(RACK + "/requests").json().path("items")).isEmpty();
        assertThat(api.get(RACK).status()).isEqualTo(status);
    }

    @Test
    void theTimeToTryAgainIsHandedOn() {
        rack.failure = Optional.of(new AdapterException(
                Kind.UNAVAILABLE, "rack", "too many requests", Optional.of(Duration.ofSeconds(17))));
        assertThat(api.post(RACK, WISH).header("Retry-After")).isEqualTo("17");
    }

    @Test
    void aDefectOfAProviderIs502WithoutItsInside() {
        rack.failure = Optional.of(new IllegalStateException("a secret inside"));
        Api.Answer answer = api.delete(RACK + "/items/burst");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("rack").doesNotContain("a secret inside");
    }

    @Test
    void infrastructureIsScaledAndDeletedByItsId() {
        Api.Answer scaled = api.put(RACK + "/items/a%20b/nodes", "{\"nodes\":4}");
        assertThat(scaled.status()).isEqualTo(202);
        assertThat(scaled.json().path("infrastructure").asText()).isEqualTo("a b");
        assertThat(api.delete(RACK + "/items/a%20b").status()).isEqualTo(202);
        rack.open.get(1).complete(InMemoryProvider.burst("GONE"));

        assertThat(rack.asked).containsExactly("scale a b 4", "delete a b");
        JsonNode requests = api.get(RACK + "/requests").json().path("items");
        assertThat(requests)
                .map(item ->
                        item.path("action").asText() + " " + item.path("state").asText())
                .as("whoever asks for a deletion does not want the nodes any more")
                .containsExactly("DELETE DONE", "SCALE FAILED");
        assertThat(requests.at("/1/problem/type").asText()).isEqualTo("urn:smo:problem:conflict");
        assertThat(requests.at("/0").has("result"))
                .as("deleted infrastructure is not listed")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | /nodes", "{\"nodes\":-1} | /nodes", "{\"nodes\":1.5} | /nodes", "{\"nodes\":1,\"a\":1} | /a"
            })
    void aNumberOfNodesThatIsWrongIsPointedAt(String body, String pointer) {
        Api.Answer answer = api.put(RACK + "/items/burst/nodes", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(rack.asked).isEmpty();
    }

    @Test
    void aRequestThatIsNoObjectIs400() {
        for (String body : new String[] {"", "[1]", "{", "7"}) {
            Api.Answer answer = api.post(RACK, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().at("/errors/0").has("pointer")).isTrue();
        }
        assertThat(api.call("POST", RACK, BodyPublishers.ofString("x"), "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(rack.asked).isEmpty();
    }

    @Test
    void aRequestThatComesAgainWithItsKeyIsNotMadeTwice() {
        Api.Answer first = api.post(RACK, WISH, "k1");
        Api.Answer again = api.post(RACK, WISH, "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(rack.asked).hasSize(1);
        assertThat(api.post(RACK, "{\"name\":\"other\"}", "k1").problem()).isEqualTo("idempotency-key-reused");

        rack.open.get(0).complete(InMemoryProvider.burst("READY"));
        api.delete(RACK + "/items/burst");
        rack.open.get(1).complete(InMemoryProvider.burst("GONE"));
        assertThat(api.post(RACK, WISH, "k1").header("Location"))
                .as("it is deleted meanwhile")
                .isEqualTo(first.header("Location"));
        assertThat(rack.asked).hasSize(2);
    }

    @Test
    void aRequestThatComesAgainIsAnsweredAlsoWhileItsProviderIsAway() {
        Api.Answer first = api.post(RACK, WISH, "k1");
        api.outside.providers.remove("rack");
        Api.Answer again = api.post(RACK, WISH, "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(api.post(RACK, WISH, "k2").status()).as("a new request").isEqualTo(404);
    }

    @Test
    void aKeyThatIsNotKeptAnyMoreHasTheSameAnswerAndChangesNothing() {
        Api.Answer first = api.post(RACK, WISH, "k1");
        rack.open.get(0).complete(InMemoryProvider.burst("READY"));
        api.put(RACK + "/items/burst/nodes", "{\"nodes\":4}");
        rack.open.get(1).complete(InMemoryProvider.burst("GROWN"));
        String resource = api.get("/api/v1/kinds/infrastructure/resources")
                .json()
                .at("/items/0/desired")
                .toString();
        assertThat(resource).contains("\"nodes\":4");
        api.infrastructure.forgetKeys();

        Api.Answer again = api.post(RACK, WISH, "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        Api.Answer other = api.post(RACK, "{\"name\":\"other\"}", "k1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("detail").asText()).contains("Idempotency-Key was used before");
        assertThat(api.get("/api/v1/kinds/infrastructure/resources")
                        .json()
                        .at("/items/0/desired")
                        .toString())
                .isEqualTo(resource);
        assertThat(rack.asked).hasSize(2);
    }

    /** The caller is given in a header, without proof. */
    @Priority(Priorities.AUTHENTICATION)
    private static final class Callers implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            Optional.ofNullable(request.getHeaderString("Caller"))
                    .ifPresent(name -> request.setProperty(
                            CallContext.PROPERTY,
                            CallContext.of(name, "", Set.of(), UUID.randomUUID().toString())));
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 409", "false, 202"})
    void aKeyOfAnotherCallerChangesNothingOfTheirs(boolean keysAreKept, int status) {
        try (Api open = new Api(64 * 1024, new Callers())) {
            open.outside.providers.put("rack", rack);
            String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "k1", "Caller", "ann"};
            Api.Answer ann = open.call("POST", RACK, BodyPublishers.ofString(WISH), headers);
            assertThat(ann.status()).isEqualTo(202);
            if (!keysAreKept) {
                open.infrastructure.forgetKeys();
            }
            headers[5] = "bob";
            Api.Answer bob = open.call("POST", RACK, BodyPublishers.ofString(WISH), headers);
            assertThat(bob.status()).isEqualTo(status);
            assertThat(bob.text()).contains(keysAreKept ? "use a new key" : "PENDING");
            assertThat(open.get("/api/v1/kinds/infrastructure/resources").json().path("items"))
                    .allMatch(item -> item.path("generation").asInt() == 1)
                    .hasSize(keysAreKept ? 1 : 2);
        }
    }

    @Test
    void aRefusalThatComesLaterThanAtOnceIsARequestThatIsListedAndLeavesItsResource() {
        api.infrastructure.age = Duration.ofMillis(305);
        rack.failure = Optional.of(InMemoryProvider.failure(Kind.CONFLICT));
        Api.Answer answer = api.post(RACK, WISH);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("state").asText()).isEqualTo("FAILED");
        assertThat(api.get(RACK + "/requests").json().path("items")).hasSize(1);
        assertThat(api.get("/api/v1/kinds/infrastructure/resources").json().path("items"))
                .hasSize(1);
    }

    @Test
    void whatWasMadeHereIsScaledAndDeletedAsTheSameResource() {
        String created = api.post(RACK, WISH).header("Location");
        rack.open.get(0).complete(InMemoryProvider.burst("BOOTING"));
        String scaled = api.put(RACK + "/items/burst/nodes", "{\"nodes\":4}").header("Location");
        rack.open.get(1).complete(InMemoryProvider.burst("GROWN"));
        api.put(RACK + "/items/burst/nodes", "{\"nodes\":4}");
        assertThat(rack.asked).as("it is asked each time").hasSize(3);
        rack.open.get(2).complete(InMemoryProvider.burst("GROWN"));

        assertThat(api.get("/api/v1/kinds/infrastructure/resources").json().path("items"))
                .hasSize(1);
        assertThat(api.get(scaled).json().at("/result/status").asText()).isEqualTo("GROWN");
        api.delete(RACK + "/items/burst");
        rack.open.get(3).complete(InMemoryProvider.burst("GONE"));
        assertThat(api.get("/api/v1/kinds/infrastructure/resources").json().path("items"))
                .isEmpty();
        assertThat(api.get(created).json().at("/result/id").asText())
                .as("a request outlives what it has made")
                .isEqualTo("burst");
    }

    @Test
    void whatIsRefusedAtOnceLeavesNoResourceAndDeletesNothingLater() {
        rack.failure = Optional.of(InMemoryProvider.failure(Kind.CONFLICT));
        assertThat(api.post(RACK, WISH).status()).isEqualTo(409);
        assertThat(api.put(RACK + "/items/burst/nodes", "{\"nodes\":4}").status())
                .isEqualTo(409);
        assertThat(api.delete(RACK + "/items/burst").status()).isEqualTo(409);
        assertThat(api.get("/api/v1/kinds/infrastructure/resources").json().path("items"))
                .isEmpty();
        assertThat(api.get(RACK + "/requests").json().path("items")).isEmpty();
        assertThat(rack.asked).hasSize(3);
    }

    @Test
    void aDeletionThatFailsLaterIsOverAndCanBeAskedForAgain() {
        String first = api.delete(RACK + "/items/burst").header("Location");
        rack.open.get(0).completeExceptionally(InMemoryProvider.failure(Kind.CONFLICT));
        assertThat(api.get(first).json().path("state").asText()).isEqualTo("FAILED");
        assertThat(api.get("/api/v1/kinds/infrastructure/resources")
                        .json()
                        .at("/items/0/leaving")
                        .asBoolean())
                .isFalse();

        String second = api.delete(RACK + "/items/burst").header("Location");
        assertThat(rack.asked).containsExactly("delete burst", "delete burst");
        rack.open.get(1).complete(InMemoryProvider.burst("GONE"));
        assertThat(api.get(second).json().path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void whatIsNotThereIsNotDeleted() {
        rack.failure = Optional.of(InMemoryProvider.failure(Kind.NOT_FOUND));
        Api.Answer answer = api.delete(RACK + "/items/none");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).isEqualTo("the rack says no");
        assertThat(api.get("/api/v1/kinds/infrastructure/resources").json().path("items"))
                .isEmpty();
    }

    @Test
    void requestsComeInPagesTheNewestFirst() {
        api.outside.providers.put("other", new InMemoryProvider());
        String oldest = api.post(RACK, WISH).header("Location");
        api.post(ALL + "/other", WISH);
        String newest = api.post(RACK, WISH).header("Location");

        JsonNode first = api.get(RACK + "/requests?limit=1").json();
        assertThat(newest).endsWith(first.at("/items/0/id").asText());
        JsonNode last = api.get(RACK + "/requests?limit=1&cursor="
                        + first.path("nextCursor").asText())
                .json();
        assertThat(oldest).endsWith(last.at("/items/0/id").asText());
        assertThat(last.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void whereTwoHundredAreOpenNoMoreAreTaken() {
        api.outside.providers.put("web", new InMemoryProvider());
        twoHundredOfProviderWeb();
        Api.Answer answer = api.post(RACK, WISH);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("30");
        assertThat(api.post(RACK, WISH, "k1").status()).as("with a new key").isEqualTo(503);
        assertThat(api.put(RACK + "/items/burst/nodes", "{\"nodes\":4}").status())
                .isEqualTo(503);
        assertThat(api.delete(RACK + "/items/burst").status()).isEqualTo(503);
        assertThat(rack.asked).isEmpty();
    }

    private void twoHundredOfProviderWeb() {
        for (int i = 0; i < 200; i++) {
            api.graphs.operations.begin(
                    Operation.Kind.APPLY,
                    new ResourceRef("infrastructure", "", "i" + i),
                    1,
                    RequestOrigin.INTERNAL,
                    Operation.State.RUNNING);
        }
    }

    @Test
    void whatWaitsForProvidersThatAreAwayHoldsUpNobody() {
        twoHundredOfProviderWeb();
        assertThat(api.post(RACK, WISH).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whereNoMoreAreTakenARepetitionHasItsFirstAnswer(boolean keysAreKept) {
        api.outside.providers.put("web", new InMemoryProvider());
        twoHundredOfProviderWeb();
        api.graphs.operations.end("op-001", Operation.State.SUCCEEDED, Optional.empty());
        Api.Answer first = api.post(RACK, WISH, "k1");
        assertThat(api.post(RACK, WISH).status()).as("something new").isEqualTo(503);
        if (!keysAreKept) {
            api.infrastructure.forgetKeys();
        }
        Api.Answer again = api.post(RACK, WISH, "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void whatIsNotThereIs404() {
        Api.Answer answer = api.post(ALL + "/cloud", WISH);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).contains("cloud").contains("[rack]");
        assertThat(api.get(ALL + "/cloud").status()).isEqualTo(404);
        String where = api.post(RACK, WISH).header("Location");
        assertThat(api.get(where.replace("/rack/", "/cloud/")).status())
                .as("the request of another provider")
                .isEqualTo(404);
    }
}
