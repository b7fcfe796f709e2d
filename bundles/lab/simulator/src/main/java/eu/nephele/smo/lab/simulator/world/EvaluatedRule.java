// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldSnapshot.RuleState;
import eu.nephele.smo.lab.simulator.promql.Expression;
import eu.nephele.smo.lab.simulator.promql.PromqlException;
import eu.nephele.smo.lab.simulator.promql.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An alert rule and its alerts, one for each sample of its expression. Guarded by the lock of the world. */
final class EvaluatedRule {

    private static final String SEVERITY = "critical";

    private final WorkloadRef workload;
    private EventRule content;
    private Expression expression;
    private String owner;
    private String message = "";
    private final Map<String, Active> active = new TreeMap<>();

    /** An alert whose expression holds. */
    private static final class Active {
        private final Map<String, String> labels;
        private final Instant since;
        private boolean firing;
        private Instant firingSince = Instant.MAX;

        Active(Map<String, String> labels, Instant since) {
            this.labels = labels;
            this.since = since;
        }
    }

    EvaluatedRule(WorkloadRef workload, EventRule content, Expression expression, String owner) {
        this.workload = workload;
        this.content = content;
        this.expression = expression;
        this.owner = owner;
    }

    WorkloadRef workload() {
        return workload;
    }

    EventRule content() {
        return content;
    }

    Expression expression() {
        return expression;
    }

    String owner() {
        return owner;
    }

    /** Reason why its last evaluation failed, "" when it succeeded. */
    String message() {
        return message;
    }

    boolean is(EventRule other, String otherOwner) {
        return content.equals(other) && owner.equals(otherOwner);
    }

    /** Replaces the rule; alerts for which the new expression holds too go on. */
    void becomes(EventRule other, Expression otherExpression, String otherOwner) {
        content = other;
        expression = otherExpression;
        owner = otherOwner;
    }

    RuleState state() {
        if (active.isEmpty()) {
            return RuleState.INACTIVE;
        }
        return active.values().stream().anyMatch(alert -> alert.firing) ? RuleState.FIRING : RuleState.PENDING;
    }

    /** Evaluates the rule; a failed evaluation leaves the alerts unchanged. */
    void evaluate(WorldSeries series, AlertGroups groups) {
        List<Sample> samples;
        try {
            samples = series.answer(content.promQuery(), expression);
            message = "";
        } catch (PromqlException e) {
            message = e.getMessage();
            return;
        }
        Set<String> holding = new HashSet<>();
        for (Sample sample : samples) {
            Map<String, String> labels = labels(sample);
            String fingerprint = AlertFingerprint.compute(labels);
            holding.add(fingerprint);
            active.computeIfAbsent(fingerprint, unused -> new Active(labels, series.at()));
        }
        for (String fingerprint : List.copyOf(active.keySet())) {
            if (!holding.contains(fingerprint)) {
                end(fingerprint, series.at(), groups);
            }
        }
        active.forEach((fingerprint, alert) -> proceed(fingerprint, alert, series.at(), groups));
    }

    void end(Instant now, AlertGroups groups) {
        List.copyOf(active.keySet()).forEach(fingerprint -> end(fingerprint, now, groups));
    }

    private void proceed(String fingerprint, Active alert, Instant now, AlertGroups groups) {
        boolean longEnough = Duration.between(alert.since, now).compareTo(content.gracePeriod()) >= 0;
        if (!alert.firing && longEnough) {
            alert.firing = true;
            alert.firingSince = now;
            groups.fires(fingerprint, alert.labels, content, now);
        }
    }

    private void end(String fingerprint, Instant now, AlertGroups groups) {
        Active alert = active.remove(fingerprint);
        if (alert != null && alert.firing) {
            groups.ends(fingerprint, alert.labels, content, alert.firingSince, now);
        }
    }

    /** Labels of the rule win over those of the sample. */
    private Map<String, String> labels(Sample sample) {
        Map<String, String> labels = new TreeMap<>(sample.labels());
        labels.remove(Sample.NAME);
        labels.put("alertname", workload + "/" + content.id());
        labels.put("severity", SEVERITY);
        labels.put(AlertService.PROJECT_LABEL, workload.graph().project());
        labels.put(AlertService.GRAPH_LABEL, workload.graph().name());
        labels.put(AlertService.SERVICE_LABEL, workload.service());
        labels.put(AlertService.EVENT_LABEL, content.id());
        return labels;
    }
}
