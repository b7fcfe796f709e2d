// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of one HAProxy. What it runs is compared with what is asked for in each call: nothing is believed from memory. */
final class HaproxyBalancer implements LoadBalancer {

    private static final int ATTEMPTS = 3;

    private final HaproxySettings settings;
    private final ConfigurationFile file;
    private final HaproxyRuntime runtime;
    private final StructureChange structure;
    private final WriterTurn turn;
    private final MemberHosts hosts;
    private final MemberDrain drain;

    HaproxyBalancer(
            HaproxySettings settings,
            ConfigurationFile file,
            HaproxyRuntime runtime,
            StructureChange structure,
            WriterTurn turn,
            MemberHosts hosts,
            MemberDrain drain) {
        this.settings = settings;
        this.file = file;
        this.runtime = runtime;
        this.structure = structure;
        this.turn = turn;
        this.hosts = hosts;
        this.drain = drain;
    }

    @Override
    public BackendStatus ensureBackend(StepKey key, String owner, Backend backend) {
        WorkloadRef workload = key.workload();
        ServiceShape shape = shape(workload, backend);
        Optional<BalancedService> before = file.read().state().service(workload);
        List<PlacedMember> members =
                backend.members().stream().map(member -> placed(member, before)).toList();
        return turn.alone(
                owner, () -> ensure(owner, new BalancedService(workload, shape, backend.drain(), members, List.of())));
    }

    private ServiceShape shape(WorkloadRef workload, Backend backend) {
        try {
            ProxyNames.name(workload);
            return ServiceShape.from(backend);
        } catch (IllegalArgumentException wrong) {
            throw new AdapterException(
                    Kind.REFUSED,
                    settings.system(),
                    "HAProxy cannot have the service %s: %s".formatted(workload, wrong.getMessage()),
                    wrong);
        }
    }

    private PlacedMember placed(Member member, Optional<BalancedService> before) {
        Optional<String> present =
                before.flatMap(service -> service.member(member.id())).map(PlacedMember::address);
        return new PlacedMember(
                member.id(),
                hosts.address(member.host(), present),
                member.port(),
                member.draining() ? 0 : member.weight());
    }

    private BackendStatus ensure(String owner, BalancedService wanted) {
        KeptFile kept = file.read();
        requireOwner(kept.state(), owner, wanted);
        requireOwnPort(kept.state(), wanted);
        RunningView running = look(kept, owner, wanted);
        BalancedService service = ServiceLeavers.in(
                wanted,
                kept.state().service(wanted.workload()),
                running.proxy(wanted.proxy()),
                settings.limits().drain());
        BalancerState next = kept.state().with(owner, service);
        if (structure.isRunning(next, running)) {
            structure.write(kept, next);
        } else {
            requireFreePort(kept, service, running);
            running = structure.load(kept, next, service.shape().port());
        }
        if (!service.leaving().isEmpty()) {
            drain.soon();
        }
        RunningView right = repaired(service, running);
        return ServiceStatus.read(owner, service, right);
    }

    private RunningView look(KeptFile kept, String owner, BalancedService wanted) {
        try {
            return runtime.look(wanted.proxy());
        } catch (AdapterException away) {
            if (structure.begin(kept, kept.state().with(owner, wanted))) {
                throw new AdapterException(
                        away.kind(),
                        settings.system(),
                        "Its first configuration is written: start or reload HAProxy with it (haproxy -W -S %s -f %s); now: %s"
                                .formatted(
                                        settings.master().map(SocketPlace::text).orElse("SOCKET"),
                                        file.path(),
                                        away.getMessage()),
                        away);
            }
            throw away;
        }
    }

    private RunningView repaired(BalancedService service, RunningView before) {
        RunningView running = before;
        String said = "";
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<RunningProxy> proxy = running.proxy(service.proxy());
            List<String> commands = proxy.map(present -> ServiceRepair.commands(service, present))
                    .orElse(List.of());
            if (proxy.isPresent() && commands.isEmpty()) {
                return running;
            }
            said = runtime.change(commands);
            running = runtime.look(service.proxy());
        }
        throw new AdapterException(
                Kind.UNAVAILABLE,
                settings.system(),
                "HAProxy does not run %s as it was told to: %s".formatted(service.proxy(), said));
    }

    private void requireOwner(BalancerState state, String owner, BalancedService wanted) {
        if (!state.owner().isEmpty() && !state.owner().equals(owner)) {
            throw new AdapterException(
                    Kind.CONFLICT,
                    settings.system(),
                    "The balancer belongs to the installation %s, by its file %s; %s of %s needs another one"
                            .formatted(state.owner(), file.path(), wanted.workload(), owner));
        }
    }

    private void requireOwnPort(BalancerState state, BalancedService wanted) {
        int port = wanted.shape().port();
        if (port == settings.listeners().statisticsPort()) {
            throw new AdapterException(
                    Kind.CONFLICT, settings.system(), "The port %d is that of the statistics".formatted(port));
        }
        state.services().stream()
                .filter(other -> !other.workload().equals(wanted.workload())
                        && other.shape().port() == port)
                .findAny()
                .ifPresent(other -> {
                    throw new AdapterException(
                            Kind.CONFLICT,
                            settings.system(),
                            "The port %d is that of %s".formatted(port, other.workload()));
                });
    }

    /** Not asked while HAProxy runs by a file of somebody else: the port may be its own. */
    private void requireFreePort(KeptFile kept, BalancedService wanted, RunningView running) {
        int port = wanted.shape().port();
        boolean ours = kept.state().services().stream()
                .anyMatch(service -> service.shape().port() == port);
        if (settings.tryPorts() && !ours && structure.isRunning(kept.state(), running) && structure.isTaken(port)) {
            throw new AdapterException(
                    Kind.CONFLICT,
                    settings.system(),
                    "The port %d is taken by another program; nothing was changed".formatted(port));
        }
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        WorkloadRef workload = key.workload();
        if (!isMine(file.read().state(), workload, owner)) {
            return;
        }
        turn.alone(owner, () -> {
            KeptFile kept = file.read();
            if (isMine(kept.state(), workload, owner)) {
                remove(kept, workload);
            }
            return workload;
        });
    }

    private void remove(KeptFile kept, WorkloadRef workload) {
        BalancerState next = kept.state().without(workload);
        if (structure.isRunning(next, runtime.look())) {
            structure.write(kept, next);
        } else {
            structure.load(kept, next, 0);
        }
    }

    private static boolean isMine(BalancerState state, WorkloadRef workload, String owner) {
        return state.owner().equals(owner) && state.service(workload).isPresent();
    }

    @Override
    public Map<WorkloadRef, BackendStatus> observe(Collection<WorkloadRef> workloads) {
        if (workloads.isEmpty()) {
            return Map.of();
        }
        BalancerState state = file.read().state();
        if (state.services().isEmpty() && !Files.exists(file.path())) {
            // HAProxy waits for its first file then, and cannot be asked
            return Map.of();
        }
        RunningView running = runtime.look();
        Map<WorkloadRef, BackendStatus> seen = new HashMap<>();
        for (BalancedService service : state.services()) {
            if (workloads.contains(service.workload())
                    && running.proxy(service.proxy()).isPresent()) {
                seen.put(service.workload(), ServiceStatus.read(state.owner(), service, running));
            }
        }
        return seen;
    }
}
