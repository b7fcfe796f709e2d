// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs as they were, and what happened over time. */
final class HistoryApiTest {

    private static final String GRAPH = "/api/v1/projects/demo/graphs/hello";
    private static final String SERIES = GRAPH + "/services/web/series";
    private static final String DAY = "from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z";

    private final Api api = new Api();

    @BeforeEach
    void deploy() {
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theHistoryHasWhatEachMomentChanged() {
        JsonNode history = api.get(GRAPH + "/history?" + DAY).json();

        assertThat(history.path("moments")).hasSize(3);
        assertThat(history.at("/before/phase").isNull()).isTrue();
        assertThat(history.at("/knownSince/phase").isNull()).isTrue();
        assertThat(history.at("/moments/0/services/web/shares/0/cluster").asText())
                .isEqualTo("c2");
        assertThat(history.at("/moments/0/cause/source").asText()).isEqualTo("decision");
        assertThat(history.at("/moments/0").has("phase")).isFalse();
        assertThat(history.at("/moments/1/phase").asText()).isEqualTo("RUNNING");
        assertThat(history.at("/moments/1").has("services")).isFalse();
        assertThat(history.at("/moments/2/services/web/load/perSecond").asDouble())
                .isEqualTo(12.5);
        assertThat(api.get("/api/v1/projects/demo/graphs/none/history").status())
                .isEqualTo(404);
    }

    @Test
    void aDayIsUsual() {
        assertThat(api.get(GRAPH + "/history").status()).isEqualTo(200);
        assertThat(Duration.between(
                        api.inMemoryCoreServices.history.asked.from(), api.inMemoryCoreServices.history.asked.until()))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void theGraphIsShownAsItWas() {
        JsonNode before =
                api.get(GRAPH + "/history/at?time=2026-11-01T00:00:00Z").json();
        assertThat(before.path("services")).isEmpty();
        assertThat(before.path("descriptor").isNull()).isTrue();

        JsonNode then =
                api.get(GRAPH + "/history/at?time=" + InMemoryHistory.SCALED).json();
        assertThat(then.path("phase").asText()).isEqualTo("RUNNING");
        assertThat(then.path("descriptor").asText()).isEqualTo(GRAPH + "/revisions/1");
        assertThat(then.at("/services/web/shares/0/replicas").asInt()).isEqualTo(3);
    }

    @Test
    void aSeriesHasReplicasAndLoad() {
        JsonNode series = api.get(SERIES + "?" + DAY + "&step=600").json();
        assertThat(series.at("/replicas/points")).hasSize(2);
        assertThat(series.at("/replicas/points/1/replicas").asInt()).isEqualTo(3);
        assertThat(series.at("/load/points/0/perSecond").asDouble()).isEqualTo(2.5);
        assertThat(series.at("/load/missing").isNull()).isTrue();

        api.inMemoryCoreServices.history.missing = "No metrics source is available";
        JsonNode without = api.get(SERIES).json();
        assertThat(without.at("/load/points")).isEmpty();
        assertThat(without.at("/load/missing").asText()).contains("No metrics source");
        assertThat(without.path("stepSeconds").asInt()).isEqualTo(30);
    }

    @Test
    void activityIsCountedByPartsOfATime() {
        JsonNode activity = api.get("/api/v1/activity?" + DAY + "&buckets=24").json();
        assertThat(activity.path("bucketMillis").asLong()).isEqualTo(3_600_000);
        assertThat(activity.path("buckets")).hasSize(24);
        assertThat(activity.at("/buckets/0/placed").asInt()).isEqualTo(3);
        assertThat(activity.at("/buckets/0/decisions").asInt()).isEqualTo(3);
        assertThat(activity.at("/buckets/23/moved").asInt()).isEqualTo(4);
        assertThat(activity.at("/buckets/1/at").asText()).isEqualTo("2026-11-01T01:00:00Z");
        assertThat(activity.at("/total/moved").asInt()).isEqualTo(4);
        assertThat(api.get("/api/v1/activity").json().path("buckets")).hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/activity?from=yesterday",
                "/api/v1/activity?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z",
                "/api/v1/activity?buckets=0",
                "/api/v1/activity?buckets=1001",
                "/api/v1/activity?to=-2000-01-01T00:00:00Z",
                GRAPH + "/history?to=%2B10000-01-01T00:00:00Z",
                GRAPH + "/history/at?time=now",
                SERIES + "?step=0",
                SERIES + "?" + DAY + "&step=60"
            })
    void whatCannotBeReadIsTold(String path) {
        Api.Answer answer = api.get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors")).hasSize(1);
    }
}
