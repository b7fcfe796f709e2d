// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes members that leave out of HAProxy once they have no requests. HAProxy deletes no server with connections, idle ones included,
 * and has no command that waits for that: it is tried again and again while one leaves, and never otherwise.
 */
final class MemberDrain {

    private static final Logger LOG = LoggerFactory.getLogger(MemberDrain.class);
    private static final long PAUSE_MILLIS = 200;
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 2_000;

    private final ConfigurationFile file;
    private final HaproxyRuntime runtime;
    private final StructureChange structure;
    private final MasterProcess master;
    private final WriterTurn turn;
    private final ScheduledExecutorService threads;
    private final Clock clock;
    private final AtomicBoolean planned = new AtomicBoolean();

    MemberDrain(
            ConfigurationFile file,
            HaproxyRuntime runtime,
            StructureChange structure,
            MasterProcess master,
            WriterTurn turn,
            ScheduledExecutorService threads,
            Clock clock) {
        this.file = file;
        this.runtime = runtime;
        this.structure = structure;
        this.master = master;
        this.turn = turn;
        this.threads = threads;
        this.clock = clock;
    }

    /** Somebody leaves. To be called by who may write only. */
    void soon() {
        after(PAUSE_MILLIS);
    }

    private void after(long millis) {
        if (planned.compareAndSet(false, true)) {
            try {
                Future<?> unused = threads.schedule(this::run, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException over) {
                LOG.debug("the adapter ends; members go on leaving after its next start");
            }
        }
    }

    private void run() {
        planned.set(false);
        try {
            String owner = file.read().state().owner();
            if (!owner.isEmpty() && turn.alone(owner, this::step)) {
                after(PAUSE_MILLIS);
            }
        } catch (AdapterException failed) {
            switch (failed.kind()) {
                case UNAVAILABLE, TIMED_OUT -> {
                    LOG.debug("draining waits reason=\"{}\"", failed.getMessage());
                    after(PAUSE_AFTER_FAILURE_MILLIS);
                }
                default -> LOG.warn("draining ends reason=\"{}\"", failed.getMessage());
            }
        } catch (RuntimeException unexpected) {
            // nobody else would hear of it, and the members would stay
            LOG.error("draining failed", unexpected);
            after(PAUSE_AFTER_FAILURE_MILLIS);
        }
    }

    /** Returns whether somebody still leaves. */
    private boolean step() {
        KeptFile kept = file.read();
        List<BalancedService> left = kept.state().services().stream()
                .filter(service -> !service.leaving().isEmpty())
                .toList();
        if (left.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        RunningView before = runtime.look();
        runtime.change(commands(left, before, now));
        RunningView after = runtime.look();
        Set<String> busy = busy(left, after);
        List<BalancedService> changed = new ArrayList<>();
        boolean more = false;
        for (BalancedService service : left) {
            List<LeavingMember> still = service.leaving().stream()
                    .filter(member -> isThere(service, member, after)
                            || (busy.contains(ServiceRepair.name(service, member.id()))
                                    && now.isBefore(member.until())))
                    .toList();
            more |= !still.isEmpty();
            if (still.size() < service.leaving().size()) {
                changed.add(service.withLeaving(still));
            }
        }
        if (!changed.isEmpty()) {
            structure.write(kept, kept.state().with(changed));
        }
        return more;
    }

    private static List<String> commands(List<BalancedService> services, RunningView running, Instant now) {
        List<String> commands = new ArrayList<>();
        for (BalancedService service : services) {
            for (LeavingMember member : service.leaving()) {
                String name = ServiceRepair.name(service, member.id());
                server(service, member, running).ifPresent(server -> {
                    boolean over = !now.isBefore(member.until());
                    if (server.weight() > 0) {
                        commands.add("set server %s weight 0".formatted(name));
                    } else if (server.sessions() == 0 || over) {
                        commands.add("set server %s state maint".formatted(name));
                        if (server.sessions() > 0) {
                            commands.add("shutdown sessions server " + name);
                        }
                        commands.add("del server " + name);
                    }
                });
            }
        }
        return commands;
    }

    private static boolean isThere(BalancedService service, LeavingMember member, RunningView running) {
        return server(service, member, running).isPresent();
    }

    private static Optional<RunningServer> server(BalancedService service, LeavingMember member, RunningView running) {
        return running.proxy(service.proxy()).flatMap(proxy -> proxy.server(member.id()));
    }

    /**
     * Members that processes of before a reload still send to. They are asked for only when somebody may go; without an answer all
     * may be.
     */
    private Set<String> busy(List<BalancedService> services, RunningView running) {
        Set<String> mayGo = new HashSet<>();
        services.forEach(service -> service.leaving().stream()
                .filter(member -> !isThere(service, member, running))
                .forEach(member -> mayGo.add(ServiceRepair.name(service, member.id()))));
        if (mayGo.isEmpty()) {
            return mayGo;
        }
        try {
            Map<String, Long> sessions = master.formerSessions();
            mayGo.removeIf(name -> sessions.getOrDefault(name, 0L) == 0);
        } catch (AdapterException unknown) {
            LOG.debug("processes of before a reload are not known reason=\"{}\"", unknown.getMessage());
        }
        return mayGo;
    }
}
