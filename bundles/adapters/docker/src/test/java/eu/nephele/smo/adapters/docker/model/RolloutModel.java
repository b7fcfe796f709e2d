// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Drop;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Rename;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
import eu.nephele.smo.adapters.docker.model.NextStep.Vacate;
import eu.nephele.smo.adapters.docker.model.NextStep.WaitFor;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Servers that take turns by chance, on which time passes by chance, and whose limits are watched at each step. */
final class RolloutModel {

    private static final int MOST_TURNS = 3000;

    private final List<ModelledServer> servers;
    private final int batchSize;
    private final int maxUnavailable;
    private final Random random;
    private int number;

    RolloutModel(List<ModelledServer> servers, int batchSize, int maxUnavailable, long seed) {
        this.servers = servers;
        this.batchSize = batchSize;
        this.maxUnavailable = maxUnavailable;
        this.random = new Random(seed);
    }

    void run() {
        String begin = servers.toString();
        int idle = 0;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (servers.stream().allMatch(this::isReached)) {
                return;
            }
            boolean moved = turn(servers.get(random.nextInt(servers.size())));
            if (random.nextInt(3) == 0) {
                moved = pass(ReplicaPhase.STARTING) || moved;
            }
            idle = moved ? 0 : idle + 1;
            if (idle > 20 * servers.size()) {
                assertThat(pass(ReplicaPhase.STARTING) || pass(ReplicaPhase.UNHEALTHY))
                        .as("time changes something: from %s to %s", begin, servers)
                        .isTrue();
                idle = 0;
            }
        }
        throw new AssertionError("not reached from %s; at the end %s".formatted(begin, servers));
    }

    private boolean isReached(ModelledServer server) {
        return new StepPlanner(server.wanted(), latitude(server), server.containers()).next() instanceof Reached;
    }

    private Latitude latitude(ModelledServer own) {
        int replacing = batchSize;
        int missing = maxUnavailable;
        for (ModelledServer other : servers) {
            if (other != own) {
                replacing -= other.doubled();
                missing -= other.missing();
            }
        }
        return new Latitude(Math.max(own.doubled(), replacing), own.beside(), Math.max(0, missing), true, false);
    }

    /** One that is well after a while: what starts, or of the newest revision even what was not well for long. */
    private boolean pass(ReplicaPhase phase) {
        List<ModelledServer> where = servers.stream()
                .filter(server -> !those(server, phase).isEmpty())
                .toList();
        if (where.isEmpty()) {
            return false;
        }
        ModelledServer server = where.get(random.nextInt(where.size()));
        List<ReplicaView> those = those(server, phase);
        ReplicaView one = those.get(random.nextInt(those.size()));
        server.change(one.id(), one.in(ReplicaPhase.READY));
        return true;
    }

    private static List<ReplicaView> those(ModelledServer server, ReplicaPhase phase) {
        return server.replicas().stream()
                .filter(view -> view.phase() == phase)
                .filter(view -> phase == ReplicaPhase.STARTING || view.current())
                .toList();
    }

    /** As a control does: those that leave take a while, the next step is planned without them. */
    private boolean turn(ModelledServer server) {
        Latitude latitude = latitude(server);
        List<ReplicaView> now = new ArrayList<>(server.containers());
        List<NextStep> departures = new ArrayList<>();
        NextStep next = new StepPlanner(server.wanted(), latitude, now).next();
        while (leaves(server, next)) {
            departures.add(next);
            String id = id(next);
            now.replaceAll(view -> view.id().equals(id) ? view.in(ReplicaPhase.LEAVING) : view);
            next = new StepPlanner(server.wanted(), latitude, now).next();
        }
        boolean waits = next instanceof WaitFor || next instanceof Reached;
        if (!departures.isEmpty() && (waits || random.nextBoolean())) {
            return take(server, departures.get(random.nextInt(departures.size())));
        }
        return !waits && take(server, next);
    }

    private static boolean leaves(ModelledServer server, NextStep step) {
        return step instanceof Vacate
                || (step instanceof Retire retire && !server.one(retire.id()).isDown());
    }

    private static String id(NextStep step) {
        return step instanceof Vacate room ? room.id() : ((Retire) step).id();
    }

    private boolean take(ModelledServer server, NextStep step) {
        int ready = server.ready();
        int extra = extra();
        int places = ReplicaView.places(server.containers());
        effect(server, step);
        if (server.beside()) {
            assertThat(ReplicaView.places(server.containers()))
                    .as("what a new process would take for wanted after %s: %s", step, server)
                    .isGreaterThanOrEqualTo(Math.min(places, server.wanted().replicas()));
        }
        assertThat(extra())
                .as("beyond those wanted after %s: %s", step, servers)
                .isLessThanOrEqualTo(Math.max(batchSize, extra));
        if (server.ready() < ready && server.missing() > 0) {
            assertThat(servers.stream().mapToInt(ModelledServer::missing).sum())
                    .as("missing after %s: %s", step, servers)
                    .isLessThanOrEqualTo(maxUnavailable);
        }
        return true;
    }

    private int extra() {
        return servers.stream().mapToInt(ModelledServer::extra).sum();
    }

    private void effect(ModelledServer server, NextStep step) {
        if (step instanceof Add add) {
            String place = add.takesOver().map(id -> server.one(id).place()).orElseGet(() -> "n" + ++number);
            server.containers().stream()
                    .filter(view -> view.spare() && view.current())
                    .findFirst()
                    .ifPresentOrElse(
                            spare -> server.change(spare.id(), started(spare.id(), place, spare.createdAt())),
                            () -> server.containers().add(started("n" + ++number, place, 3000 + number)));
        } else if (step instanceof Start start) {
            server.change(start.id(), server.one(start.id()).in(ReplicaPhase.STARTING));
        } else if (step instanceof Rename move) {
            ReplicaView it = server.one(move.id());
            String place = move.takesOver().map(id -> server.one(id).place()).orElseGet(() -> "n" + ++number);
            server.change(it.id(), new ReplicaView(it.id(), place, false, it.current(), it.phase(), it.createdAt()));
        } else if (step instanceof Vacate room) {
            server.change(room.id(), server.one(room.id()).in(ReplicaPhase.STOPPED));
        } else if (step instanceof Retire retire && retire.asSpare()) {
            ReplicaView it = server.one(retire.id());
            server.change(
                    it.id(),
                    new ReplicaView(it.id(), it.place(), true, it.current(), ReplicaPhase.STOPPED, it.createdAt()));
        } else if (step instanceof Retire retire) {
            server.containers().removeIf(view -> view.id().equals(retire.id()));
        } else if (step instanceof Drop drop) {
            server.containers().removeIf(view -> view.id().equals(drop.id()));
        }
    }

    private static ReplicaView started(String id, String place, long createdAt) {
        return new ReplicaView(id, place, false, true, ReplicaPhase.STARTING, createdAt);
    }
}
