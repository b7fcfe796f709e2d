// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.api.port.BackendStatus.State;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link LoadBalancer}: the same backend twice is one effect, members come, drain and go, an empty backend is one,
 * removing twice is no failure, what another installation has stays, one question for many.
 */
public abstract class LoadBalancerContract extends PortContract<LoadBalancer> {

    /** Id of the installation that the contract acts for. */
    protected static final String OWNER = "smo-contract";

    private static final String ANOTHER = "another-installation";
    private static final WorkloadRef UNKNOWN = new WorkloadRef(new GraphId("smo-contract", "none"), "nobody");

    protected LoadBalancerContract() {
        super(LoadBalancer.class);
    }

    /** A service without a backend. */
    protected abstract WorkloadRef service();

    /** A backend that it can have, with at least two members that can be reached, none of them draining. */
    protected abstract Backend backend();

    @Override
    final Object ask(LoadBalancer adapter) {
        return adapter.observe(List.of(UNKNOWN, service())).keySet();
    }

    @Test
    void theSameBackendTwiceIsOneEffect() {
        BackendStatus first = ensure(backend());
        long effects = effects();
        BackendStatus again = ensure(backend());

        assertThat(first.owner()).isEqualTo(OWNER);
        assertThat(first.port()).isEqualTo(backend().port());
        assertThat(first.members())
                .extracting(MemberStatus::id)
                .containsExactlyInAnyOrderElementsOf(
                        backend().members().stream().map(Member::id).toList());
        assertThat(again.members()).hasSameSizeAs(first.members());
        assertThat(effects()).as("writes of the system").isEqualTo(effects);
        remove();
    }

    @Test
    void membersComeDrainAndGo() {
        Member first = backend().members().get(0);
        Member second = backend().members().get(1);
        ensure(with(List.of(first)));
        ensure(with(List.of(first, second)));
        awaitState(second.id(), Optional.of(State.UP));

        ensure(with(List.of(first, draining(second))));
        awaitState(second.id(), Optional.of(State.DRAINING));
        ensure(with(List.of(first, second)));
        awaitState(second.id(), Optional.of(State.UP));
        ensure(with(List.of(first)));
        awaitState(second.id(), Optional.empty());

        awaitState(first.id(), Optional.of(State.UP));
        remove();
    }

    @Test
    void aServiceWithoutMembersKeepsItsBackend() {
        ensure(backend());
        ensure(with(List.of()));

        awaitState(backend().members().get(0).id(), Optional.empty());
        assertThat(adapter().observe(List.of(service()))).containsOnlyKeys(service());
        remove();
    }

    @Test
    void removedTwiceIsRemoved() {
        ensure(backend());
        remove();
        remove();

        assertThat(adapter().observe(List.of(service()))).isEmpty();
    }

    @Test
    void whatAnotherInstallationHasStays() {
        ensure(backend());
        refuses(Kind.CONFLICT, () -> adapter().ensureBackend(key(), ANOTHER, with(List.of())));
        adapter().ensureRemoved(key(), ANOTHER);

        Map<WorkloadRef, BackendStatus> seen = adapter().observe(List.of(service()));
        assertThat(seen).containsOnlyKeys(service()).allSatisfy((workload, status) -> {
            assertThat(status.owner()).isEqualTo(OWNER);
            assertThat(status.members()).hasSameSizeAs(backend().members());
        });
        remove();
    }

    @Test
    void aPortIsOfOneService() {
        ensure(backend());
        StepKey other = new StepKey(new WorkloadRef(service().graph(), service().service() + "-other"), 1, "balance");

        refuses(Kind.CONFLICT, () -> adapter().ensureBackend(other, OWNER, backend()));
        remove();
    }

    @Test
    void oneQuestionForManyLeavesOutTheUnknown() {
        ensure(backend());

        assertThat(adapter().observe(List.of(UNKNOWN, service()))).containsOnlyKeys(service());
        assertThat(adapter().observe(List.of())).isEmpty();
        remove();
    }

    private BackendStatus ensure(Backend backend) {
        return adapter().ensureBackend(key(), OWNER, backend);
    }

    private void remove() {
        adapter().ensureRemoved(key(), OWNER);
    }

    private StepKey key() {
        return new StepKey(service(), 1, "balance");
    }

    private Backend with(List<Member> members) {
        Backend all = backend();
        return new Backend(all.port(), all.protocol(), all.check(), all.drain(), all.queue(), members);
    }

    private static Member draining(Member member) {
        return new Member(member.id(), member.host(), member.port(), member.weight(), true);
    }

    private void awaitState(String id, Optional<State> expected) {
        Await.within(within(), () -> "state %s of %s; seen: %s".formatted(expected, id, seen()), () -> state(id)
                .equals(expected));
    }

    private Optional<State> state(String id) {
        return seen().stream()
                .filter(member -> member.id().equals(id))
                .map(MemberStatus::state)
                .findAny();
    }

    private List<MemberStatus> seen() {
        return Optional.ofNullable(adapter().observe(List.of(service())).get(service()))
                .map(BackendStatus::members)
                .orElse(List.of());
    }
}
