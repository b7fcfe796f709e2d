// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphSummary;
import eu.nephele.smo.core.contract.store.TombstoneStore.Tombstone;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.alert.AlertRuleReconciler;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.rollout.ReleaseActuator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares everything outside that carries the mark of this installation with the desired state in the store. Objects
 * that no graph claims are orphans: they get a tombstone, and are removed when they are still there and unclaimed after
 * the grace. Graphs whose objects were changed outside are queued for a pass.
 */
public final class OrphanCollector {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanCollector.class);
    private static final int PAGE = 500;

    private final GraphRepository graphs;
    private final AdapterPorts ports;
    private final ReleaseActuator releases;
    private final AlertRuleReconciler alertRuleReconciler;
    private final OrphanTracker orphans;
    private final WorkQueue<GraphId> queue;
    private final String owner;

    OrphanCollector(
            GraphRepository graphs,
            AdapterPorts ports,
            ReleaseActuator releases,
            AlertRuleReconciler alertRuleReconciler,
            OrphanTracker orphans,
            WorkQueue<GraphId> queue,
            String owner) {
        this.graphs = graphs;
        this.ports = ports;
        this.releases = releases;
        this.alertRuleReconciler = alertRuleReconciler;
        this.orphans = orphans;
        this.queue = queue;
        this.owner = owner;
    }

    /** One sweep. Outside first: everything that was installed before then had its owner in the store even earlier. */
    public void run() {
        OwnedInventory ownedInventory = new OwnedInventory(releases(), rules());
        Set<Tombstone> dead = new HashSet<>();
        Optional<GraphId> last = Optional.empty();
        List<GraphSummary> page;
        do {
            page = graphs.summaries(last, PAGE);
            page.forEach(graph -> compare(graph, ownedInventory, dead));
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).id());
        } while (page.size() == PAGE);
        ownedInventory
                .leftReleases()
                .forEach(left -> dead.add(orphans.create(left.state().workload(), left.type())));
        ownedInventory.leftRules().forEach(workload -> dead.add(orphans.create(workload, OwnedInventory.ALERT_RULE)));
        orphans.found(dead, ownedInventory.kinds()).forEach(this::remove);
    }

    private void compare(GraphSummary graph, OwnedInventory ownedInventory, Set<Tombstone> dead) {
        ownedInventory.takeReleases(graph.id()).forEach(release -> {
            WorkloadRef workload = release.state().workload();
            if (!wantsRelease(graph, workload)) {
                dead.add(orphans.create(workload, release.type()));
            } else if (releases.differs(release.state())) {
                lookAgain(release.type(), workload);
            } else {
                releases.compare(release.state());
            }
        });
        // the desired objects of a graph with an unreadable descriptor are unknown: none of them is an orphan
        ownedInventory
                .takeRules(graph.id())
                .filter(rules -> !isUnreadable(graph))
                .ifPresent(rules -> {
                    rules.forEach((workload, events) -> {
                        if (!wantedEvents(graph, workload).containsAll(events)) {
                            dead.add(orphans.create(workload, OwnedInventory.ALERT_RULE));
                        }
                    });
                    missingRules(graph, rules);
                });
    }

    /** Checks findings again: they may precede a step of our own, and count only while no pass works on their graph. */
    private void lookAgain(String type, WorkloadRef workload) {
        boolean looked = queue.exclusively(workload.graph(), () -> {
            try {
                boolean changed = ports.deployer(type)
                        .state(workload)
                        .filter(state -> state.owner().equals(owner) && releases.compare(state))
                        .isPresent();
                if (changed) {
                    LOG.warn("release drifted workload={}; reconciling its graph", workload);
                    queue.add(workload.graph());
                }
            } catch (AdapterException e) {
                LOG.warn(
                        "reading release failed workload={} system={} reason=\"{}\"; retrying at the next sweep",
                        workload,
                        e.system(),
                        e.getMessage());
            }
        });
        if (!looked) {
            LOG.debug("orphan check skipped workload={}; a pass works on its graph, retrying", workload);
        }
    }

    private Map<String, List<ReleaseState>> releases() {
        Map<String, List<ReleaseState>> found = new HashMap<>();
        ports.deployers().forEach((type, deployer) -> {
            try {
                found.put(
                        type,
                        deployer.owned().stream()
                                .filter(state -> state.owner().equals(owner))
                                .toList());
            } catch (AdapterException e) {
                LOG.warn(
                        "listing releases failed system={} reason=\"{}\"; retrying at the next sweep",
                        e.system(),
                        e.getMessage());
            }
        });
        return found;
    }

    /** Empty when the rules are unavailable now: unknown rules are neither missing nor orphans. */
    private Optional<Map<WorkloadRef, Set<String>>> rules() {
        try {
            return ports.alertRules().map(rules -> rules.owned(owner));
        } catch (AdapterException e) {
            LOG.warn(
                    "listing alert rules failed system={} reason=\"{}\"; retrying at the next sweep",
                    e.system(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private boolean wantsRelease(GraphSummary graph, WorkloadRef workload) {
        return has(graph, workload) && !waits(graph, workload.service());
    }

    private static boolean has(GraphSummary graph, WorkloadRef workload) {
        boolean atRest = (graph.state() == DesiredState.STOPPED && graph.phase() == GraphPhase.STOPPED)
                || (graph.phase() == GraphPhase.FAILED && graph.undoing());
        return (!atRest && graph.services().contains(workload.service()))
                || graph.retiring().containsKey(workload.service());
    }

    /** Returns whether a service waits for its event; changes that a graph is about to make are not judged. */
    private boolean waits(GraphSummary graph, String service) {
        return GraphEventFactory.well(graph.phase())
                && !graph.activated().contains(service)
                && !graph.retiring().containsKey(service)
                && !isUnreadable(graph)
                && events(graph).containsKey(service);
    }

    private boolean isUnreadable(GraphSummary graph) {
        try {
            events(graph);
            return false;
        } catch (SmoException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("reading stored descriptor failed graph={}", graph.id(), e);
            return true;
        }
    }

    private Set<String> wantedEvents(GraphSummary graph, WorkloadRef workload) {
        return has(graph, workload) ? events(graph).getOrDefault(workload.service(), Set.of()) : Set.of();
    }

    private Map<String, Set<String>> events(GraphSummary graph) {
        return graphs.events(graph);
    }

    /** Rules that were removed outside are created again by the graph that needs them. */
    private void missingRules(GraphSummary graph, Map<WorkloadRef, Set<String>> rules) {
        if (graph.state() != DesiredState.RUNNING || !GraphEventFactory.well(graph.phase())) {
            return;
        }
        events(graph).keySet().stream()
                .map(service -> new WorkloadRef(graph.id(), service))
                .filter(workload -> !rules.getOrDefault(workload, Set.of()).containsAll(wantedEvents(graph, workload)))
                .forEach(workload -> {
                    alertRuleReconciler.forget(workload);
                    queue.add(workload.graph());
                });
    }

    /** While no pass works on a graph of that name, and only if no graph claims it now. */
    private void remove(Tombstone tombstone) {
        WorkloadRef workload = tombstone.workload();
        boolean done = queue.exclusively(workload.graph(), () -> {
            Optional<GraphSummary> now = graphs.find(workload.graph()).map(GraphSummary::from);
            try {
                if (tombstone.kind().equals(OwnedInventory.ALERT_RULE)) {
                    removeRules(
                            workload,
                            now.map(graph -> wantedEvents(graph, workload)).orElse(Set.of()));
                } else if (now.filter(graph -> wantsRelease(graph, workload)).isEmpty()) {
                    releases.distrust(workload);
                    ports.deployer(tombstone.kind()).ensureRemoved(new StepKey(workload, 0, "orphan"), owner);
                }
                orphans.gone(tombstone);
                LOG.info("orphan removed workload={} kind={}", workload, tombstone.kind());
            } catch (AdapterException | SmoException e) {
                LOG.warn(
                        "removing orphan failed workload={} kind={} reason=\"{}\"; retrying",
                        workload,
                        tombstone.kind(),
                        e.getMessage());
            }
        });
        if (!done) {
            LOG.debug("orphan check skipped workload={}; a pass works on its graph, retrying", workload);
        }
    }

    private void removeRules(WorkloadRef workload, Set<String> wanted) {
        ports.alertRules().ifPresent(rules -> rules.owned(owner).getOrDefault(workload, Set.of()).stream()
                .filter(event -> !wanted.contains(event))
                .forEach(event -> rules.remove(workload, event)));
    }
}
