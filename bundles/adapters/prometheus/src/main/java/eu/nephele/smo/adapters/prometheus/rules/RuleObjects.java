// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.adapters.prometheus.query.PrometheusApi;
import eu.nephele.smo.adapters.prometheus.rules.AlertRule.Subject;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Rules as objects of the Prometheus operator: one object per project, one group per graph. Rules of others stay. */
public final class RuleObjects implements AlertRules {

    /** Most attempts of a change after conflicts. */
    private static final int ATTEMPTS = 10;

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String MARK = "smo";
    private static final String PROJECT = "$project";

    /**
     * @param name of an object, with {@code $project}
     * @param labels by which the operator selects
     */
    public record ObjectNaming(String name, Map<String, String> labels, String severity) {
        public ObjectNaming {
            labels = Map.copyOf(labels);
        }
    }

    private final RuleCluster cluster;
    private final PrometheusApi prometheus;
    private final ObjectNaming objectNaming;
    private final OwnerFence fence;

    public RuleObjects(RuleCluster cluster, PrometheusApi prometheus, ObjectNaming objectNaming, OwnerFence fence) {
        this.cluster = cluster;
        this.prometheus = prometheus;
        this.objectNaming = objectNaming;
        this.fence = fence;
    }

    @Override
    public void ensure(WorkloadRef workload, EventRule rule, String owner) {
        Map<String, Object> wanted = AlertRule.render(workload, rule, owner, objectNaming.severity());
        String what = "Write the rule " + new Subject(workload, rule.id()).name();
        if (find(workload, what)
                .filter(present -> isAsWanted(present, workload, wanted))
                .isPresent()) {
            return;
        }
        // the operator reports no errors to the writer of a rule: invalid expressions are found here
        prometheus.check(rule.promQuery());
        change(workload, owner, what, groups -> groups.with(group(workload), wanted));
    }

    private boolean isAsWanted(GenericKubernetesResource present, WorkloadRef workload, Map<String, Object> wanted) {
        RuleGroups groups = groups(present);
        return isFound(present) && groups.with(group(workload), wanted).equals(groups);
    }

    /** By the presently configured labels of the operator; other labels do not matter. */
    private boolean isFound(GenericKubernetesResource object) {
        return !isOurs(object)
                || labels(object).entrySet().containsAll(objectNaming.labels().entrySet());
    }

    @Override
    public void remove(WorkloadRef workload, String eventId) {
        String name = new Subject(workload, eventId).name();
        String what = "Remove the rule " + name;
        if (find(workload, what).isPresent()) {
            change(workload, "", what, groups -> groups.without(group(workload), name));
        }
    }

    private void change(WorkloadRef workload, String owner, String what, UnaryOperator<RuleGroups> edit) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<GenericKubernetesResource> present = find(workload, what);
            RuleGroups before = present.map(RuleObjects::groups).orElse(RuleGroups.from(Map.of()));
            RuleGroups after = edit.apply(before);
            boolean same = after.equals(before)
                    && present.filter(object -> !isFound(object)).isEmpty();
            if (same || written(present, after, workload, owner, what)) {
                return;
            }
            cluster.pause(attempt, what);
        }
        throw new AdapterException(
                Kind.CONFLICT,
                cluster.system(),
                "%s: another client changed the object %s in all %d attempts"
                        .formatted(what, name(workload), ATTEMPTS));
    }

    /** @return false on a conflict with another client */
    private boolean written(
            Optional<GenericKubernetesResource> present,
            RuleGroups groups,
            WorkloadRef workload,
            String owner,
            String what) {
        fence.require();
        try {
            if (present.isEmpty()) {
                cluster.call(what, rules -> rules.resource(made(workload, owner, groups))
                        .create());
            } else if (groups.groups().isEmpty() && isOurs(present.get())) {
                String version = present.get().getMetadata().getResourceVersion();
                cluster.call(what, rules -> rules.resource(present.get())
                        .lockResourceVersion(version)
                        .delete());
            } else {
                cluster.call(what, rules -> rules.resource(changed(present.get(), groups))
                        .update());
            }
            return true;
        } catch (AdapterException failure) {
            boolean gone = present.isPresent() && failure.kind() == Kind.NOT_FOUND;
            if (failure.kind() == Kind.CONFLICT || gone) {
                return false;
            }
            throw failure;
        }
    }

    private GenericKubernetesResource made(WorkloadRef workload, String owner, RuleGroups groups) {
        Map<String, String> labels = new LinkedHashMap<>(objectNaming.labels());
        labels.put(MANAGED_BY, MARK);
        labels.put("smo.nephele.eu/owner", ShortNames.label(owner));
        labels.put("smo.nephele.eu/project", ShortNames.label(workload.graph().project()));
        GenericKubernetesResource made = new GenericKubernetesResource();
        made.setApiVersion("monitoring.coreos.com/v1");
        made.setKind("PrometheusRule");
        made.setMetadata(new ObjectMetaBuilder()
                .withName(name(workload))
                .withNamespace(cluster.namespace())
                .withLabels(labels)
                .build());
        return changed(made, groups);
    }

    private GenericKubernetesResource changed(GenericKubernetesResource object, RuleGroups groups) {
        if (!isFound(object)) {
            Map<String, String> labels = new LinkedHashMap<>(labels(object));
            labels.putAll(objectNaming.labels());
            object.getMetadata().setLabels(labels);
        }
        Map<Object, Object> spec = new LinkedHashMap<>();
        if (object.getAdditionalProperties().get("spec") instanceof Map<?, ?> before) {
            spec.putAll(before);
        }
        spec.put("groups", groups.groups());
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    @Override
    public Map<WorkloadRef, Set<String>> owned(String owner) {
        Map<WorkloadRef, Set<String>> events = new TreeMap<>();
        cluster.call("List rules", rules -> rules.list().getItems()).stream()
                .flatMap(object -> groups(object).rules().stream())
                .flatMap(rule -> AlertRule.subject(rule, owner).stream())
                .forEach(subject -> events.computeIfAbsent(subject.workload(), any -> new TreeSet<>())
                        .add(subject.event()));
        return events;
    }

    private Optional<GenericKubernetesResource> find(WorkloadRef workload, String what) {
        return cluster.call(
                what,
                rules -> Optional.ofNullable(rules.withName(name(workload)).get()));
    }

    private static RuleGroups groups(GenericKubernetesResource object) {
        return RuleGroups.from(object.getAdditionalProperties().getOrDefault("spec", Map.of()));
    }

    private static boolean isOurs(GenericKubernetesResource object) {
        return MARK.equals(labels(object).get(MANAGED_BY));
    }

    private static Map<String, String> labels(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }

    private String name(WorkloadRef workload) {
        return objectNaming.name().replace(PROJECT, workload.graph().project());
    }

    private static String group(WorkloadRef workload) {
        return workload.graph().toString();
    }
}
