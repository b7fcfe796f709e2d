// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.alert.AlertRuleReconciler;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.decision.ServiceStartOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the observed state one step nearer to the decision and reports the progress. Every step is idempotent; one
 * service that fails does not hold up the others.
 */
public final class Rollout {

    /**
     * @param seen the workloads by which it was judged
     * @param progressing whether something was changed or is starting, as opposed to broken
     * @param arrived whether the observed state has followed a decision with held reservations
     * @param gone retiring services of which nothing is left
     * @param obstacles obstacles to calls across clusters
     * @param message pending work and unseen workloads, for people
     */
    public record Report(
            Map<WorkloadRef, WorkloadObservation> seen,
            Map<String, ObservedService> services,
            boolean converged,
            boolean progressing,
            boolean arrived,
            Set<String> gone,
            List<Drift> drift,
            List<AdapterException> failures,
            List<String> obstacles,
            String message) {

        /** The most important failure: one that retries will not fix, else the first. */
        public Optional<AdapterException> failure() {
            return failures.stream()
                    .filter(FailureTranslator::isForGood)
                    .findFirst()
                    .or(() -> failures.stream().findFirst());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);
    private static final String ALERT_RULES = "alert-rules";

    private final AdapterPorts ports;
    private final ReleaseActuator releases;
    private final AlertRuleReconciler alertRuleReconciler;
    private final Duration poll;
    private final RolloutPass.RolloutContext rolloutContext;

    /** @param poll delay of the next pass over a graph with work in progress */
    Rollout(
            AdapterPorts ports,
            ClusterInventory clusterInventory,
            ReleaseActuator releases,
            AlertRuleReconciler alertRuleReconciler,
            Duration poll,
            Clock clock) {
        this.ports = ports;
        this.releases = releases;
        this.alertRuleReconciler = alertRuleReconciler;
        this.poll = poll;
        this.rolloutContext =
                new RolloutPass.RolloutContext(ports, clusterInventory, releases, alertRuleReconciler, clock);
    }

    /** Returns whether adapters of a graph are unavailable, or silent: unseen workloads are not missing then. */
    public boolean isBlind(DecidedGraph decided) {
        Set<String> sources = sources(decided.placement());
        return !ports.see(sources) || !rolloutContext.clusterInventory().announces(sources);
    }

    /** @param handsOff whether outside changes are only reported */
    public Report advance(GraphRecord record, Graph graph, DecidedGraph decided, boolean handsOff) {
        Map<WorkloadRef, WorkloadObservation> seen;
        try {
            seen = ports.observe(refs(record), sources(decided));
        } catch (AdapterException e) {
            return unseen(record, e);
        }
        RolloutPass pass = new RolloutPass(
                rolloutContext,
                new ObservedDeployment(rolloutContext.clusterInventory(), record, graph, decided, seen),
                handsOff);
        pass.makeRoom();
        ServiceStartOrder.compute(graph).forEach(pass::advance);
        pass.retire();
        return pass.report();
    }

    /**
     * Removes everything of the graph, last service first; goes on past failures and reports them all. Services that
     * were never installed are not waited for: neither for a missing deployer, nor for a refused right. The message of
     * a report that has converged names such refusals, and left-overs.
     */
    public Report takeDown(GraphRecord record, Graph graph) {
        List<AdapterException> failures = new ArrayList<>();
        Map<String, AdapterException> unsure = new LinkedHashMap<>();
        Map<WorkloadRef, List<AdapterException>> kept = new TreeMap<>();
        Map<String, String> types = new TreeMap<>(record.desired().retiring());
        List<ServiceSpec> services = new ArrayList<>(graph.services());
        for (int i = services.size() - 1; i >= 0; i--) {
            ServiceSpec service = services.get(i);
            String type = service.artifact().runtime();
            types.remove(service.id(), type);
            boolean neverDone = record.observed()
                            .services()
                            .getOrDefault(service.id(), ObservedService.NOTHING)
                            .assignment()
                    == 0;
            remove(record, service.id(), type, neverDone, unremoved(kept, record, service.id()), unsure);
            attempt(
                    failures,
                    ALERT_RULES,
                    () -> alertRuleReconciler.remove(new WorkloadRef(record.id(), service.id()), service));
        }
        types.forEach((service, type) -> {
            remove(record, service, type, false, unremoved(kept, record, service), unsure);
            attempt(failures, ALERT_RULES, () -> alertRuleReconciler.removeAll(new WorkloadRef(record.id(), service)));
        });
        Map<WorkloadRef, WorkloadObservation> left = Map.of();
        try {
            Set<ClusterId> clusters = record.decided().map(Rollout::clusters).orElse(Set.of());
            left = ports.remains(refs(record), clusters);
        } catch (AdapterException e) {
            failures.add(e);
        } catch (RuntimeException e) {
            failures.add(defect("clusters", e));
        }
        Map<WorkloadRef, WorkloadObservation> seen = left;
        kept.forEach((ref, why) -> why.stream()
                .filter(failure -> !isLeftToLater(failure, Optional.ofNullable(seen.get(ref))))
                .forEach(failures::add));
        left.values().stream()
                .filter(there -> !RemainingWorkloads.isOnlyUnseen(there))
                .map(there -> there.workload().service())
                .filter(unsure::containsKey)
                .forEach(service -> failures.add(unsure.remove(service)));
        boolean done = failures.isEmpty() && left.values().stream().allMatch(RemainingWorkloads::isOnlyUnseen);
        return new Report(
                left,
                takenDown(record, graph, done, left),
                done,
                true,
                false,
                record.desired().retiring().keySet(),
                List.of(),
                failures,
                List.of(),
                done ? leftBehind(record, graph, unsure.values(), left.values()) : open(failures, left.values()));
    }

    private static String open(List<AdapterException> failures, Collection<WorkloadObservation> left) {
        return failures.isEmpty() ? RemainingWorkloads.text(left) : message(failures);
    }

    /** Returns the remains, certain or possible, that need no further wait. */
    private String leftBehind(
            GraphRecord record,
            Graph graph,
            Collection<AdapterException> refused,
            Collection<WorkloadObservation> unseen) {
        List<String> told = new ArrayList<>();
        if (!refused.isEmpty()) {
            told.add(message(refused));
            told.add("the namespace %s may be left".formatted(record.id().project()));
        } else if (!unseen.isEmpty()) {
            told.add(RemainingWorkloads.text(unseen));
        }
        Map<String, String> types = new TreeMap<>(record.desired().retiring());
        graph.services()
                .forEach(service -> types.put(service.id(), service.artifact().runtime()));
        types.forEach((service, type) -> told.addAll(releases.leftovers(new WorkloadRef(record.id(), service), type)));
        return told.stream().distinct().collect(Collectors.joining("; "));
    }

    /** Removes a service; if it probably does not exist, a failure counts only if it is observed afterwards. */
    private void remove(
            GraphRecord record,
            String service,
            String type,
            boolean neverDone,
            List<AdapterException> failures,
            Map<String, AdapterException> unsure) {
        try {
            releases.remove(record, service, type);
        } catch (AdapterException e) {
            boolean notThere = releases.lacksDeployer(type)
                    ? neverDone || releases.neverInstalled(type)
                    : neverDone
                            && FailureTranslator.isForGood(e)
                            && !releases.mayBeThere(new WorkloadRef(record.id(), service), type);
            if (notThere) {
                unsure.put(service, e);
            } else {
                failures.add(e);
            }
        } catch (RuntimeException e) {
            failures.add(defect(type, e));
        }
    }

    private static List<AdapterException> unremoved(
            Map<WorkloadRef, List<AdapterException>> kept, GraphRecord record, String service) {
        return kept.computeIfAbsent(new WorkloadRef(record.id(), service), any -> new ArrayList<>());
    }

    /**
     * A release on an unavailable cluster cannot be removed now. No graph claims it there any more, so that it is
     * removed as an orphan when the cluster is back.
     */
    private static boolean isLeftToLater(AdapterException failure, Optional<WorkloadObservation> left) {
        boolean away = failure.kind() == AdapterException.Kind.UNAVAILABLE
                || failure.kind() == AdapterException.Kind.TIMED_OUT;
        return away && left.filter(RemainingWorkloads::isOnlyUnseen).isPresent();
    }

    /** Returns the state of removed services; one that is not known to be gone keeps its state until it is. */
    private static Map<String, ObservedService> takenDown(
            GraphRecord record, Graph graph, boolean done, Map<WorkloadRef, WorkloadObservation> left) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        for (ServiceSpec service : graph.services()) {
            ObservedService last = record.observed().services().getOrDefault(service.id(), ObservedService.NOTHING);
            String message = Optional.ofNullable(left.get(new WorkloadRef(record.id(), service.id())))
                    .map(RemainingWorkloads::text)
                    .orElse("is being removed");
            services.put(
                    service.id(),
                    done
                            ? ObservedService.NOTHING
                            : new ObservedService(
                                    last.state(),
                                    last.ready(),
                                    last.assignment(),
                                    last.scaledAt(),
                                    last.settled(),
                                    message));
        }
        return services;
    }

    public PassResult next(Report report) {
        return report.failures().isEmpty() ? new PassResult.RequeueAfter(poll) : PassResult.after(report.failures());
    }

    public void moved(GraphRecord record) {
        releases.forgetMoves(record.id());
    }

    static String message(Collection<AdapterException> failures) {
        return failures.stream()
                .map(failure -> "%s: %s".formatted(failure.system(), failure.getMessage()))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static void attempt(List<AdapterException> failures, String system, Runnable step) {
        try {
            step.run();
        } catch (AdapterException e) {
            failures.add(e);
        } catch (RuntimeException e) {
            failures.add(defect(system, e));
        }
    }

    /** Translates an unexpected exception of an adapter, which blocks no more than an unavailable system. */
    private static AdapterException defect(String system, RuntimeException defect) {
        LOG.error("adapter call failed unexpectedly system={}; this is a defect of the adapter", system, defect);
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                system,
                "The adapter failed unexpectedly, which is a defect; the log has its trace: " + defect,
                defect);
    }

    private static Set<ClusterId> clusters(DecidedGraph decided) {
        Set<ClusterId> clusters = new TreeSet<>(decided.placement().clusters());
        clusters.addAll(decided.transition().leaving().clusters());
        clusters.addAll(decided.transition().held().keySet());
        return clusters;
    }

    /** Sources on whose clusters workloads of a decision are, or may be still. */
    private static Set<String> sources(DecidedGraph decided) {
        Set<String> sources = new TreeSet<>(sources(decided.placement()));
        sources.addAll(sources(decided.transition().leaving()));
        return sources;
    }

    private static Set<String> sources(Placement placement) {
        return placement.shares().values().stream()
                .flatMap(List::stream)
                .map(share -> share.cluster().source())
                .collect(Collectors.toSet());
    }

    /** All services of a graph that may be outside: its own and those that are retiring. */
    public static List<WorkloadRef> refs(GraphRecord record) {
        return refs(
                record.id(),
                record.desired().declaration().services(),
                record.desired().retiring());
    }

    /** The same of a graph that was not read as a whole. */
    public static List<WorkloadRef> refs(GraphServices graph) {
        return refs(graph.id(), graph.services(), graph.retiring());
    }

    private static List<WorkloadRef> refs(GraphId id, List<String> services, Map<String, String> retiring) {
        return Stream.concat(services.stream(), retiring.keySet().stream())
                .distinct()
                .map(service -> new WorkloadRef(id, service))
                .toList();
    }

    private static Report unseen(GraphRecord record, AdapterException e) {
        return new Report(
                Map.of(),
                record.observed().services(),
                false,
                false,
                false,
                Set.of(),
                record.observed().drift(),
                List.of(e),
                List.of(),
                e.getMessage());
    }
}
