// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.adapters.prometheus.query.PromQlDuration;
import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A rule in the form of Prometheus, with its ownership labels. */
final class AlertRule {

    static final String OWNER_LABEL = "smo_owner";

    static final String NAME = "alert";

    record Subject(WorkloadRef workload, String event) {

        /** {@code project/graph/service/event}. */
        String name() {
            return workload + "/" + event;
        }
    }

    private AlertRule() {}

    /** Returns the members of the rule in a readable order. */
    static Map<String, Object> render(WorkloadRef workload, EventRule rule, String owner, String severity) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("severity", severity);
        labels.put(AlertService.SERVICE_LABEL, literally(workload.service()));
        labels.put(AlertService.PROJECT_LABEL, literally(workload.graph().project()));
        labels.put(AlertService.GRAPH_LABEL, literally(workload.graph().name()));
        labels.put(AlertService.EVENT_LABEL, literally(rule.id()));
        labels.put(OWNER_LABEL, literally(owner));
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("description", literally(rule.description()));
        annotations.put("summary", literally(rule.description()));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(NAME, new Subject(workload, rule.id()).name());
        members.put("expr", rule.promQuery());
        members.put("for", PromQlDuration.text(rule.gracePeriod()));
        members.put("labels", labels);
        members.put("annotations", annotations);
        return members;
    }

    /** Empty for foreign rules. */
    static Optional<Subject> subject(Object rule, String owner) {
        if (!(rule instanceof Map<?, ?> members) || !(members.get("labels") instanceof Map<?, ?> labels)) {
            return Optional.empty();
        }
        if (!text(labels, OWNER_LABEL).equals(Optional.of(owner))) {
            return Optional.empty();
        }
        return text(labels, AlertService.PROJECT_LABEL)
                .flatMap(project -> text(labels, AlertService.GRAPH_LABEL).map(graph -> new GraphId(project, graph)))
                .flatMap(graph ->
                        text(labels, AlertService.SERVICE_LABEL).map(service -> new WorkloadRef(graph, service)))
                .flatMap(workload -> text(labels, AlertService.EVENT_LABEL).map(event -> new Subject(workload, event)));
    }

    private static Optional<String> text(Map<?, ?> labels, String name) {
        return Optional.ofNullable(labels.get(name))
                .map(Object::toString)
                .map(text -> text.replace("{{ \"{{\" }}", "{{"));
    }

    /** Prometheus renders labels and annotations as templates; a user's text must not be executed. */
    private static String literally(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}
