// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.core.contract.outside.JoinedMetrics;
import eu.nephele.smo.core.contract.outside.JoinedMetrics.JoinedAnswer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the metrics sources for present values, and logs once when one fails or none is there. Belongs to the thread of the pass. */
final class PresentValues {

    private static final Logger LOG = LoggerFactory.getLogger(PresentValues.class);
    private static final String MISSING = "none";

    private final Supplier<Optional<JoinedMetrics>> sources;
    /** Begins anew with each start, because a failure that goes on may be logged once more. Systems that failed last. */
    private Set<String> failing = Set.of();

    /** @param sources empty when none is installed now */
    PresentValues(Supplier<Optional<JoinedMetrics>> sources) {
        this.sources = sources;
    }

    /** What is known now, and why nothing may be known of the rest. */
    JoinedAnswer<Double> read(Collection<MetricQuery> queries) {
        JoinedAnswer<Double> answer = sources.get()
                .map(installed -> installed.present(queries))
                .orElseGet(() -> JoinedAnswer.none(missing()));
        note(answer.failures());
        return answer;
    }

    private static AdapterException missing() {
        return new AdapterException(Kind.UNAVAILABLE, MISSING, "no metrics source is installed");
    }

    private void note(List<AdapterException> failures) {
        Map<String, String> reasons = new LinkedHashMap<>();
        failures.forEach(failure -> reasons.putIfAbsent(failure.system(), String.valueOf(failure.getMessage())));
        failing.stream()
                .filter(system -> !reasons.containsKey(system))
                .forEach(system -> LOG.info("reading load works again system={}", system));
        reasons.forEach((system, reason) -> {
            String text =
                    "reading load failed system={} reason=\"{}\"; deciding without its data, retrying at each pass";
            if (failing.contains(system)) {
                LOG.debug(text, system, reason);
            } else {
                LOG.warn(text, system, reason);
            }
        });
        failing = Set.copyOf(reasons.keySet());
    }
}
