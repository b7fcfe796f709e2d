// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how scheduled plans went: in the log, as an event and as a number. It throws nothing. Events about no graph are shown to
 * everybody, so that they have figures and the kind of a failure; its text, which may name graphs, is in the log.
 */
@Component(service = ScheduledPlanReport.class)
@Metric(
        value = "smo_fleet_scheduled_plans_total",
        type = MetricType.COUNTER,
        unit = "plans",
        labels = "outcome=planned|applied|refused|failed",
        meaning = "Scheduled plans of the fleet: only shown; applied; made, but not applied; failed. "
                + "Appears with the first")
public final class ScheduledPlanReport {

    private static final Logger log = LoggerFactory.getLogger(ScheduledPlanReport.class);

    private static final String RUNS = "smo_fleet_scheduled_plans_total";

    private final EventStore events;
    private final Clock clock;
    private volatile CommitListener publisher = CommitListener.NONE;
    private volatile MetricsRecorder metrics = MetricsRecorder.NONE;

    @Activate
    public ScheduledPlanReport(@Reference EventStore events) {
        this(events, Clock.systemUTC());
    }

    ScheduledPlanReport(EventStore events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindPublisher(CommitListener present) {
        publisher = present;
    }

    void unbindPublisher(CommitListener gone) {
        if (publisher == gone) {
            // what is stored meanwhile is published by the next one
            publisher = CommitListener.NONE;
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindMetrics(MetricsRecorder present) {
        metrics = present;
    }

    void unbindMetrics(MetricsRecorder gone) {
        if (metrics == gone) {
            metrics = MetricsRecorder.NONE;
        }
    }

    void planned(FleetPlan plan) {
        log.info("scheduled plan of the fleet made plan={} moves={}", plan.id(), plan.moves());
        tell("planned", "fleet.planned", plan.id(), figures(plan, false).object());
    }

    void applied(FleetPlan plan) {
        log.info("scheduled plan of the fleet made and applied plan={} moves={}", plan.id(), plan.moves());
        tell("applied", "fleet.planned", plan.id(), figures(plan, true).object());
    }

    void refused(FleetPlan plan, RuntimeException why) {
        log.warn("scheduled plan of the fleet made but not applied plan={} reason=\"{}\"", plan.id(), words(why));
        tell(
                "refused",
                "fleet.planned",
                plan.id(),
                figures(plan, false).put("reason", kind(why)).object());
    }

    void failed(RuntimeException why) {
        log.warn("scheduled plan of the fleet failed reason=\"{}\"; the next one comes at its time", words(why));
        tell(
                "failed",
                "fleet.plan_failed",
                "",
                new JsonFieldWriter().put("reason", kind(why)).object());
    }

    private static JsonFieldWriter figures(FleetPlan plan, boolean applied) {
        return new JsonFieldWriter()
                .put("plan", plan.id())
                .put("moves", plan.moves())
                .put("costBefore", plan.value().before())
                .put("costAfter", plan.value().after())
                .put("applied", applied);
    }

    private static String words(RuntimeException why) {
        return Optional.ofNullable(why.getMessage()).orElseGet(why::toString);
    }

    private static String kind(RuntimeException why) {
        return why instanceof SmoException told ? told.kind().name().toLowerCase(Locale.ROOT) : "fault";
    }

    private void tell(String outcome, String type, String plan, JsonObject data) {
        metrics.count(RUNS, Map.of("outcome", outcome));
        try {
            events.append(List.of(new EventDraft(
                    type, clock.instant(), Optional.empty(), Optional.empty(), 0, Optional.empty(), plan, "", data)));
            publisher.committed();
        } catch (RuntimeException away) {
            log.warn("storing an event failed type={} reason=\"{}\"", type, words(away));
        }
    }
}
