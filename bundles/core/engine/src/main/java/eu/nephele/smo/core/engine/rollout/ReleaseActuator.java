// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.placement.MoveHook.Move;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.Stages;
import eu.nephele.smo.core.engine.graph.ReleaseValues;
import eu.nephele.smo.core.engine.rollout.AppliedState.AppliedWorkload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps outside: ensure a release, remove it, call the hooks of a move. */
public final class ReleaseActuator {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseActuator.class);

    private record HookCall(MoveHook hook, Move move, String when) {}

    private final AdapterPorts ports;
    private final ReleaseRequests requests;
    private final Stages stages;
    private final AppliedState applied = new AppliedState();
    /** Begins anew with each start, because each release is compared with its desired state by its first pass. */
    private final Set<WorkloadRef> tampered = ConcurrentHashMap.newKeySet();
    /** Begins anew with each start, because the outcome of the last call is unknown: hooks are called again. */
    private final Set<HookCall> hooksCalled = ConcurrentHashMap.newKeySet();

    ReleaseActuator(AdapterPorts ports, ReleaseRequests requests, Stages stages) {
        this.ports = ports;
        this.requests = requests;
        this.stages = stages;
    }

    AppliedWorkload wanted(Graph graph, ServiceSpec service, DecidedGraph decided, List<Share> shares) {
        return new AppliedWorkload(
                requests.digest(graph, service, decided, shares),
                decided.effective(service.id()).perReplica(),
                // a chart names its clusters in its values, and its controller brings it there; an image is brought
                // there first
                service.artifact().isImage() ? clusters(shares) : Set.of(),
                shares);
    }

    private static Set<ClusterId> clusters(List<Share> shares) {
        return shares.stream().map(Share::cluster).collect(Collectors.toSet());
    }

    /** @return whether a deployer was called */
    boolean ensure(
            GraphRecord record,
            Graph graph,
            ServiceSpec service,
            DecidedGraph decided,
            List<Share> shares,
            Optional<WorkloadObservation> seen) {
        WorkloadRef workload = new WorkloadRef(graph.id(), service.id());
        AppliedWorkload appliedWorkload = wanted(graph, service, decided, shares);
        boolean asWanted = graph.staticPlacement()
                ? seen.isPresent()
                : seen.map(observed -> runs(observed, shares)).orElse(false);
        if (asWanted && applied.is(workload, appliedWorkload)) {
            return false;
        }
        stages.run("apply", service.id(), () -> apply(record, graph, service, decided, shares, seen));
        return true;
    }

    private void apply(
            GraphRecord record,
            Graph graph,
            ServiceSpec service,
            DecidedGraph decided,
            List<Share> shares,
            Optional<WorkloadObservation> seen) {
        WorkloadRef workload = new WorkloadRef(graph.id(), service.id());
        AppliedWorkload appliedWorkload = wanted(graph, service, decided, shares);
        if (seen.isEmpty() || !applied.releaseIs(workload, appliedWorkload) || isElsewhere(graph, seen.get(), shares)) {
            applied.begin(workload);
            install(record, service, decided, workload, requests.values(graph, service, decided, shares), shares);
        }
        if (graph.staticPlacement()) {
            ports.ensureMarked(new StepKey(workload, decided.assignment(), "mark"));
        } else {
            ensureShares(decided, workload, shares);
            connect(graph, service, decided, workload, shares);
        }
        applied.put(workload, appliedWorkload);
    }

    /** Returns whether it also runs where it shall not: its deployer has to remove its release there. */
    private static boolean isElsewhere(Graph graph, WorkloadObservation seen, List<Share> shares) {
        Set<ClusterId> wanted = clusters(shares);
        return !graph.staticPlacement()
                && seen.byCluster().entrySet().stream()
                        .anyMatch(on -> on.getValue().desiredReplicas() > 0 && !wanted.contains(on.getKey()));
    }

    void remove(GraphRecord record, ServiceSpec service) {
        remove(record, service.id(), service.artifact().runtime());
    }

    /** Removes a release, also when its exports cannot be removed. */
    void remove(GraphRecord record, String service, String artifactType) {
        stages.run("remove", service, () -> removeRelease(record, service, artifactType));
    }

    private void removeRelease(GraphRecord record, String service, String artifactType) {
        WorkloadRef workload = new WorkloadRef(record.id(), service);
        distrust(workload);
        requests.forget(workload);
        long assignment = record.decided().map(DecidedGraph::assignment).orElse(0L);
        Optional<RuntimeException> connected = disconnect(new StepKey(workload, assignment, "disconnect"));
        try {
            ports.deployer(artifactType).ensureRemoved(new StepKey(workload, assignment, "remove"), requests.owner());
        } catch (AdapterException e) {
            connected.ifPresent(e::addSuppressed);
            throw e;
        }
        LOG.info("release removed workload={}", workload);
        connected.ifPresent(failure -> {
            throw failure;
        });
    }

    /** The failure that kept the exports of a service; empty when they are removed. */
    private Optional<RuntimeException> disconnect(StepKey key) {
        try {
            ports.fabric().ifPresent(fabric -> fabric.remove(key));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    /** Returns the remains of a removed service in words for people; empty if its deployer does not report them. */
    List<String> leftovers(WorkloadRef workload, String artifactType) {
        try {
            return ports.installs(artifactType) ? ports.deployer(artifactType).leftovers(workload) : List.of();
        } catch (RuntimeException e) {
            LOG.warn("reading left-overs failed workload={}; none are reported", workload, e);
            return List.of();
        }
    }

    boolean wasAskedFor(WorkloadRef workload, List<Share> shares) {
        return applied.sharesAre(workload, shares);
    }

    boolean lacksDeployer(String artifactType) {
        return !ports.installs(artifactType);
    }

    boolean neverInstalled(String artifactType) {
        return ports.neverInstalled(artifactType);
    }

    /** @throws AdapterException when its deployer does not say */
    boolean isOurs(WorkloadRef workload, String artifactType) {
        return ports.deployer(artifactType)
                .state(workload)
                .filter(state -> state.owner().equals(requests.owner()))
                .isPresent();
    }

    /**
     * Returns whether a release that may not be removed is there, or may be: not if its deployer sees none, or may not
     * even read.
     */
    boolean mayBeThere(WorkloadRef workload, String artifactType) {
        try {
            return ports.deployer(artifactType).state(workload).isPresent();
        } catch (AdapterException e) {
            return !FailureTranslator.isForGood(e);
        } catch (RuntimeException e) {
            LOG.error(
                    "reading release failed unexpectedly workload={}; it counts as present, this is a defect of the"
                            + " deployer",
                    workload,
                    e);
            return true;
        }
    }

    /**
     * A release that a former process left complete, derived from the store where it is unknown: no deployer is called
     * as long as it is unchanged.
     */
    void trust(WorkloadRef workload, Supplier<AppliedWorkload> wanted) {
        if (applied.isUnknown(workload)) {
            applied.put(workload, wanted.get());
        }
    }

    /** A release that others changed while a former process ran: it counts as changed until it is read again. */
    void suspect(WorkloadRef workload, Supplier<AppliedWorkload> wanted) {
        if (applied.isUnknown(workload)) {
            applied.put(workload, wanted.get());
            tampered.add(workload);
        }
    }

    /** Returns whether a release found outside differs from what was applied to it, as far as that is known. */
    public boolean differs(ReleaseState found) {
        return applied.differs(found.workload(), found.digest());
    }

    /** Takes note of a release found outside while no pass works on its graph; returns whether it was changed there. */
    public boolean compare(ReleaseState found) {
        boolean differs = differs(found);
        if (differs) {
            tampered.add(found.workload());
        } else {
            tampered.remove(found.workload());
        }
        return differs;
    }

    boolean isTampered(WorkloadRef workload) {
        return tampered.contains(workload);
    }

    /** The next step ensures the release, whatever was applied to it. */
    public void distrust(WorkloadRef workload) {
        applied.remove(workload);
        tampered.remove(workload);
    }

    void beforeMove(GraphRecord record, ServiceSpec service, DecidedGraph decided) {
        hooks(record, service, decided, "before", MoveHook::beforeMove);
    }

    void afterMove(GraphRecord record, ServiceSpec service, DecidedGraph decided) {
        hooks(record, service, decided, "after", MoveHook::afterMove);
    }

    /** A move is over; its hooks need not be remembered any longer. */
    void forgetMoves(GraphId graph) {
        hooksCalled.removeIf(called -> called.move().graph().equals(graph));
    }

    private void install(
            GraphRecord record,
            ServiceSpec service,
            DecidedGraph decided,
            WorkloadRef workload,
            JsonObject values,
            List<Share> shares) {
        InstallRequest request = requests.create(record, service, decided, shares, values);
        ports.deployer(service.artifact().runtime()).ensureInstalled(request);
        LOG.info(
                "release installed workload={} assignment={} clusters={}",
                workload,
                decided.assignment(),
                shares.stream().map(share -> share.cluster().name()).collect(Collectors.joining("+")));
    }

    /** Where charts do not make a service reachable from the clusters of its callers, the network fabric may. */
    private void connect(
            Graph graph, ServiceSpec service, DecidedGraph decided, WorkloadRef workload, List<Share> shares) {
        List<ClusterId> callers = ReleaseValues.imports(
                graph, service.id(), decided.placement(), decided.transition().leaving());
        ports.fabric().ifPresent(fabric -> {
            StepKey key = new StepKey(workload, decided.assignment(), "connect");
            List<ClusterId> places =
                    shares.stream().map(Share::cluster).sorted().toList();
            if (places.containsAll(callers)) {
                fabric.remove(key);
            } else {
                fabric.ensureReachable(key, places, callers);
            }
        });
    }

    /** Returns obstacles to calls from other clusters, for people; empty if the fabric does not report them. */
    List<String> obstacles(Graph graph, ServiceSpec service, DecidedGraph decided) {
        List<ClusterId> callers = ReleaseValues.imports(
                graph, service.id(), decided.placement(), decided.transition().leaving());
        List<ClusterId> places = decided.placement().clustersOf(service.id());
        if (places.containsAll(callers)) {
            return List.of();
        }
        try {
            return ports.fabric()
                    .map(fabric -> fabric.obstacles(places, callers))
                    .orElse(List.of());
        } catch (RuntimeException e) {
            LOG.warn("reading obstacles of the fabric failed workload={}/{}", graph.id(), service.id(), e);
            return List.of();
        }
    }

    private void ensureShares(DecidedGraph decided, WorkloadRef workload, List<Share> shares) {
        Map<String, List<Share>> bySource = shares.stream()
                .collect(Collectors.groupingBy(share -> share.cluster().source(), TreeMap::new, Collectors.toList()));
        bySource.forEach((source, there) ->
                ports.runtime(source).ensureShares(new StepKey(workload, decided.assignment(), "shares"), there));
    }

    static boolean runs(WorkloadObservation observed, List<Share> shares) {
        Map<ClusterId, Integer> wanted = shares.stream()
                .filter(share -> share.replicas() > 0)
                .collect(Collectors.toMap(Share::cluster, Share::replicas));
        Map<ClusterId, Integer> there = observed.byCluster().entrySet().stream()
                .filter(entry -> entry.getValue().desiredReplicas() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().desiredReplicas()));
        return wanted.equals(there);
    }

    /** Each hook is called once per move and process; an exception of it postpones the move. */
    private void hooks(
            GraphRecord record,
            ServiceSpec service,
            DecidedGraph decided,
            String when,
            BiConsumer<MoveHook, Move> call) {
        DecisionReason reason = record.desired().wish().request().reason();
        Move move = new Move(
                record.id(),
                service.id(),
                decided.transition().leaving().clustersOf(service.id()),
                decided.placement().clustersOf(service.id()),
                reason,
                decided.assignment());
        for (MoveHook hook : ports.moveHooks()) {
            HookCall hookCall = new HookCall(hook, move, when);
            if (hooksCalled.contains(hookCall)) {
                continue;
            }
            if (!ports.mayAct()) {
                throw new AdapterException(
                        Kind.UNAVAILABLE,
                        hook.getClass().getName(),
                        "This server does not own its database any more; no hook is called for the move of %s"
                                .formatted(service.id()));
            }
            try {
                call.accept(hook, move);
            } catch (RuntimeException e) {
                throw new AdapterException(
                        Kind.UNAVAILABLE,
                        hook.getClass().getName(),
                        "A hook postpones the move of %s: %s".formatted(service.id(), e.getMessage()),
                        e);
            }
            hooksCalled.add(hookCall);
        }
    }
}
