// SPDX-License-Identifier: Apache-2.0
package org.example.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.MetricsSourceContract;
import eu.nephele.smo.lab.testkit.OutsideSystem;
import eu.nephele.smo.lab.testkit.OutsideSystem.Reply;
import eu.nephele.smo.lab.testkit.PlainHttpSystems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateSourceTest extends MetricsSourceContract {

    private static final MetricQuery WEB = new MetricQuery(
            MetricQuery.REQUEST_RATE,
            new WorkloadRef(new GraphId("shop", "graph"), "web"),
            Duration.ofMinutes(1),
            Optional.empty());

    private final OutsideSystem system = OutsideSystem.answering(
            request -> Reply.text("request_rate:shop/web 1010 3.5\nrequest_rate:shop/web 1000 1\n"));
    private final TemplateSource source =
            new TemplateSource(new PlainHttpSystems().open(system.settings(TemplateSource.SYSTEM)));

    @AfterEach
    void everythingEnds() {
        source.end();
        system.close();
    }

    @Override
    protected MetricsSource adapter() {
        return source;
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
    void thePresentLoadIsTheLatest() {
        assertThat(source.instant(List.of(WEB))).isEqualTo(Map.of(WEB, 3.5));
    }

    @ParameterizedTest
    @CsvSource({"401, REFUSED", "404, NOT_FOUND", "429, UNAVAILABLE", "503, UNAVAILABLE", "504, TIMED_OUT"})
    void whatTheSystemAnswersIsClassified(int status, Kind kind) {
        system.fails(status);
        assertThatThrownBy(() -> source.instant(List.of(WEB)))
                .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    @Test
    void anAnswerThatIsNoneIsNamed() {
        system.answers(request -> Reply.text("<html>"));
        assertThatThrownBy(() -> source.instant(List.of(WEB)))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("<html>");
    }
}
