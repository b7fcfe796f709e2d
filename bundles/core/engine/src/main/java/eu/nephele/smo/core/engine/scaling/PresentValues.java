// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the metrics source for present values, and logs once when it fails or is missing. Belongs to the thread of the pass. */
final class PresentValues {

    private static final Logger LOG = LoggerFactory.getLogger(PresentValues.class);
    private static final String MISSING = "none";

    private final Supplier<Optional<MetricsSource>> source;
    /** The system that failed last. Begins anew with each start, because a failure that goes on may be logged once more. */
    private Optional<String> failing = Optional.empty();

    /** @param source empty when none is installed now */
    PresentValues(Supplier<Optional<MetricsSource>> source) {
        this.source = source;
    }

    /** Empty when there is no answer, which is not the same as an answer without values. */
    Optional<Map<MetricQuery, Double>> read(Collection<MetricQuery> queries) {
        Optional<MetricsSource> installed = source.get();
        if (installed.isEmpty()) {
            return failed(MISSING, "no metrics source is installed");
        }
        try {
            Map<MetricQuery, Double> values = installed.get().instant(queries);
            failing.ifPresent(system -> LOG.info("reading load works again system={}", system));
            failing = Optional.empty();
            return Optional.of(values);
        } catch (AdapterException e) {
            return failed(e.system(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<Map<MetricQuery, Double>> failed(String system, String reason) {
        String text = "reading load failed system={} reason=\"{}\"; deciding without data, retrying at each pass";
        if (failing.filter(system::equals).isPresent()) {
            LOG.debug(text, system, reason);
        } else {
            LOG.warn(text, system, reason);
        }
        failing = Optional.of(system);
        return Optional.empty();
    }
}
