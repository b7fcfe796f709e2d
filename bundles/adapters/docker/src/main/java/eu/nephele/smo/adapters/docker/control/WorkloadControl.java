// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.control.RolloutBudget.PlannedUse;
import eu.nephele.smo.adapters.docker.control.RolloutBudget.RolloutUse;
import eu.nephele.smo.adapters.docker.control.StepPlan.ReplicaEnd;
import eu.nephele.smo.adapters.docker.control.StepPlan.StepDeparture;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.UpdateLimits;
import eu.nephele.smo.adapters.docker.model.Latitude;
import eu.nephele.smo.adapters.docker.model.NextStep;
import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Drop;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Rename;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
import eu.nephele.smo.adapters.docker.model.NextStep.Vacate;
import eu.nephele.smo.adapters.docker.model.NextStep.WaitFor;
import eu.nephele.smo.adapters.docker.model.ReplicaView;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import eu.nephele.smo.adapters.docker.model.ServerShare;
import eu.nephele.smo.adapters.docker.model.StepPlanner;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller of one workload on one server: brings what is there to what was asked for, one effect after another,
 * and keeps it so.
 * Without an order it keeps what the names of the containers say.
 */
public final class WorkloadControl {

    private static final Logger LOG = LoggerFactory.getLogger(WorkloadControl.class);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int STEPS_OF_A_TURN = 200;

    private final DockerServer server;
    private final WorkloadRef workload;
    private final ControlTools tools;
    private final Replacements replacements;
    private final RolloutBudget rollout;
    private final OneAtATime turns;

    /** Pauses between starts, by container; {@link #forgetAway} forgets those that are away. */
    private final Map<String, GrowingPause> starts = new ConcurrentHashMap<>();

    /** Containers of others that were adopted, by id: they leave like an older revision. */
    private final Set<String> adopted = ConcurrentHashMap.newKeySet();

    private volatile Optional<ShareOrder> order = Optional.empty();
    private volatile Optional<AdapterException> trouble = Optional.empty();
    private volatile String waitsFor = "";
    private volatile boolean settled;
    private volatile boolean givenUp;
    private volatile boolean stale;
    private volatile ReadyProgress progress = ReadyProgress.none();
    private volatile GrowingPause afterTrouble = GrowingPause.none(System.nanoTime());

    WorkloadControl(
            DockerServer server,
            WorkloadRef workload,
            ControlTools tools,
            Replacements replacements,
            RolloutBudget rollout) {
        this.server = server;
        this.workload = workload;
        this.tools = tools;
        this.replacements = replacements;
        this.rollout = rollout;
        this.turns = new OneAtATime(server::work, this::turn);
    }

    /** Whether it works on this server, not on a former one of its name. */
    boolean isOf(DockerServer other) {
        return server.equals(other);
    }

    /** From now on this is wanted. The same again changes nothing. */
    void order(ServerShare wanted, long assignment) {
        ShareOrder fresh = new ShareOrder(wanted, assignment);
        if (replaced(fresh)) {
            givenUp = false;
            progress = progress.anew();
            afterTrouble = GrowingPause.none(System.nanoTime());
        }
        wake();
    }

    private synchronized boolean replaced(ShareOrder fresh) {
        boolean other = !order.equals(Optional.of(fresh));
        order = Optional.of(fresh);
        settled = settled && !other;
        return other;
    }

    void adopt(Set<String> ids) {
        adopted.addAll(ids);
    }

    boolean hasAdopted(Set<String> ids) {
        return adopted.containsAll(ids);
    }

    /** Looks whether something is to be done, on a thread of the server. */
    public void wake() {
        turns.request();
    }

    /** A new revision is there: what was given up may be tried again. */
    void renewed() {
        settled = false;
        givenUp = false;
        stale = true;
        wake();
    }

    /** Wakes it if time alone may have changed what is to be done. */
    void tick() {
        if (!settled) {
            wake();
        }
    }

    /** What is asked for; empty while the names of the containers say it. */
    public Optional<ServerShare> wanted() {
        return order.map(ShareOrder::wanted);
    }

    /** @param named replicas that the names of containers say are wanted */
    public int desired(int named) {
        return wanted().map(ServerShare::replicas).orElse(named);
    }

    public boolean isSettled() {
        return settled;
    }

    /** What keeps it, for people; "" when nothing does. */
    public String message() {
        return trouble.map(AdapterException::getMessage).orElse(settled ? "" : waitsFor);
    }

    /** Why the newest revision was given up, or gets nowhere; empty while it may still come. */
    public Optional<String> failure() {
        boolean stuck = !settled && progress.isStuck(Duration.ofSeconds(1)) && isStuck();
        return givenUp || stuck
                ? Optional.of("the newest revision gets no replica ready on %s: %s"
                        .formatted(server.settings().name(), message()))
                : Optional.empty();
    }

    private boolean isStuck() {
        return server.last()
                .flatMap(seen -> ServerFleet.newest(seen.containersOf(workload)))
                .flatMap(tools.phases()::spec)
                .filter(spec -> wanted().map(ServerShare::replicas).orElse(1) > 0)
                .map(this::getsNowhere)
                .orElse(false);
    }

    /** Neither here nor, while this server may wait for its turn, on another one. */
    private boolean getsNowhere(ContainerSpec spec) {
        return progress.isStuck(spec.times().start())
                && rollout.isStuck(spec.times().start());
    }

    private void turn() {
        try {
            int steps = 0;
            while (tools.surroundings().mayAct() && steps < STEPS_OF_A_TURN && step()) {
                steps++;
            }
            if (steps == STEPS_OF_A_TURN) {
                wake();
            }
        } catch (AdapterException failed) {
            rollout.released(server);
            stale = true;
            trouble = Optional.of(failed);
            settled = false;
            afterTrouble = afterTrouble.next(System.nanoTime(), FIRST_PAUSE, LONGEST_PAUSE);
            LOG.warn(
                    "step failed server={} workload={} reason=\"{}\"",
                    server.settings().name(),
                    workload,
                    failed.getMessage());
        }
    }

    /** Makes one step. Returns whether another one may follow at once. */
    private boolean step() {
        if (!afterTrouble.isOver(System.nanoTime())) {
            return false;
        }
        Optional<ServerListing> known = sighting();
        Optional<String> owner = tools.fleet().owner(workload);
        if (known.isEmpty() || owner.isEmpty()) {
            return false;
        }
        ServerListing seen = known.get();
        Optional<ShareOrder> asked = order;
        List<EngineContainer> mine = seen.containersOf(workload).stream()
                .filter(container -> owner.equals(container.record().map(ContainerRecord::owner)))
                .toList();
        forgetAway(seen);
        Optional<ContainerRecord> newest = ServerFleet.newest(mine);
        if (newest.isEmpty()) {
            rollout.released(server);
            return nothingThere(asked);
        }
        Optional<ContainerSpec> spec = tools.phases().spec(newest.get());
        List<EngineContainer> all = new ArrayList<>(mine);
        seen.containers().stream()
                .filter(container -> adopted.contains(container.id()))
                .forEach(all::add);
        List<ReplicaView> views = views(all, newest.get());
        ServerShare wanted = asked.map(ShareOrder::wanted).orElseGet(() -> asNamed(views));
        note(wanted, newest.get(), spec, views);
        StepPlan plan = plan(seen, wanted, newest.get(), all, views);
        tools.backends().stay(workload, shortIds(all), leaving(plan, all));
        if (plan.departures().isEmpty() && plan.next() instanceof Reached) {
            reached(asked);
            return false;
        }
        settled = false;
        return perform(plan, newest.get(), all, views);
    }

    private Optional<ServerListing> sighting() {
        if (!stale) {
            return server.believed();
        }
        ServerListing fresh = server.look(LOOK);
        stale = false;
        return Optional.of(fresh);
    }

    private boolean nothingThere(Optional<ShareOrder> asked) {
        boolean coming = tools.isInstalling(server, workload);
        boolean nothingWanted =
                asked.map(ShareOrder::wanted).map(ServerShare::replicas).orElse(0) == 0;
        if (nothingWanted && !coming) {
            reached(asked);
        } else {
            settled = asked.isEmpty();
            waitsFor = coming ? "the revision is on its way" : "its release is not installed there";
        }
        return false;
    }

    private List<ReplicaView> views(List<EngineContainer> all, ContainerRecord newest) {
        return all.stream()
                .map(container -> new ReplicaView(
                        container.id(),
                        container.name().place(),
                        container.name().isSpare(),
                        container.record().filter(newest::runsLike).isPresent(),
                        tools.phases().phase(server, container),
                        container.createdAt()))
                .toList();
    }

    /** Without an order, as many as there are places: one that takes over has the place of the other. */
    private static ServerShare asNamed(List<ReplicaView> views) {
        return new ServerShare(ReplicaView.places(views), true);
    }

    private void note(
            ServerShare wanted, ContainerRecord newest, Optional<ContainerSpec> spec, List<ReplicaView> views) {
        long ready = views.stream()
                .filter(view -> !view.spare() && view.current() && view.phase() == ReplicaPhase.READY)
                .count();
        String subject = newest.digest() + newest.perReplica();
        ReadyProgress now = progress.seen(subject, ready);
        if (!now.equals(progress)) {
            rollout.moved();
            progress = now;
        }
        boolean older = views.stream().anyMatch(view -> !view.spare() && !view.current());
        boolean newer = views.stream().anyMatch(view -> !view.spare() && view.current());
        long assignment =
                Math.max(newest.assignment(), order.map(ShareOrder::assignment).orElse(newest.assignment()));
        if (older
                && newer
                && ready < wanted.replicas()
                && spec.filter(this::getsNowhere).isPresent()) {
            rollout.giveUp(subject, assignment);
        }
        givenUp = older && rollout.isGivenUp(subject, assignment);
    }

    private StepPlan plan(
            ServerListing seen,
            ServerShare wanted,
            ContainerRecord newest,
            List<EngineContainer> all,
            List<ReplicaView> views) {
        boolean fixed = tools.phases().spec(newest).filter(this::isAloneThere).isPresent();
        boolean full = seen.placesTaken() >= server.settings().maxContainers();
        boolean unhealthy = views.stream().anyMatch(view -> !view.spare() && view.phase() == ReplicaPhase.UNHEALTHY);
        if (!unhealthy
                && views.stream().filter(view -> !view.spare()).allMatch(view -> view.phase() == ReplicaPhase.READY)) {
            replacements.ended(server.id());
        }
        boolean mayReplace = !unhealthy || replacements.mayReplace(server.id());
        // all servers are asked only where something is to be replaced
        Optional<ContainerRecord> limiting = views.stream().allMatch(ReplicaView::current)
                ? Optional.of(newest)
                : tools.fleet().newest(workload, newest.owner());
        UpdateLimits limits = limiting.flatMap(tools.phases()::spec)
                .map(ContainerSpec::update)
                .orElse(UpdateLimits.USUAL);
        int ready = (int) views.stream()
                .filter(view -> !view.spare() && view.phase() == ReplicaPhase.READY)
                .count();
        return rollout.plan(
                server.id(),
                new RolloutUse(ReplicaView.doubled(views), Math.max(0, wanted.replicas() - ready)),
                // where one cannot run beside another, one has to be missing
                new RolloutUse(
                        limits.batchSize(), fixed ? Math.max(1, limits.maxUnavailable()) : limits.maxUnavailable()),
                (own, most) -> planned(
                        own,
                        wanted,
                        new Latitude(most.replacing(), !fixed && !full, most.missing(), mayReplace, givenUp),
                        all,
                        views));
    }

    /** Whether two replicas cannot run beside each other on this server. */
    private boolean isAloneThere(ContainerSpec spec) {
        return spec.hasFixedPorts()
                || (server.settings().sharesItsNetwork() && !spec.ports().isEmpty());
    }

    /** Those that leave take a while, and one that failed is not started yet: the next step is planned without them. */
    private PlannedUse<StepPlan> planned(
            RolloutUse own, ServerShare wanted, Latitude latitude, List<EngineContainer> all, List<ReplicaView> views) {
        List<ReplicaView> now = new ArrayList<>(views);
        List<StepDeparture> departures = new ArrayList<>();
        NextStep next = new StepPlanner(wanted, latitude, now).next();
        for (Optional<String> away = away(next, all, departures);
                away.isPresent();
                away = away(next, all, departures)) {
            String id = away.get();
            boolean leaves = departures.stream().anyMatch(it -> it.id().equals(id));
            now.replaceAll(
                    view -> view.id().equals(id) ? view.in(leaves ? ReplicaPhase.LEAVING : ReplicaPhase.PAUSED) : view);
            next = new StepPlanner(wanted, latitude, now).next();
        }
        boolean begins = next instanceof Add add && add.takesOver().isPresent();
        long ready = now.stream()
                .filter(view -> !view.spare() && view.phase() == ReplicaPhase.READY)
                .count();
        return new PlannedUse<>(new StepPlan(departures, next), new RolloutUse(own.replacing() + (begins ? 1 : 0), (int)
                Math.max(0, wanted.replicas() - ready)));
    }

    /** The replica of a step that takes time; those that leave are noted. */
    private Optional<String> away(NextStep step, List<EngineContainer> all, List<StepDeparture> departures) {
        if (step instanceof Retire retire && container(all, retire.id()).isRunning()) {
            departures.add(new StepDeparture(retire.id(), retire.asSpare() ? ReplicaEnd.SPARE : ReplicaEnd.REMOVED));
            return Optional.of(retire.id());
        }
        if (step instanceof Vacate room) {
            departures.add(new StepDeparture(room.id(), ReplicaEnd.STOPPED));
            return Optional.of(room.id());
        }
        if (step instanceof Start start && !pause(start.id()).isOver(System.nanoTime())) {
            return Optional.of(start.id());
        }
        return Optional.empty();
    }

    private GrowingPause pause(String id) {
        return starts.getOrDefault(id, GrowingPause.none(System.nanoTime()));
    }

    /** What may be done at once is done. Returns whether something was. */
    private boolean perform(StepPlan plan, ContainerRecord newest, List<EngineContainer> all, List<ReplicaView> views) {
        // all of them begin to leave before the first one is stopped
        List<StepDeparture> gone = plan.departures().stream()
                .filter(leaves -> tools.backends().leave(workload, container(all, leaves.id())))
                .toList();
        if (!gone.isEmpty()) {
            end(container(all, gone.get(0).id()), gone.get(0).end());
            return true;
        }
        NextStep next = plan.next();
        if (next instanceof Add add) {
            return add(add.takesOver(), newest, all, views);
        }
        if (next instanceof Start start) {
            started(start.id());
            return true;
        }
        if (next instanceof Retire retire) {
            end(container(all, retire.id()), retire.asSpare() ? ReplicaEnd.SPARE : ReplicaEnd.REMOVED);
            return true;
        }
        if (next instanceof Rename move) {
            Optional<ContainerName> predecessor = predecessor(move.takesOver(), all);
            effect();
            server.engine().rename(move.id(), tools.drafts().name(newest, predecessor));
            return true;
        }
        if (next instanceof Drop drop) {
            effect();
            server.engine().remove(drop.id());
            return true;
        }
        waits(plan.departures().stream()
                .findFirst()
                .map(leaves -> drained(container(all, leaves.id())))
                .or(() -> paused(all))
                .orElseGet(() -> next instanceof WaitFor wait ? wait.what() : ""));
        return false;
    }

    private String drained(EngineContainer container) {
        return tools.backends()
                .trouble(workload)
                .map(why -> "%s goes on, as the balancer cannot be told: %s".formatted(container.name(), why))
                .orElse(container.name() + " is being drained");
    }

    private Optional<String> paused(List<EngineContainer> all) {
        long now = System.nanoTime();
        return all.stream()
                .filter(container -> !container.isRunning() && !container.name().isSpare())
                .filter(container -> !pause(container.id()).isOver(now))
                .map(container -> "%s ended (%s) and is started again in %d s"
                        .formatted(
                                container.name(),
                                container.status(),
                                pause(container.id()).left(now).toSeconds() + 1))
                .findFirst();
    }

    /** An order that came meanwhile stays. */
    private void reached(Optional<ShareOrder> asked) {
        asked.ifPresent(done -> LOG.info(
                "reached server={} workload={} replicas={}",
                server.settings().name(),
                workload,
                done.wanted().replicas()));
        trouble = Optional.empty();
        afterTrouble = GrowingPause.none(System.nanoTime());
        waitsFor = "";
        synchronized (this) {
            if (order.equals(asked)) {
                order = Optional.empty();
                settled = true;
            }
        }
    }

    private boolean add(
            Optional<String> takesOver, ContainerRecord newest, List<EngineContainer> all, List<ReplicaView> views) {
        Optional<EngineContainer> before = takesOver.map(id -> container(all, id));
        // one that ended leaves its room
        int left = before.filter(container -> !container.isRunning()).isPresent() ? 1 : 0;
        int taken = server.last().map(ServerListing::placesTaken).orElse(0);
        if (taken - left >= server.settings().maxContainers()) {
            rollout.released(server);
            waits("the server is full: %d of %d containers"
                    .formatted(taken, server.settings().maxContainers()));
            return false;
        }
        Duration interval = tools.phases()
                .spec(newest)
                .map(spec -> spec.times().replacement())
                .orElse(FIRST_PAUSE);
        boolean replaces = takesOver
                .filter(id -> views.stream()
                        .anyMatch(view ->
                                view.id().equals(id) && view.current() && view.phase() == ReplicaPhase.UNHEALTHY))
                .isPresent();
        Optional<EngineContainer> spare = all.stream()
                .filter(container -> container.name().isSpare()
                        && container.record().filter(newest::runsLike).isPresent())
                .reduce((earlier, later) -> later);
        Optional<ContainerName> predecessor = predecessor(takesOver, all);
        effect();
        String id = spare.map(there -> promoted(there, predecessor)).orElseGet(() -> server.engine()
                .create(tools.drafts().replica(server.settings(), newest, predecessor)));
        if (replaces) {
            replacements.begun(server.id(), interval);
        }
        started(id);
        if (replaces) {
            LOG.info(
                    "unhealthy replica is replaced server={} workload={}",
                    server.settings().name(),
                    workload);
            tools.surroundings().replaced(server.id(), workload);
        }
        return true;
    }

    private static Optional<ContainerName> predecessor(Optional<String> takesOver, List<EngineContainer> all) {
        return takesOver.map(id -> container(all, id).name()).filter(ContainerName::hasPlace);
    }

    /** Begins with the name: from then on it is wanted, whatever happens. */
    private String promoted(EngineContainer spare, Optional<ContainerName> predecessor) {
        server.engine()
                .rename(spare.id(), predecessor.map(tools.drafts()::successor).orElseGet(() -> spare.name()
                        .replica()));
        return spare.id();
    }

    private void started(String id) {
        long now = System.nanoTime();
        starts.put(id, pause(id).next(now, FIRST_PAUSE, LONGEST_PAUSE));
        effect();
        server.engine().start(id);
    }

    private void end(EngineContainer container, ReplicaEnd end) {
        if (container.isRunning()) {
            effect();
            server.engine()
                    .stop(
                            container.id(),
                            tools.phases()
                                    .spec(container)
                                    .map(spec -> spec.times().stop())
                                    .orElse(Duration.ofSeconds(10)));
        }
        if (end == ReplicaEnd.STOPPED) {
            return;
        }
        effect();
        if (end == ReplicaEnd.SPARE) {
            server.engine().rename(container.id(), container.name().spare());
        } else {
            server.engine().remove(container.id());
        }
        adopted.remove(container.id());
    }

    /** Right before each effect: this server may not own its database any more, and what was listed is old after it. */
    private void effect() {
        tools.fence().require();
        stale = true;
    }

    private void waits(String what) {
        waitsFor = what;
        trouble = Optional.empty();
    }

    private static EngineContainer container(List<EngineContainer> all, String id) {
        return all.stream()
                .filter(container -> container.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> shortIds(List<EngineContainer> all) {
        return all.stream().map(EngineContainer::shortId).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> leaving(StepPlan plan, List<EngineContainer> all) {
        return plan.departures().stream()
                .map(leaves -> container(all, leaves.id()).shortId())
                .collect(Collectors.toSet());
    }

    private void forgetAway(ServerListing seen) {
        Set<String> present =
                seen.containers().stream().map(EngineContainer::id).collect(Collectors.toSet());
        starts.keySet().retainAll(present);
        adopted.retainAll(present);
    }
}
