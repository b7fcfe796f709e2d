// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.registry.InFlightCalls.EntryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered service together with its running calls. Looked up for every call and dropped after it: a reference that
 * is kept prevents the bundle from being collected.
 */
public final class RegisteredService {
    private final ServiceDescription description;
    private final Object service;
    private final long order;
    private final InFlightCalls calls = new InFlightCalls();
    private final StrategyHealth strategyHealth = new StrategyHealth();
    private volatile OfferState offerState;

    RegisteredService(ServiceDescription description, Object service, long order, Instant since) {
        this.description = description;
        this.service = service;
        this.order = order;
        this.offerState = new OfferState(false, Optional.empty(), since);
    }

    /**
     * Changed by the registry, under its lock.
     *
     * @param held whether the gate holds it back
     * @param ejected empty when it was not
     * @param since when that began
     */
    record OfferState(boolean held, Optional<Ejection> ejected, Instant since) {
        State state() {
            if (ejected.isPresent()) {
                return State.EJECTED;
            }
            return held ? State.HELD : State.USED;
        }
    }

    /**
     * That it was taken out of use.
     *
     * @param danger whether it took what everybody needs: memory, threads
     */
    record Ejection(String why, boolean danger) {}

    public interface ActiveCall {
        /** When it must be over, on the scale of {@link System#nanoTime()}. */
        long latestNanos();

        /** Returns whether its answer counts; false for a trial. */
        boolean live();

        /** Ends it: its thread is interrupted, a late answer discarded. */
        void interrupt(String why);
    }

    public ServiceDescription description() {
        return description;
    }

    /** A number that no other registration has had. */
    public long order() {
        return order;
    }

    /** @throws ClassCastException when the service is of another kind */
    public <S> S service(Class<S> type) {
        return type.cast(service);
    }

    public StrategyRef ref() {
        return new StrategyRef(
                description.kind().word(),
                description.id(),
                description.version().toString());
    }

    public String who() {
        return description.id() + " " + description.version();
    }

    public StrategyHealth conduct() {
        return strategyHealth;
    }

    public State state() {
        return offerState.state();
    }

    public Instant since() {
        return offerState.since();
    }

    /** Why it is not used, for people; "" when it is. */
    public String why() {
        OfferState now = offerState;
        return now.ejected().map(Ejection::why).orElse(now.held() ? "held back until its plugin is admitted" : "");
    }

    /** Returns whether it was ejected for what one more call would do again: not even a trial may call it. */
    public boolean isDangerous() {
        return offerState.ejected().filter(Ejection::danger).isPresent();
    }

    public String whoAndWhy() {
        String why = why();
        return why.isEmpty() ? who() : "%s (%s: %s)".formatted(who(), word(state()), why);
    }

    private static String word(State state) {
        return state == State.EJECTED ? "ejected" : "held";
    }

    OfferState place() {
        return offerState;
    }

    void place(OfferState next) {
        offerState = next;
        calls.door(
                switch (next.state()) {
                    case USED -> EntryState.OPEN;
                    // nothing depends on a trial: a replay may call an ejected strategy
                    case HELD -> EntryState.TRIALS_ONLY;
                    case EJECTED -> isDangerous() ? EntryState.CLOSED : EntryState.TRIALS_ONLY;
                });
    }

    /** @return false when the service has left or may not be used by this call; then it must not be called */
    public boolean enter(ActiveCall call) {
        boolean entered = calls.enter(call);
        if (entered) {
            strategyHealth.called();
        }
        return entered;
    }

    /**
     * The call has left the code of the service.
     *
     * @return whether its caller had abandoned it
     */
    public boolean leave(ActiveCall call) {
        return calls.leave(call);
    }

    /** Waits until the call has left the code of the service; false when it is still inside after that time. */
    public boolean awaitLeft(ActiveCall call, Duration most) throws InterruptedException {
        return calls.awaitLeft(call, most);
    }

    /**
     * Abandons the call: nothing waits for it any more although it still runs.
     *
     * @return false when it has left meanwhile
     */
    public boolean abandon(ActiveCall call) {
        return calls.abandon(call);
    }

    public int abandonedCalls() {
        return calls.abandoned();
    }

    void interruptAll(String why) {
        calls.all().forEach(call -> call.interrupt(why));
    }

    /**
     * Refuses new calls and waits for the running ones: until the latest deadline among them, at most {@code most};
     * then they are interrupted.
     */
    void close(Duration most) {
        calls.drain(most);
        interruptAll("left while it decided");
    }

    @Override
    public String toString() {
        return description.kind().word() + " " + who() + " of "
                + description.origin().bundle();
    }
}
