// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.Latitude;
import eu.nephele.smo.adapters.docker.model.NextStep;
import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Drop;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
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
    private final OneAtATime turns;

    /** Pauses between starts, by container; {@link #forgetAway} forgets those that are away. */
    private final Map<String, GrowingPause> starts = new ConcurrentHashMap<>();

    /** Containers of others that were adopted, by id: they leave like an older revision. */
    private final Set<String> adopted = ConcurrentHashMap.newKeySet();

    private volatile Optional<ShareOrder> order = Optional.empty();
    private volatile Optional<Integer> kept = Optional.empty();
    private volatile Optional<AdapterException> trouble = Optional.empty();
    private volatile String waitsFor = "";
    private volatile boolean settled;
    private volatile boolean givenUp;
    private volatile boolean stale;
    private volatile ReadyProgress progress = ReadyProgress.none();
    private volatile GrowingPause afterTrouble = GrowingPause.none(System.nanoTime());

    WorkloadControl(DockerServer server, WorkloadRef workload, ControlTools tools, Replacements replacements) {
        this.server = server;
        this.workload = workload;
        this.tools = tools;
        this.replacements = replacements;
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

    /** @param named replicas by their names: one more than wanted while one takes over from another */
    public int desired(int named) {
        return wanted().map(ServerShare::replicas).orElseGet(() -> Math.min(named, kept.orElse(named)));
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
                .map(spec -> progress.isStuck(spec.times().start()))
                .orElse(false);
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
        NextStep next = new StepPlanner(wanted, latitude(seen, wanted, spec, views), views).next();
        tools.backends().stay(workload, shortIds(all), leaving(next, all));
        if (next instanceof Reached) {
            reached(asked);
            return false;
        }
        return perform(next, wanted, newest.get(), all, views);
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
                        container.name().isSpare(),
                        container.record().filter(newest::runsLike).isPresent(),
                        tools.phases().phase(server, container),
                        container.createdAt()))
                .toList();
    }

    /** What is there is what is wanted, but for the one more that is there while one takes over from another. */
    private ServerShare asNamed(List<ReplicaView> views) {
        int named = (int) views.stream().filter(view -> !view.spare()).count();
        if (settled) {
            kept = Optional.of(named);
        }
        return new ServerShare(Math.min(named, kept.orElse(named)), true);
    }

    private void note(
            ServerShare wanted, ContainerRecord newest, Optional<ContainerSpec> spec, List<ReplicaView> views) {
        long ready = views.stream()
                .filter(view -> !view.spare() && view.current() && view.phase() == ReplicaPhase.READY)
                .count();
        progress = progress.seen(newest.digest() + newest.perReplica(), ready);
        boolean older = views.stream().anyMatch(view -> !view.spare() && !view.current());
        boolean newer = views.stream().anyMatch(view -> !view.spare() && view.current());
        if (older
                && newer
                && ready < wanted.replicas()
                && spec.filter(its -> progress.isStuck(its.times().start())).isPresent()) {
            givenUp = true;
        }
    }

    private Latitude latitude(
            ServerListing seen, ServerShare wanted, Optional<ContainerSpec> spec, List<ReplicaView> views) {
        boolean fixed = spec.filter(ContainerSpec::hasFixedPorts).isPresent();
        boolean full = seen.placesTaken() >= server.settings().maxContainers();
        boolean unhealthy = views.stream().anyMatch(view -> !view.spare() && view.phase() == ReplicaPhase.UNHEALTHY);
        if (!unhealthy
                && views.stream().filter(view -> !view.spare()).allMatch(view -> view.phase() == ReplicaPhase.READY)) {
            replacements.ended(server.id());
        }
        boolean mayReplace = !unhealthy || replacements.mayReplace(server.id());
        boolean one = wanted.replicas() == 1;
        return new Latitude(fixed || (full && !one) ? 0 : 1, mayReplace, givenUp);
    }

    private boolean perform(
            NextStep next,
            ServerShare wanted,
            ContainerRecord newest,
            List<EngineContainer> all,
            List<ReplicaView> views) {
        settled = false;
        if (next instanceof WaitFor wait) {
            waits(wait.what());
            return false;
        }
        if (next instanceof Add) {
            return add(wanted, newest, all, views);
        }
        if (next instanceof Start start) {
            return start(container(all, start.id()));
        }
        if (next instanceof Retire retire) {
            return retire(container(all, retire.id()), retire.asSpare());
        }
        if (next instanceof Drop drop) {
            effect();
            server.engine().remove(drop.id());
        }
        return true;
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
        asked.ifPresent(done -> kept = Optional.of(done.wanted().replicas()));
        synchronized (this) {
            if (order.equals(asked)) {
                order = Optional.empty();
                settled = true;
            }
        }
    }

    private boolean add(
            ServerShare wanted, ContainerRecord newest, List<EngineContainer> all, List<ReplicaView> views) {
        int taken = server.last().map(ServerListing::placesTaken).orElse(0);
        if (taken >= server.settings().maxContainers()) {
            waits("the server is full: %d of %d containers"
                    .formatted(taken, server.settings().maxContainers()));
            return false;
        }
        Duration interval = tools.phases()
                .spec(newest)
                .map(spec -> spec.times().replacement())
                .orElse(FIRST_PAUSE);
        long replicas = views.stream().filter(view -> !view.spare()).count();
        boolean replaces = replicas >= wanted.replicas()
                && views.stream().anyMatch(view -> view.current() && view.phase() == ReplicaPhase.UNHEALTHY);
        Optional<EngineContainer> spare = all.stream()
                .filter(container -> container.name().isSpare()
                        && container.record().filter(newest::runsLike).isPresent())
                .reduce((earlier, later) -> later);
        effect();
        String id = spare.map(this::promoted)
                .orElseGet(() -> server.engine().create(tools.drafts().draft(server.settings(), newest, false)));
        if (replaces) {
            replacements.begun(server.id(), interval);
            LOG.info(
                    "unhealthy replica is replaced server={} workload={}",
                    server.settings().name(),
                    workload);
            tools.surroundings().replaced(server.id(), workload);
        }
        started(id);
        return true;
    }

    /** Begins with the name: from then on it is wanted, whatever happens. */
    private String promoted(EngineContainer spare) {
        server.engine().rename(spare.id(), spare.name().replica());
        return spare.id();
    }

    private boolean start(EngineContainer container) {
        long now = System.nanoTime();
        GrowingPause pause = starts.getOrDefault(container.id(), GrowingPause.none(now));
        if (!pause.isOver(now)) {
            waits("%s ended (%s) and is started again in %d s"
                    .formatted(
                            container.name(),
                            container.status(),
                            pause.left(now).toSeconds() + 1));
            return false;
        }
        started(container.id());
        return true;
    }

    private void started(String id) {
        long now = System.nanoTime();
        starts.put(id, starts.getOrDefault(id, GrowingPause.none(now)).next(now, FIRST_PAUSE, LONGEST_PAUSE));
        effect();
        server.engine().start(id);
    }

    private boolean retire(EngineContainer container, boolean asSpare) {
        Duration grace =
                tools.phases().spec(container).map(spec -> spec.times().stop()).orElse(Duration.ofSeconds(10));
        if (container.isRunning() && !tools.backends().leave(workload, container)) {
            waits(tools.backends()
                    .trouble(workload)
                    .map(why -> "%s goes on, as the balancer cannot be told: %s".formatted(container.name(), why))
                    .orElse(container.name() + " is being drained"));
            return false;
        }
        if (container.isRunning()) {
            effect();
            server.engine().stop(container.id(), grace);
        }
        effect();
        if (asSpare) {
            server.engine().rename(container.id(), container.name().spare());
        } else {
            server.engine().remove(container.id());
        }
        adopted.remove(container.id());
        return true;
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

    private static Optional<String> leaving(NextStep next, List<EngineContainer> all) {
        return next instanceof Retire retire
                ? Optional.of(container(all, retire.id()).shortId())
                : Optional.empty();
    }

    private void forgetAway(ServerListing seen) {
        Set<String> present =
                seen.containers().stream().map(EngineContainer::id).collect(Collectors.toSet());
        starts.keySet().retainAll(present);
        adopted.retainAll(present);
    }
}
