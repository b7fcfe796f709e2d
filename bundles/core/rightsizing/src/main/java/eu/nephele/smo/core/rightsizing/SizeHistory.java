// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.model.ServiceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a service was in the past, from the revisions of its graph.
 *
 * @param changedAt last change of its artifact or its classes; of the distant past when no revision is kept
 */
record SizeHistory(Instant changedAt, List<DeclaredService> declared, ComputeClasses classes) {

    /**
     * A service as a revision has it.
     *
     * @param at when the revision was accepted
     */
    record DeclaredService(Instant at, ServiceSpec spec) {

        boolean isLike(DeclaredService other) {
            return spec.artifact().equals(other.spec().artifact()) && compute().equals(other.compute());
        }

        private Optional<Object> compute() {
            return Optional.ofNullable(spec.intents().get(ComputeClasses.INTENT));
        }
    }

    SizeHistory {
        declared = List.copyOf(declared);
    }

    /** @param declared the newest first, as far back as it was always there */
    static SizeHistory of(List<DeclaredService> declared, ComputeClasses classes) {
        Instant changedAt = Instant.EPOCH;
        for (DeclaredService each : declared) {
            if (!each.isLike(declared.get(0))) {
                break;
            }
            changedAt = each.at();
        }
        return new SizeHistory(changedAt, declared, classes);
    }

    /**
     * The last change that made a request smaller. The first one that says it by a value of the chart counts as one, from twice as much: what
     * the chart asked for before is not known any more, and a change goes down to half at most where no class is between.
     */
    Optional<Reduction> reduction(ComputeResource resource) {
        for (int i = 0; i < declared.size() - 1; i++) {
            Optional<ResourceClass> after =
                    classes.named(resource, declared.get(i).spec());
            Optional<ResourceClass> before =
                    classes.named(resource, declared.get(i + 1).spec());
            if (after.isPresent()
                    && before.isPresent()
                    && after.get().amount() < before.get().amount()) {
                return Optional.of(new Reduction(
                        declared.get(i).at(), before.get().amount(), after.get().amount()));
            }
            if (after.isPresent() && isSetFirst(declared.get(i), declared.get(i + 1), resource)) {
                double amount = after.get().amount();
                return Optional.of(new Reduction(declared.get(i).at(), 2 * amount, amount));
            }
        }
        return Optional.empty();
    }

    private static boolean isSetFirst(DeclaredService now, DeclaredService before, ComputeResource resource) {
        return ChartRequests.isSet(now.spec().artifact(), resource)
                && !ChartRequests.isSet(before.spec().artifact(), resource);
    }
}
