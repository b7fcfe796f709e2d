// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.promql.Expression;
import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Promql;
import eu.nephele.smo.lab.simulator.promql.Sample;
import eu.nephele.smo.lab.simulator.promql.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All series at one moment: measured ones, and those set by hand, which win. Lives for one evaluation. */
final class WorldSeries implements Series {

    private final WorldState state;
    private final MetricsExposition exposition;
    private final SeriesBook said;
    private final ScrapeHistory scrapes;
    private final Map<String, SeriesIndex<Sample>> known = new HashMap<>();
    private final Map<String, List<Sample>> answers = new HashMap<>();

    WorldSeries(WorldState state, MetricsExposition exposition, SeriesBook said, ScrapeHistory scrapes) {
        this.state = state;
        this.exposition = exposition;
        this.said = said;
        this.scrapes = scrapes;
    }

    @Override
    public Instant at() {
        return state.now();
    }

    @Override
    public List<Sample> present(Selector selector) {
        List<Sample> found = new ArrayList<>();
        for (String metric : selector.name().map(Set::of).orElseGet(this::metrics)) {
            index(metric).find(selector, (labels, sample) -> found.add(sample));
        }
        return found;
    }

    @Override
    public List<History> past(Selector selector) {
        return scrapes.past(selector, at());
    }

    /**
     * Returns the series that an expression selects. Many graphs share a rule, so it is computed once.
     *
     * @throws eu.nephele.smo.lab.simulator.promql.PromqlException as {@link Promql#evaluate}
     */
    List<Sample> answer(String query, Expression expression) {
        List<Sample> before = answers.get(query);
        if (before != null) {
            return before;
        }
        List<Sample> computed = Promql.evaluate(expression, this);
        answers.put(query, computed);
        return computed;
    }

    Set<String> metrics() {
        Set<String> all = new TreeSet<>(exposition.metrics());
        all.addAll(said.metrics());
        return all;
    }

    Collection<Sample> samples(String metric) {
        return index(metric).all().values();
    }

    private SeriesIndex<Sample> index(String metric) {
        return known.computeIfAbsent(metric, wanted -> new SeriesIndex<>(measured(wanted)));
    }

    private Map<Map<String, String>, Sample> measured(String metric) {
        Map<Map<String, String>, Sample> samples = new LinkedHashMap<>();
        if (!state.outages().contains(Outage.METRICS)) {
            exposition.samples(metric, state).forEach(sample -> samples.put(sample.labels(), sample));
            said.samples(metric).forEach(sample -> samples.put(sample.labels(), sample));
        }
        return samples;
    }
}
