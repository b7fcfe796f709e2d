// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A balancer in memory: forgets when it is started again, fails when told to, has members that stay busy or fail its check. */
final class PlayedBalancer implements LoadBalancer {

    final Map<WorkloadRef, Backend> backends = new ConcurrentHashMap<>();
    final Set<String> busy = ConcurrentHashMap.newKeySet();
    final List<Backend> told = new CopyOnWriteArrayList<>();
    final AtomicInteger observed = new AtomicInteger();
    /** Hosts without an address. */
    final Set<String> unknown = ConcurrentHashMap.newKeySet();

    volatile boolean fails;
    /** Whether a member fails the check of the balancer. */
    volatile Predicate<String> down = id -> false;

    /** What happens just before it answers what it has. */
    volatile Runnable meanwhile = () -> {};

    volatile PlayedEffects effects = PlayedEffects.endless();

    @Override
    public BackendStatus ensureBackend(StepKey key, String owner, Backend backend) {
        requireUp();
        if (backend.members().stream().map(Member::host).anyMatch(unknown::contains)) {
            throw new AdapterException(Kind.UNAVAILABLE, "balancer", "a host has no address now");
        }
        try {
            if (!effects.happens(() -> backends.put(key.workload(), backend))) {
                throw new AdapterException(Kind.UNAVAILABLE, "balancer", "nobody waits for the answer any more");
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        told.add(backend);
        return status(owner, backend);
    }

    private void requireUp() {
        if (fails) {
            throw new AdapterException(Kind.UNAVAILABLE, "balancer", "the balancer does not answer");
        }
    }

    private BackendStatus status(String owner, Backend backend) {
        return new BackendStatus(
                owner,
                backend.port(),
                backend.members().stream()
                        .map(member -> new MemberStatus(member.id(), state(member), busy.contains(member.id()) ? 3 : 0))
                        .toList(),
                0);
    }

    private BackendStatus.State state(Member member) {
        if (member.draining()) {
            return BackendStatus.State.DRAINING;
        }
        return down.test(member.id()) ? BackendStatus.State.DOWN : BackendStatus.State.UP;
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        requireUp();
        backends.remove(key.workload());
    }

    @Override
    public Map<WorkloadRef, BackendStatus> observe(Collection<WorkloadRef> workloads) {
        requireUp();
        observed.incrementAndGet();
        Map<WorkloadRef, BackendStatus> seen = new HashMap<>();
        workloads.stream().filter(backends::containsKey).forEach(ref -> seen.put(ref, status("", backends.get(ref))));
        meanwhile.run();
        return seen;
    }

    List<Member> members(WorkloadRef workload) {
        Backend backend = backends.get(workload);
        return backend == null ? List.of() : backend.members();
    }
}
