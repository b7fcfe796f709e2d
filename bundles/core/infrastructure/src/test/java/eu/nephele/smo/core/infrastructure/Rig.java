// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One resource that is kept as a server keeps it, and a controller that is lost when the server is killed. */
final class Rig {

    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final int MOST_PASSES = 20;

    final Map<String, ProviderInstance> providers = new TreeMap<>();
    final List<ResourceRef> woken = new ArrayList<>();
    Resource resource;
    private InfrastructureController controller = fresh();

    Rig(String desired) {
        resource = new Resource(
                new ResourceRef("infrastructure", "", "i1"),
                "u1",
                1,
                1,
                StrictJson.parseObject(desired),
                Map.of(),
                false,
                ResourceStatus.NOTHING,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private InfrastructureController fresh() {
        return new InfrastructureController(() -> providers, woken::add, ref -> Optional.of(resource));
    }

    /** A provider is available, in the place of the former one. */
    HandDriven provider(HandDriven provider) {
        providers.put("rack", new ProviderInstance(provider, providers.size() + System.identityHashCode(provider)));
        return provider;
    }

    void kill() {
        controller = fresh();
    }

    void want(String desired) {
        resource = new Resource(
                resource.ref(),
                resource.uid(),
                resource.generation() + 1,
                1,
                StrictJson.parseObject(desired),
                Map.of(),
                false,
                resource.status(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    void remove() {
        resource = resource.leaving(Instant.EPOCH);
    }

    /** One pass whose answer is lost: the server is killed before it is stored. */
    Reconciled unstored() throws InterruptedException {
        return controller.reconcile(resource, new Call());
    }

    Reconciled pass() throws InterruptedException {
        Reconciled answer = unstored();
        ResourceStatus seen =
                new ResourceStatus(Phase.PROGRESSING, resource.generation(), answer.observed(), List.of());
        resource = answer.outcome() == Outcome.KEPT ? resource.seen(seen).staying(Instant.EPOCH) : resource.seen(seen);
        return answer;
    }

    /** Passes until there is something to wait for. */
    Reconciled passes() throws InterruptedException {
        for (int i = 0; i < MOST_PASSES; i++) {
            Reconciled answer = pass();
            boolean waits = answer.outcome() != Outcome.PROGRESSING
                    || !answer.again().orElse(Duration.ZERO).equals(AT_ONCE);
            if (waits) {
                return answer;
            }
        }
        throw new AssertionError("It does not come to rest");
    }

    private record Call() implements Reconciliation {

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }
    }
}
