// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An idempotency key makes the retry of a request safe. */
final class IdempotencyApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String HELLO = GRAPHS + "/hello";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theSameKeyIsAnsweredWithTheFirstOperation_R053() {
        Api.Answer first = api.post(GRAPHS, Samples.HELLO, "k-1");
        Api.Answer again = api.post(GRAPHS, Samples.HELLO, "k-1");

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(api.graphs.deployments).hasSize(1);
    }

    @Test
    void aKeyIsGoodForARepetitionAlsoWhenTheStateHasChangedSince() {
        api.post(GRAPHS, Samples.HELLO, "k-1");
        Api.Answer stopped = api.post(HELLO + "/stop", "", "k-2");
        assertThat(api.post(HELLO + "/stop", "", "k-2").header("Location")).isEqualTo(stopped.header("Location"));
        assertThat(api.post(HELLO + "/stop", "", "k-3").status()).isEqualTo(409);
        assertThat(api.post(GRAPHS, Samples.HELLO, "k-1").status())
                .as("stopped since, yet accepted then")
                .isEqualTo(202);
        api.post("/graphs/hello/start?project=demo", "", "k-4");

        assertThat(remove("k-5").status()).isEqualTo(202);
        assertThat(remove("k-5").status()).as("gone, yet removed by this key").isEqualTo(202);
        assertThat(remove("k-6").status()).isEqualTo(404);
    }

    @Test
    void aPreconditionOfARequestThatComesAgainWasMetWhenItCameFirst() {
        api.post(GRAPHS, Samples.HELLO, "k-1");
        String tag = api.get(HELLO).header("ETag");
        Api.Answer updated = update("k-2", tag);
        assertThat(updated.status()).isEqualTo(202);
        assertThat(api.get(HELLO).header("ETag")).isNotEqualTo(tag);

        Api.Answer again = update("k-2", tag);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(updated.header("Location"));
        assertThat(update("k-3", tag).status()).as("a new request compares").isEqualTo(412);

        String now = api.get(HELLO).header("ETag");
        assertThat(remove("k-4", "If-Match", now).status()).isEqualTo(202);
        assertThat(remove("k-4", "If-Match", now).status()).isEqualTo(202);
        assertThat(remove("k-5", "If-Match", now).status()).isEqualTo(412);
    }

    private Api.Answer update(String key, String tag) {
        return api.call(
                "PUT",
                HELLO,
                BodyPublishers.ofString(Samples.OTHER_HELLO),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                key,
                "If-Match",
                tag);
    }

    private Api.Answer remove(String key, String header, String value) {
        return api.call("DELETE", HELLO, BodyPublishers.noBody(), "Idempotency-Key", key, header, value);
    }

    private Api.Answer remove(String key) {
        return api.call("DELETE", HELLO, BodyPublishers.noBody(), "Idempotency-Key", key);
    }

    @Test
    void waitingIsNotPartOfWhatIsAskedFor() {
        api.post(GRAPHS, Samples.HELLO, "k-1");

        Api.Answer waited = api.post(GRAPHS + "?wait=5", Samples.HELLO, "k-1");
        assertThat(waited.status()).isEqualTo(200);
        assertThat(waited.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(waited.json().path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aKeyThatStandsForSomethingElseIs422_R053() {
        api.post(GRAPHS, Samples.HELLO, "k-1");

        for (Api.Answer refused : new Api.Answer[] {
            api.post(GRAPHS, Samples.OTHER_HELLO, "k-1"),
            api.post("/api/v1/projects/other/graphs", Samples.HELLO, "k-1"),
            api.post(HELLO + "/stop", "", "k-1"),
            api.post("/graphs/hello/stop", "", "k-1"),
            api.post("/project/demo/graphs", Samples.HELLO, "k-1")
        }) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("idempotency-key-reused");
        }
    }

    @Test
    void whichProjectIsMeantIsPartOfWhatIsAskedFor() {
        api.post("/project/one/graphs", Samples.HELLO);
        api.post("/project/two/graphs", Samples.HELLO);

        assertThat(api.post("/graphs/hello/stop?project=one", "", "k-1").status())
                .isEqualTo(200);
        assertThat(api.post("/graphs/hello/stop?project=two", "", "k-1").status())
                .isEqualTo(422);
    }

    @Test
    void theReferencesPathsKnowKeysToo() {
        assertThat(api.post("/project/demo/graphs", Samples.HELLO, "k-1").status())
                .isEqualTo(202);
        Api.Answer again = api.post("/project/demo/graphs", Samples.HELLO, "k-1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");

        assertThat(api.post("/graphs/hello/stop", "", "k-2").status()).isEqualTo(200);
        assertThat(api.post("/graphs/hello/stop", "", "k-2").text())
                .isEqualTo("Graph hello stop triggered successfully");
        assertThat(api.post("/graphs/hello/stop").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "tab\there"})
    void aKeyIsOneToManyVisibleCharacters(String key) {
        assertThat(api.post(GRAPHS, Samples.HELLO, key).status()).isEqualTo(400);
        assertThat(api.graphs.deployments).isEmpty();
    }

    @Test
    void aKeyHas255CharactersAtMostAndThereIsOne() {
        assertThat(api.post(GRAPHS, Samples.HELLO, "x".repeat(256)).status()).isEqualTo(400);
        assertThat(api.call(
                                "POST",
                                HELLO + "/stop",
                                BodyPublishers.noBody(),
                                "Idempotency-Key",
                                "a",
                                "Idempotency-Key",
                                "b")
                        .status())
                .isEqualTo(400);
        assertThat(api.post(GRAPHS, Samples.HELLO, "x".repeat(255)).status()).isEqualTo(202);
    }

    @Test
    void readingNeedsNoKeyAndMindsNone() {
        assertThat(api.get("/clusters", "Idempotency-Key", "a b").status()).isEqualTo(200);
    }

    @Test
    void aLargeBodyWithAKeyIsStill413() {
        try (Api small = new Api(100)) {
            assertThat(small.post(GRAPHS, " ".repeat(200) + Samples.HELLO, "k-1")
                            .status())
                    .isEqualTo(413);
        }
    }
}
