// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind.Scope;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link ResourceController}: it reaches the desired state by observation, however often and after
 * whichever controller it is called, ignores foreign objects, and leaves nothing behind. Extend it in a test class.
 */
public abstract class ResourceControllerContract extends PluginContract {

    private static final int MOST_CALLS = 1_000;

    /** A controller without memory of earlier ones, as after a crash; the outside world stays for the whole test. */
    protected abstract ResourceController controller();

    /** Content of the outside world in a comparable form; empty at first. */
    protected abstract Object world() throws Exception;

    /** Desired state of the resource. */
    protected abstract JsonObject desired();

    /** Another desired state of the same resource. */
    protected abstract JsonObject changed();

    /** A valid name of a resource of this kind. */
    protected String name() {
        return "smo-contract";
    }

    @Override
    final Object plugin() {
        return controller();
    }

    /** A resource as a server passes it to its controller. */
    protected final Resource resource(String uid, long generation, JsonObject desired, boolean leaving) {
        String project = controller().kind().scope() == Scope.PROJECT ? "p" : "";
        return new Resource(
                new ResourceRef(controller().kind().name(), project, name()),
                uid,
                generation,
                controller().kind().documentVersion(),
                desired,
                Map.of(),
                leaving,
                ResourceStatus.NOTHING,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** Reconciles again, each time with a new controller, until no work is under way. */
    protected final Reconciled settled(Resource resource) throws InterruptedException {
        for (int call = 0; call < MOST_CALLS; call++) {
            Reconciled answer = controller().reconcile(resource, new ControllerCallUnderTest());
            if (answer.outcome() != Outcome.PROGRESSING) {
                return answer;
            }
            Thread.sleep(answer.again().orElse(Duration.ofMillis(10)).toMillis());
        }
        throw new AssertionError("after %d calls work is still under way".formatted(MOST_CALLS));
    }

    @Test
    void comesToWhatIsWantedChangesAndLeavesNothing() throws Exception {
        Object empty = world();
        assertThat(settled(resource("u1", 1, desired(), false)).outcome()).isEqualTo(Outcome.READY);
        Object made = world();
        assertThat(made).isNotEqualTo(empty);
        assertThat(settled(resource("u1", 2, changed(), false)).outcome()).isEqualTo(Outcome.READY);
        assertThat(world()).isNotEqualTo(made);
        assertThat(settled(resource("u1", 3, changed(), true)).outcome()).isEqualTo(Outcome.GONE);
        assertThat(world()).isEqualTo(empty);
    }

    @Test
    void doesNothingWhereNothingIsToBeDone() throws Exception {
        Resource resource = resource("u1", 1, desired(), false);
        Reconciled first = settled(resource);
        Object made = world();
        assertThat(settled(resource).outcome()).isEqualTo(first.outcome());
        assertThat(world()).isEqualTo(made);
    }

    @Test
    void whatIsGoneAlreadyIsGone() throws InterruptedException {
        Resource leaving = resource("u1", 2, desired(), true);
        assertThat(settled(leaving).outcome()).isEqualTo(Outcome.GONE);
        assertThat(settled(leaving).outcome()).isEqualTo(Outcome.GONE);
    }

    @Test
    void theRemovalOfAnotherOfTheSameNameLeavesThisOneAlone() throws Exception {
        settled(resource("u1", 1, desired(), false));
        Object made = world();
        settled(resource("u2", 1, desired(), true));
        assertThat(world()).isEqualTo(made);
    }

    private static final class ControllerCallUnderTest implements Reconciliation {

        private final long endNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Duration remaining() {
            return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
        }
    }
}
