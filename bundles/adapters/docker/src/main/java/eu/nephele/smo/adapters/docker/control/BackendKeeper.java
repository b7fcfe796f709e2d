// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.control.Departure.LeaveStage;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Balancing;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.Backend.Protocol;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the backend of one workload at the balancer as the replicas are. One call at a time, each with the members of
 * the moment at
 * which it begins: an old list never comes after a newer one.
 */
final class BackendKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(BackendKeeper.class);
    private static final long REPEAT_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(2).toNanos();
    /** Between two looks at members of which nothing is on any server any more. */
    private static final long LEFT_NANOS = Duration.ofSeconds(5).toNanos();
    /** Longest wait of a replica that leaves for another one to be up at the balancer. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int WEIGHT = 100;

    private final WorkloadRef workload;
    private final ServerFleet fleet;
    private final ReplicaPhases phases;
    private final Surroundings surroundings;
    private final BooleanSupplier isNew;
    private final BooleanSupplier isOver;
    private final OneAtATime calls;

    /** Replicas that leave, by short id; each goes with its container. */
    private final Map<String, Departure> departures = new ConcurrentHashMap<>();

    private volatile Optional<ToldBackend> told = Optional.empty();
    private volatile Map<String, MemberStatus> states = Map.of();
    private volatile Optional<AdapterException> failure = Optional.empty();
    private volatile long calledNanos = System.nanoTime() - REPEAT_NANOS;
    private volatile boolean everThere;
    private volatile boolean heldBack;
    private boolean ended;

    /** What the balancer was told last. */
    private record ToldBackend(StepKey key, String owner, Backend backend) {

        ToldBackend with(List<Member> members) {
            return new ToldBackend(
                    key,
                    owner,
                    new Backend(
                            backend.port(),
                            backend.protocol(),
                            backend.check(),
                            backend.drain(),
                            backend.queue(),
                            members));
        }
    }

    /**
     * @param isNew whether servers may be missing because the adapter was started a moment ago
     * @param isOver whether the adapter ends: servers and what is known of replicas go then
     */
    BackendKeeper(
            WorkloadRef workload,
            ServerFleet fleet,
            ReplicaPhases phases,
            Surroundings surroundings,
            Executor executor,
            BooleanSupplier isNew,
            BooleanSupplier isOver) {
        this.workload = workload;
        this.fleet = fleet;
        this.phases = phases;
        this.surroundings = surroundings;
        this.isNew = isNew;
        this.isOver = isOver;
        this.calls = new OneAtATime(executor, this::call);
    }

    /** Calls the balancer if something changed, if its last call failed, or if it is time to repeat; never blocks. */
    void tick() {
        if (balanced().isEmpty()) {
            tickLeft();
            return;
        }
        if (!surroundings.mayAct()) {
            return;
        }
        long since = System.nanoTime() - calledNanos;
        boolean again = since >= (failure.isPresent() || heldBack ? AFTER_FAILURE_NANOS : REPEAT_NANOS);
        boolean leaving = departures.values().stream().anyMatch(departure -> departure.stage() != LeaveStage.GONE);
        boolean changed = failure.isEmpty()
                && !heldBack
                && (leaving
                        || !toldMembers().equals(Optional.of(serving(departures).members())));
        if (again || changed) {
            calls.request();
        }
    }

    /** Looks from time to time at members of which nothing is on any server any more; never blocks. */
    void tickLeft() {
        if (isLeft() && surroundings.mayAct() && System.nanoTime() - calledNanos >= LEFT_NANOS) {
            calls.request();
        }
    }

    /** Whether the balancer has members, and nothing of the service is on any server, nor was a moment ago. */
    private boolean isLeft() {
        return toldMembers().filter(members -> !members.isEmpty()).isPresent()
                && fleet.servers().stream().noneMatch(server -> server.last().isEmpty())
                && fleet.serving().stream()
                        .flatMap(server -> server.last().stream())
                        .allMatch(seen -> seen.containersOf(workload).isEmpty());
    }

    private Optional<List<Member>> toldMembers() {
        return told.map(last -> last.backend().members());
    }

    /**
     * Lets a replica leave.
     *
     * @param waitsFor whether one must wait for a balancer that is not there just now
     * @return whether nothing is sent to it any more
     */
    boolean leave(EngineContainer container, boolean waitsFor) {
        if (balanced().isEmpty()) {
            return true;
        }
        if (surroundings.balancer().isEmpty() && !everThere && !waitsFor) {
            return true;
        }
        Departure departure = departures.computeIfAbsent(
                container.shortId(), any -> new Departure(LeaveStage.WAITING, System.nanoTime()));
        if (departure.stage() != LeaveStage.GONE) {
            tick();
        }
        return departure.stage() == LeaveStage.GONE;
    }

    /** Those of these replicas that were to leave stay after all, except some. */
    void stay(Set<String> shortIds, Set<String> except) {
        departures.keySet().removeIf(id -> shortIds.contains(id) && !except.contains(id));
    }

    /** Why the balancer could not be told; empty if it could. */
    Optional<String> trouble() {
        return failure.map(AdapterException::getMessage)
                .or(() -> heldBack
                        ? Optional.of("it has members of servers that were not listed since the start")
                        : Optional.empty());
    }

    /** The newest revision of which something shall get requests. */
    private Optional<ContainerRecord> balanced() {
        return fleet.owner(workload)
                .flatMap(owner -> fleet.newest(workload, owner))
                .filter(record -> spec(record).flatMap(ContainerSpec::balancer).isPresent());
    }

    private Optional<ContainerSpec> spec(ContainerRecord record) {
        return phases.spec(record);
    }

    private void call() {
        Optional<LoadBalancer> balancer = surroundings.balancer();
        Optional<ContainerRecord> newest = balanced();
        if (!surroundings.mayAct() || (newest.isEmpty() && !isLeft())) {
            return;
        }
        calledNanos = System.nanoTime();
        if (balancer.isEmpty()) {
            failure = everThere ? failure : Optional.empty();
            return;
        }
        everThere = true;
        try {
            if (newest.isPresent()) {
                tell(balancer.get(), newest.get());
            } else {
                told.ifPresent(last -> leaveOutDown(balancer.get(), last));
            }
        } catch (AdapterException failed) {
            if (failure.isEmpty()) {
                LOG.warn("balancer refused workload={} reason=\"{}\"", workload, failed.getMessage());
            }
            failure = Optional.of(failed);
        }
    }

    private void tell(LoadBalancer balancer, ContainerRecord newest) {
        letGo();
        Map<String, Departure> leaving = Map.copyOf(departures);
        ServingMembers serving = serving(leaving);
        if (isOver.getAsBoolean()) {
            // what was just read may be less than there is
            return;
        }
        heldBack = told.isEmpty() && isNew.getAsBoolean() && hasMembersElsewhere(balancer);
        if (heldBack) {
            failure = Optional.empty();
            return;
        }
        ContainerSpec spec = spec(newest).orElseThrow();
        ToldBackend now = new ToldBackend(
                new StepKey(workload, newest.assignment(), "backend"),
                newest.owner(),
                backend(spec, serving.oldest().orElse(newest), serving.members()));
        ensureByAnyHost(balancer, now)
                .ifPresent(status -> advance(leaving, status, spec.times().drain()));
    }

    /** A former host may be unknown to everybody by now: its members would keep all others from being told. */
    private Optional<BackendStatus> ensureByAnyHost(LoadBalancer balancer, ToldBackend now) {
        try {
            return ensure(balancer, now);
        } catch (AdapterException failed) {
            List<Member> moved = byPresentHosts(now.backend().members());
            if (moved.equals(now.backend().members())) {
                throw failed;
            }
            LOG.debug("told again by the present hosts of servers workload={}", workload, failed);
            return ensure(balancer, now.with(moved));
        }
    }

    private List<Member> byPresentHosts(List<Member> members) {
        Map<String, String> hosts = new HashMap<>();
        for (DockerServer server : fleet.serving()) {
            server.last().ifPresent(seen -> seen.containersOf(workload)
                    .forEach(container -> hosts.putIfAbsent(
                            container.shortId(), server.settings().host())));
        }
        return members.stream()
                .map(member -> new Member(
                        member.id(),
                        hosts.getOrDefault(member.id(), member.host()),
                        member.port(),
                        member.weight(),
                        member.draining()))
                .toList();
    }

    /** Empty after the end. */
    private synchronized Optional<BackendStatus> ensure(LoadBalancer balancer, ToldBackend now) {
        if (ended) {
            return Optional.empty();
        }
        BackendStatus status = balancer.ensureBackend(now.key(), now.owner(), now.backend());
        failure = Optional.empty();
        told = Optional.of(now);
        states = byId(status);
        return Optional.of(status);
    }

    /** Returns when the backend is made by no call any more; one that is under way is waited for. */
    synchronized void end() {
        ended = true;
    }

    /**
     * Of a service that is on no server any more, those go that the balancer finds down for a while. One that answers it goes on: there is
     * nobody else for its requests.
     */
    private void leaveOutDown(LoadBalancer balancer, ToldBackend last) {
        Map<String, MemberStatus> before = states;
        Map<String, MemberStatus> now = Optional.ofNullable(
                        balancer.observe(List.of(workload)).get(workload))
                .map(BackendKeeper::byId)
                .orElse(Map.of());
        failure = Optional.empty();
        states = now;
        List<Member> staying = last.backend().members().stream()
                .filter(member -> !isIdle(member, before) || !isIdle(member, now))
                .toList();
        if (staying.size() < last.backend().members().size() && !isOver.getAsBoolean()) {
            LOG.info(
                    "members of no server left out workload={} members={} staying={}",
                    workload,
                    last.backend().members().size(),
                    staying.size());
            Optional<BackendStatus> unused = ensure(balancer, last.with(staying));
        }
    }

    /** One of which the balancer says nothing is not known to be idle. */
    private static boolean isIdle(Member member, Map<String, MemberStatus> states) {
        return Optional.ofNullable(states.get(member.id()))
                .filter(its -> its.requests() == 0 && its.state() != BackendStatus.State.UP)
                .isPresent();
    }

    /**
     * Whether the balancer sends to replicas that no server has which was listed: before the first list they are not
     * known to be gone, and a list without them would take them out.
     */
    private boolean hasMembersElsewhere(LoadBalancer balancer) {
        Set<String> listed = fleet.servers().stream()
                .flatMap(server -> server.last().stream())
                .flatMap(seen -> seen.containersOf(workload).stream())
                .map(EngineContainer::shortId)
                .collect(Collectors.toSet());
        return Optional.ofNullable(balancer.observe(List.of(workload)).get(workload)).stream()
                .flatMap(status -> status.members().stream())
                .filter(member -> member.state() != BackendStatus.State.DRAINING)
                .anyMatch(member -> !listed.contains(member.id()));
    }

    /**
     * Those that wait drain from now on. While no member that stays is up at the balancer, which asks the replicas itself, they serve on
     * instead, for a while.
     */
    private void letGo() {
        if (departures.values().stream().noneMatch(departure -> departure.stage() == LeaveStage.WAITING)) {
            return;
        }
        List<Member> staying = serving(Map.copyOf(departures)).members().stream()
                .filter(member -> !departures.containsKey(member.id()))
                .toList();
        boolean anyUp = staying.isEmpty() || staying.stream().anyMatch(member -> isUp(member.id()));
        long now = System.nanoTime();
        departures.replaceAll((id, departure) ->
                departure.stage() == LeaveStage.WAITING && (anyUp || now - departure.sinceNanos() >= PATIENCE_NANOS)
                        ? departure.drainingSince(now)
                        : departure);
    }

    private boolean isUp(String member) {
        return Optional.ofNullable(states.get(member))
                .filter(its -> its.state() == BackendStatus.State.UP)
                .isPresent();
    }

    private static Map<String, MemberStatus> byId(BackendStatus status) {
        return status.members().stream()
                .collect(Collectors.toMap(MemberStatus::id, member -> member, (one, same) -> one));
    }

    /** What was told to the balancer just now is one stage further, if it holds. */
    private void advance(Map<String, Departure> leaving, BackendStatus status, Duration drain) {
        Map<String, MemberStatus> members = byId(status);
        leaving.forEach((id, departure) -> {
            Optional<MemberStatus> member = Optional.ofNullable(members.get(id));
            boolean over = System.nanoTime() - departure.sinceNanos() >= drain.toNanos();
            boolean idle = member.map(its -> its.requests() == 0 && its.state() != BackendStatus.State.UP)
                    .orElse(true);
            if (departure.stage() == LeaveStage.DRAINING && (idle || over)) {
                departures.replace(id, departure, departure.at(LeaveStage.LEFT_OUT));
            } else if (departure.stage() == LeaveStage.LEFT_OUT && (member.isEmpty() || over)) {
                departures.replace(id, departure, departure.at(LeaveStage.GONE));
            }
        });
    }

    /** With the check of the oldest revision that serves: one that only a new revision passes would take it out. */
    private Backend backend(ContainerSpec newest, ContainerRecord oldest, List<Member> members) {
        Balancing balancing = newest.balancer().orElseThrow();
        Optional<HealthCheck> check = spec(oldest).flatMap(BackendKeeper::check);
        return new Backend(
                balancing.port(), Protocol.HTTP, check, newest.times().drain(), balancing.queue(), members);
    }

    private static Optional<HealthCheck> check(ContainerSpec spec) {
        return spec.health()
                .filter(health ->
                        spec.servicePort().filter(port -> port == health.port()).isPresent())
                .map(health -> new HealthCheck(
                        health.path(),
                        Optional.empty(),
                        health.interval(),
                        health.timeout(),
                        health.rise(),
                        health.fall()));
    }

    /**
     * What may get requests.
     *
     * @param oldest revision of which there are members; empty without members
     */
    private record ServingMembers(List<Member> members, Optional<ContainerRecord> oldest) {}

    /**
     * Where none is well, the last that were: perhaps only this process cannot ask, and the balancer has checks of its
     * own.
     */
    private ServingMembers serving(Map<String, Departure> leaving) {
        ServingMembers well = members(leaving, phases::servingHost);
        if (well.members().stream().anyMatch(member -> !member.draining())) {
            return well;
        }
        Set<String> last =
                toldMembers().orElse(List.of()).stream().map(Member::id).collect(Collectors.toSet());
        return members(leaving, (server, container) -> phases.servingHost(server, container)
                .or(() -> Optional.of(server.settings().host())
                        .filter(any -> last.contains(container.shortId())
                                && phases.phase(server, container) == ReplicaPhase.UNHEALTHY)));
    }

    /** @param hosts by which requests are sent to a replica; empty if none are */
    private ServingMembers members(
            Map<String, Departure> leaving, BiFunction<DockerServer, EngineContainer, Optional<String>> hosts) {
        List<Member> members = new ArrayList<>();
        List<ContainerRecord> revisions = new ArrayList<>();
        Optional<String> owner = fleet.owner(workload);
        Set<String> present = new HashSet<>();
        for (DockerServer server : fleet.serving()) {
            for (EngineContainer container :
                    server.last().map(seen -> seen.containersOf(workload)).orElse(List.of())) {
                if (!present.add(container.shortId())) {
                    continue;
                }
                Optional<Departure> departure = Optional.ofNullable(leaving.get(container.shortId()));
                boolean ours = owner.equals(container.record().map(ContainerRecord::owner));
                boolean draining = departure
                        .filter(its -> its.stage() == LeaveStage.DRAINING)
                        .isPresent();
                boolean out = departure
                        .filter(its -> its.stage() != LeaveStage.DRAINING && its.stage() != LeaveStage.WAITING)
                        .isPresent();
                if (ours && !out && !container.name().isSpare()) {
                    hosts.apply(server, container)
                            .flatMap(host -> member(server, container, host, draining))
                            .ifPresent(member -> {
                                members.add(member);
                                container.record().ifPresent(revisions::add);
                            });
                }
            }
        }
        departures.keySet().retainAll(present);
        return new ServingMembers(members, revisions.stream().min(ServerFleet.NEWEST));
    }

    private Optional<Member> member(DockerServer server, EngineContainer container, String host, boolean draining) {
        return phases.spec(container)
                .flatMap(ContainerSpec::servicePort)
                .flatMap(port -> ReplicaPhases.port(server, container, port))
                .map(port -> new Member(container.shortId(), host, port, WEIGHT, draining));
    }
}
