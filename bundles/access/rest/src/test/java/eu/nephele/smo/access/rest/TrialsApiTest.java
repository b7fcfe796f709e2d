// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingInput;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import eu.nephele.smo.core.contract.shadow.SensitivityService.SweepRange;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strategies and their standing, shadows and replays over HTTP. */
final class TrialsApiTest {

    private static final String STRATEGIES = "/api/v1/strategies";
    private static final String FIRST_FIT = STRATEGIES + "/placement/first-fit/0.1.0";
    private static final String SHADOWS = "/api/v1/shadows";
    private static final String REPLAYS = "/api/v1/replays";
    private static final String SENSITIVITY = "/api/v1/sensitivity";
    private static final String FOLLOW = "{\"strategy\":{\"id\":\"first-fit\"},\"graph\":\"demo/hello\"}";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void strategiesAreShownWithWhatTheyHaveDone() {
        JsonNode items = api.get(STRATEGIES).json().path("items");

        assertThat(items).map(item -> item.path("id").asText()).containsExactly("example.cheapest", "first-fit");
        assertThat(items.get(0).has("preferred")).as("it is not in use").isFalse();
        assertThat(items.get(0).at("/standing/why").asText()).isEqualTo("it is examined");
        assertThat(items.get(1).path("preferred").asBoolean()).isTrue();
        assertThat(items.get(1).at("/standing/decisions").asInt()).isEqualTo(5);
        assertThat(items.get(1).at("/standing/latestFaults/0/what").asText()).isEqualTo("timeout");
        assertThat(api.get(FIRST_FIT).json()).isEqualTo(items.get(1));
        assertThat(api.get(STRATEGIES + "/objective")
                        .json()
                        .at("/items/0/standing/state")
                        .asText())
                .isEqualTo("USED");
        assertThat(api.get(STRATEGIES + "/intent")
                        .json()
                        .at("/items/0/standing")
                        .isNull())
                .as("nobody counts it")
                .isTrue();
        assertThat(api.get(STRATEGIES + "/scaling").json().path("items")).isEmpty();
        assertThat(api.get(STRATEGIES + "/other").status()).isEqualTo(404);
        assertThat(api.get(STRATEGIES + "/placement/first-fit/9").status()).isEqualTo(404);
    }

    @Test
    void withoutTheCountsInstalledStrategiesAreStillListed() {
        api.platform.away = true;

        JsonNode items = api.get(STRATEGIES).json().path("items");

        assertThat(items)
                .singleElement()
                .satisfies(item -> assertThat(item.path("standing").isNull()).isTrue());
        assertThat(api.get(STRATEGIES + "/objective").json().at("/items/0/id").asText())
                .isEqualTo("moves");
    }

    @Test
    void anEjectionSaysWhyAndWhoAndEndsWhenItIsLetIn() {
        JsonNode ejected =
                api.post(FIRST_FIT + "/eject", "{\"why\":\"too slow\"}").json();
        assertThat(ejected.at("/standing/state").asText()).isEqualTo("EJECTED");
        assertThat(ejected.at("/standing/why").asText()).isEqualTo("too slow (ejected by anonymous)");
        assertThat(api.post(FIRST_FIT + "/eject").json().at("/standing/why").asText())
                .as("without a body")
                .isEqualTo("ejected by anonymous");
        assertThat(api.post(FIRST_FIT + "/eject", "{\"why\":5}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/why");
        api.platform.control.abandoned = true;
        assertThat(api.post(FIRST_FIT + "/let-in").status()).isEqualTo(409);
        api.platform.control.abandoned = false;
        assertThat(api.post(FIRST_FIT + "/let-in").json().at("/standing/state").asText())
                .isEqualTo("USED");
        assertThat(api.post(STRATEGIES + "/placement/none/1/let-in").status()).isEqualTo(404);
        assertThat(api.post(STRATEGIES + "/placement/none/1/eject").status()).isEqualTo(404);
    }

    @Test
    void aShadowBeginsReportsAndEnds() {
        Api.Answer begun = api.post(SHADOWS, FOLLOW);

        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        assertThat(begun.header("Location")).isEqualTo(SHADOWS + "/shadow-1");
        assertThat(begun.json().path("graph").asText()).isEqualTo("demo/hello");
        assertThat(begun.json().path("kind").asText()).isEqualTo("placement");
        assertThat(api.get(SHADOWS).json().at("/items/0")).isEqualTo(begun.json());
        JsonNode report = api.get(SHADOWS + "/shadow-1").json();
        assertThat(report.at("/terms/0/difference").asDouble()).isEqualTo(-1.0);
        assertThat(report.path("shadowMillis").isNull()).as("not known yet").isTrue();
        assertThat(report.at("/latest/0/fault").asText()).isEqualTo("timeout");
        assertThat(api.delete(SHADOWS + "/shadow-1").json()).isEqualTo(report);
        assertThat(api.get(SHADOWS + "/shadow-1").status()).isEqualTo(404);
        assertThat(api.delete(SHADOWS + "/shadow-1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /strategy",
                "'' | /strategy",
                "{\"strategy\":5} | /strategy",
                "{\"strategy\":{}} | /strategy/id",
                "{\"strategy\":{\"id\":\"none\"}} | /strategy/id",
                "{\"strategy\":{\"id\":\"first-fit\",\"x\":1}} | /strategy/x",
                "{\"strategy\":{\"id\":\"first-fit\"},\"kind\":\"intent\"} | /kind",
                "{\"strategy\":{\"id\":\"first-fit\"},\"graph\":\"hello\"} | /graph",
                "{\"strategy\":{\"id\":\"first-fit\"},\"graph\":\"a/b/c\"} | /graph",
                "{\"strategy\":{\"id\":\"first-fit\"},\"graph\":\"p/g\",\"project\":\"p\"} | /project",
                "{\"strategy\":{\"id\":\"first-fit\"},\"a/b\":1} | /a~1b",
            })
    void whatIsWrongWithAShadowIsPointedAt(String body, String pointer) {
        Api.Answer answer = api.post(SHADOWS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .map(error -> error.path("pointer").asText())
                .contains(pointer);
        assertThat(api.platform.trials.shadows(CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void aPromotionIsTheOperationThatPlacesTheGraphAnewOrNothingMore() {
        api.post(SHADOWS, FOLLOW);
        Api.Answer later = api.post(SHADOWS + "/shadow-1/promote");
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.json().path("promoted").asText()).isEqualTo("shadow-1");

        Operation operation = api.graphs.operations.begin(
                Operation.Kind.UPDATE,
                Optional.of(new GraphId("demo", "hello")),
                Optional.empty(),
                2,
                RequestOrigin.INTERNAL,
                Operation.State.RUNNING);
        api.platform.trials.promotion = Optional.of(operation.id());
        api.post(SHADOWS, FOLLOW);
        Api.Answer now = api.post(SHADOWS + "/shadow-1/promote");
        assertThat(now.status()).isEqualTo(202);
        assertThat(now.header("Location")).endsWith(operation.id());
        assertThat(api.post(SHADOWS + "/none/promote").status()).isEqualTo(404);
    }

    @Test
    void aReplayIsBegunAndFollowedAndAnotherOneHasToWait() {
        String question =
                "{\"from\":\"2026-11-20T09:00:00Z\",\"until\":\"2026-11-20T10:00:00Z\",\"graph\":\"demo/hello\","
                        + "\"strategy\":\"greedy\",\"parameters\":{\"a\":1},\"limit\":5}";

        Api.Answer begun = api.post(REPLAYS, question);

        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        assertThat(begun.header("Location")).isEqualTo(REPLAYS + "/replay-1");
        assertThat(begun.json().at("/question/limit").asInt()).isEqualTo(5);
        assertThat(begun.json().at("/question/parameters/a").asInt()).isEqualTo(1);
        assertThat(begun.json().at("/differences/0/replayed").asText()).isEqualTo("web on c2");
        assertThat(api.get(begun.header("Location")).json()).isEqualTo(begun.json());
        assertThat(api.get(REPLAYS).json().at("/items/0/identical").asInt()).isEqualTo(8);
        assertThat(api.post(REPLAYS, "{\"from\":\"2026-11-20T09:00:00Z\"}").status())
                .isEqualTo(409);
        assertThat(api.get(REPLAYS + "/none").status()).isEqualTo(404);
    }

    @Test
    void otherWeightsShowWhatTheyWouldChoose() {
        Api.Answer answer = api.get(
                SENSITIVITY + "?graph=demo/hello&objective=carbon&from=0.5&to=2&steps=4&strategy=optimal&decision=d1");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/points/0/terms/carbon").asDouble()).isEqualTo(1.5);
        assertThat(answer.json().at("/breaks/0/equalAt").asDouble()).isEqualTo(0.5);
        assertThat(api.platform.trials.sensitivity.asked)
                .contains(new WeightSweep(
                        "carbon", new SweepRange(0.5, 2, 4), Optional.of("optimal"), Optional.of("d1")));
        api.get(SENSITIVITY + "?graph=demo/hello&objective=carbon");
        assertThat(api.platform.trials.sensitivity.asked)
                .contains(new WeightSweep("carbon", new SweepRange(0, 10, 21), Optional.empty(), Optional.empty()));
        assertThat(api.get(SENSITIVITY + "?graph=demo/hello&objective=carbon&decision=d2")
                        .status())
                .isEqualTo(404);
        assertThat(api.get(SENSITIVITY + "?graph=demo/none&objective=carbon").status())
                .isEqualTo(404);
    }

    @Test
    void replicasOfOtherDemandAndParametersAreAsked() {
        Api.Answer answer = api.get(
                SENSITIVITY
                        + "/scaling?graph=demo/hello&input=demand&service=web&from=0.5&to=3&steps=3&strategy=optimal&decision=d7");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/points/1/answers/0/unmet/needed").asInt()).isEqualTo(6);
        assertThat(api.platform.trials.sensitivity.askedOfScaling)
                .contains(new ScalingSweep(
                        ScalingInput.DEMAND,
                        "",
                        new SweepRange(0.5, 3, 3),
                        Optional.of("web"),
                        Optional.of("optimal"),
                        Optional.of("d7")));
        api.get(SENSITIVITY + "/scaling?graph=demo/hello&input=capacity");
        assertThat(api.platform.trials.sensitivity.askedOfScaling)
                .contains(new ScalingSweep(
                        ScalingInput.CAPACITY,
                        "",
                        new SweepRange(0.5, 2, 21),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        api.get(SENSITIVITY + "/scaling?graph=demo/hello&parameter=wUtil&from=0&to=4");
        assertThat(api.platform.trials.sensitivity.askedOfScaling)
                .contains(new ScalingSweep(
                        ScalingInput.PARAMETER,
                        "wUtil",
                        new SweepRange(0, 4, 21),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(api.get(SENSITIVITY + "/scaling?graph=demo/none&input=demand")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?input=demand | graph is missing",
                "?graph=demo/hello | Expected either input",
                "?graph=demo/hello&input=demand&parameter=wUtil | Expected either input",
                "?graph=demo/hello&input=colour | input is 'colour', expected demand or capacity",
                "?graph=demo/hello&input=capacity&from=0 | expected from > 0",
                "?graph=demo/hello&input=demand&from=2&to=1 | Expected 0 <= from < to",
                "?graph=demo/hello&parameter=wUtil&to=1 | from is missing",
                "?graph=demo/hello&parameter=wUtil&from=1 | to is missing",
            })
    void whatIsWrongWithASweepOfScalingIsSaid(String query, String message) {
        Api.Answer answer = api.get(SENSITIVITY + "/scaling" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text()).contains(message);
        assertThat(api.platform.trials.sensitivity.askedOfScaling).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?objective=x | graph is missing",
                "?objective=x&graph=hello | graph is missing or malformed",
                "?graph=demo/hello | objective is missing",
                "?graph=demo/hello&objective=x&from=y | from is 'y'",
                "?graph=demo/hello&objective=x&from=-1 | Expected 0 <= from < to",
                "?graph=demo/hello&objective=x&from=NaN | Expected 0 <= from < to",
                "?graph=demo/hello&objective=x&to=0 | Expected 0 <= from < to",
                "?graph=demo/hello&objective=x&to=Infinity | both finite",
                "?graph=demo/hello&objective=x&steps=1 | Expected 2 to 201 steps, got 1",
                "?graph=demo/hello&objective=x&steps=202 | Expected 2 to 201 steps, got 202",
                "?graph=demo/hello&objective=x&steps=2.5 | steps is '2.5'",
            })
    void whatIsWrongWithASweepIsSaid(String query, String message) {
        Api.Answer answer = api.get(SENSITIVITY + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text()).contains(message);
        assertThat(api.platform.trials.sensitivity.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /from",
                "{\"from\":\"yesterday\"} | /from",
                "{\"from\":5} | /from",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"until\":\"2026-11-20T09:00:00Z\"} | /from",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"until\":\"soon\"} | /until",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"kind\":\"x\"} | /kind",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"limit\":0} | /limit",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"limit\":1.5} | /limit",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"parameters\":[]} | /parameters",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"parameters\":{}} | /parameters",
                "{\"from\":\"2026-11-20T09:00:00Z\",\"graph\":\"/x\"} | /graph",
            })
    void whatIsWrongWithAReplayIsPointedAt(String body, String pointer) {
        Api.Answer answer = api.post(REPLAYS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .map(error -> error.path("pointer").asText())
                .containsExactly(pointer);
    }
}
