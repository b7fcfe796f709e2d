// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldClock;
import eu.nephele.smo.lab.simulator.promql.Expression;
import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Promql;
import eu.nephele.smo.lab.simulator.promql.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Series, alert rules and alerts. Rules are evaluated at fixed times since the world began, as long as there are any. Guarded by
 * the lock of the world.
 */
final class AlertMonitoring {

    private final Duration interval;
    private final Instant begin;
    private final AlertGroups groups;
    private final SeriesBook series;
    private final Counters counters;
    private final MetricsExposition exposition;
    private final ScrapeHistory scrapes = new ScrapeHistory();
    private final TreeMap<RuleName, EvaluatedRule> rules =
            new TreeMap<>(Comparator.comparing(RuleName::workload).thenComparing(RuleName::event));
    private Instant nextEvaluation = Instant.MAX;

    private record RuleName(WorkloadRef workload, String event) {}

    AlertMonitoring(Scenario scenario, WorldClock clock, Instant begin, NotificationDispatcher notificationDispatcher) {
        this.interval = scenario.alerting().evaluationInterval();
        this.begin = begin;
        this.groups = new AlertGroups(scenario.alerting(), clock, notificationDispatcher);
        this.series = new SeriesBook(scenario.series());
        this.counters = new Counters(scenario.requestsPerCpuSecond());
        this.exposition = new MetricsExposition(counters, scenario.requestsPerCpuSecond());
    }

    /** Time of the next change by itself; {@link Instant#MAX} when none will come. */
    Instant due() {
        Instant told = groups.due();
        return told.isBefore(nextEvaluation) ? told : nextEvaluation;
    }

    void happen(WorldState state) {
        if (!nextEvaluation.isAfter(state.now())) {
            nextEvaluation = nextEvaluation.plus(interval);
            evaluate(state);
        }
        groups.flush(state.now());
    }

    private void evaluate(WorldState state) {
        counters.advance(state, interval);
        WorldSeries present = new WorldSeries(state, exposition, series, scrapes);
        List<Selector> ranges = rules.values().stream()
                .flatMap(rule -> rule.expression().ranges())
                .toList();
        scrapes.measure(present, ranges);
        rules.values().forEach(rule -> rule.evaluate(present, groups));
    }

    /**
     * The value of an expression now; empty unless it is one number. Expressions over a time need a rule that watches the same series, as
     * only then their past is measured.
     */
    OptionalDouble value(Expression expression, WorldState state) {
        List<Sample> samples = Promql.evaluate(expression, new WorldSeries(state, exposition, series, scrapes));
        return samples.size() == 1 ? OptionalDouble.of(samples.get(0).value()) : OptionalDouble.empty();
    }

    SeriesBook series() {
        return series;
    }

    AlertGroups groups() {
        return groups;
    }

    /** In order of project, graph, service, event. */
    Collection<EvaluatedRule> rules() {
        return rules.values();
    }

    Optional<EvaluatedRule> find(WorkloadRef workload, String event) {
        return Optional.ofNullable(rules.get(new RuleName(workload, event)));
    }

    void put(WorkloadRef workload, EventRule content, Expression expression, String owner, Instant now) {
        if (rules.isEmpty()) {
            nextEvaluation = begin.plus(
                    interval.multipliedBy(Duration.between(begin, now).dividedBy(interval) + 1));
        }
        find(workload, content.id())
                .ifPresentOrElse(
                        rule -> rule.becomes(content, expression, owner),
                        () -> rules.put(
                                new RuleName(workload, content.id()),
                                new EvaluatedRule(workload, content, expression, owner)));
    }

    /** Removes a rule; its alerts end. */
    void remove(EvaluatedRule rule, Instant now) {
        rule.end(now, groups);
        rules.remove(new RuleName(rule.workload(), rule.content().id()));
        if (rules.isEmpty()) {
            nextEvaluation = Instant.MAX;
        }
    }
}
