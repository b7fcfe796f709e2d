// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.graphitemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.testkit.MetricsSourceContract;
import eu.nephele.smo.lab.testkit.OutsideSystem;
import eu.nephele.smo.lab.testkit.OutsideSystem.Reply;
import eu.nephele.smo.lab.testkit.OutsideSystem.Request;
import eu.nephele.smo.lab.testkit.PlainHttpSystems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphiteMetricsTest extends MetricsSourceContract {

    private static final Pattern TARGET = Pattern.compile("alias\\(sumSeries\\((\\S+?)\\),\"(\\d+)\"\\)");
    private static final MetricQuery WEB = query("web", MetricQuery.REQUEST_RATE);

    private final OutsideSystem system = OutsideSystem.answering(GraphiteMetricsTest::rendered);
    private final GraphiteMetrics graphite = new GraphiteMetrics(
            new PlainHttpSystems().open(system.settings(GraphiteMetrics.SYSTEM)),
            Map.of(MetricQuery.REQUEST_RATE, "services.$namespace.$service.rate"));

    private static MetricQuery query(String service, String metric) {
        WorkloadRef workload = new WorkloadRef(new GraphId("shop", "graph"), service);
        return new MetricQuery(metric, workload, Duration.ofMinutes(1), Optional.empty());
    }

    /** Graphite with one series, that of web. */
    private static Reply rendered(Request request) {
        StringBuilder lines = new StringBuilder();
        Matcher target = TARGET.matcher(URLDecoder.decode(request.body(), StandardCharsets.UTF_8));
        while (target.find()) {
            if (target.group(1).equals("services.shop.web.rate")) {
                lines.append(target.group(2)).append(",1000,1040,10|1.0,None,3.5,None\n");
            }
        }
        return Reply.text(lines.toString());
    }

    @AfterEach
    void everythingEnds() {
        graphite.end();
        system.close();
    }

    @Override
    protected MetricsSource adapter() {
        return graphite;
    }

    @Override
    protected void breakTheSystem() {
        system.hangs();
    }

    @Override
    protected MetricQuery measured() {
        return WEB;
    }

    @Test
    void theLastValueThatIsKnownIsThePresentOne() {
        assertThat(graphite.instant(List.of(WEB))).isEqualTo(Map.of(WEB, 3.5));
    }

    @Test
    void allServicesAreAskedForInOneRequest() {
        graphite.instant(List.of(WEB, query("api", MetricQuery.REQUEST_RATE), query("web", "unknown")));
        assertThat(system.requests()).singleElement().satisfies(request -> assertThat(request.body())
                .contains("services.shop.web.rate", "services.shop.api.rate")
                .doesNotContain("unknown"));
    }

    @Test
    void pointsThatAreNearerThanTheStepAreLeftOut() {
        Map<MetricQuery, List<LoadPoint>> past =
                graphite.range(List.of(WEB), Duration.ofMinutes(5), Duration.ofSeconds(30));
        assertThat(past.get(WEB)).extracting(LoadPoint::perSecond).containsExactly(1.0);
    }

    @ParameterizedTest
    @CsvSource({"401, REFUSED", "404, NOT_FOUND", "429, UNAVAILABLE", "500, UNAVAILABLE", "504, TIMED_OUT"})
    void whatGraphiteAnswersIsClassified(int status, Kind kind) {
        system.fails(status);
        assertThatThrownBy(() -> graphite.instant(List.of(WEB)))
                .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "0,1000|1.0", "0,1000,1040,10", "0,1000,1040,10|many", "web,1000,1040,10|1"})
    void anAnswerThatIsNoneIsNamed(String line) {
        system.answers(request -> Reply.text(line));
        assertThatThrownBy(() -> graphite.instant(List.of(WEB)))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1000,1040,10|NaN", "0,1000,1040,10|Infinity", "0,1000,1040,10|", "7,1000,1040,10|1", ""})
    void whatIsNoNumberIsNoData(String line) {
        system.answers(request -> Reply.text(line));
        assertThat(graphite.instant(List.of(WEB))).isEmpty();
    }
}
