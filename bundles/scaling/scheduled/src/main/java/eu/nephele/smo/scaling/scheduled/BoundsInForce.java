// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bounds of all windows that are open: the largest minimum and the smallest maximum. Where they contradict each other the minimum
 * wins: too many replicas cost money, too few lose requests.
 *
 * @param least the window whose minimum counts
 * @param most the window whose maximum counts
 * @param rule what counts within these bounds
 * @param unbounded for people, when no window has a bound
 */
record BoundsInForce(Optional<OpenWindow> least, Optional<OpenWindow> most, OutsideRule rule, String unbounded) {

    static BoundsInForce of(List<OpenWindow> open, OutsideRule rule, String unbounded) {
        return new BoundsInForce(
                strictest(open, OpenWindow::minimum, Comparator.naturalOrder()),
                strictest(open, OpenWindow::maximum, Comparator.reverseOrder()),
                rule,
                unbounded);
    }

    /** Of equal ones that which lasts longest. */
    private static Optional<OpenWindow> strictest(
            List<OpenWindow> open, Function<OpenWindow, Optional<Integer>> bound, Comparator<Integer> order) {
        return open.stream()
                .filter(window -> bound.apply(window).isPresent())
                .max(Comparator.comparing(
                                (OpenWindow window) -> bound.apply(window).orElseThrow(), order)
                        .thenComparing(OpenWindow::until));
    }

    /** The targets of a service with these bounds, as far as their own allow them. */
    List<ScalingTarget> narrowed(DividedBounds service) {
        List<ScalingTarget> bounded = isUnbounded() ? service.targets() : service.narrowed(minimum(), maximum());
        return bounded.stream().map(this::ruled).toList();
    }

    private ScalingTarget ruled(ScalingTarget target) {
        int only =
                switch (rule) {
                    case BASE -> -1;
                    case KEEP -> Math.max(target.minReplicas(), Math.min(target.replicas(), target.maxReplicas()));
                    case MINIMUM -> target.minReplicas();
                };
        return only < 0 ? target : target.change().bounds(only, only).build();
    }

    private String ruleText() {
        return switch (rule) {
            case BASE -> "";
            case KEEP -> "; the replicas stay";
            case MINIMUM -> "; no more than the minimum";
        };
    }

    /**
     * For people: which bounds apply, and until when.
     *
     * @param narrowed a target of the service with these bounds
     */
    String note(DividedBounds service, ScalingTarget narrowed) {
        if (isUnbounded()) {
            return unbounded + ruleText();
        }
        StringBuilder note = new StringBuilder(texts());
        if (contradictory()) {
            note.append("; the minimum wins");
        }
        if (service.isCut(minimum(), maximum())) {
            note.append("; cut to its own bounds, %d to %d".formatted(service.ownLeast(), service.ownMost()));
        }
        if (service.isDivided()) {
            note.append("; %d to %d here".formatted(narrowed.minReplicas(), narrowed.maxReplicas()));
        }
        return note.append(ruleText()).toString();
    }

    private String texts() {
        if (least.isPresent() && least.equals(most)) {
            return "%d to %d replicas in %s"
                    .formatted(
                            minimum().orElseThrow(),
                            maximum().orElseThrow(),
                            least.get().text());
        }
        return Stream.of(
                        least.map(window -> "at least %d replicas in %s"
                                .formatted(window.minimum().orElseThrow(), window.text())),
                        most.map(window -> "at most %d replicas in %s"
                                .formatted(window.maximum().orElseThrow(), window.text())))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private boolean isUnbounded() {
        return least.isEmpty() && most.isEmpty();
    }

    private Optional<Integer> minimum() {
        return least.flatMap(OpenWindow::minimum);
    }

    private Optional<Integer> maximum() {
        return most.flatMap(OpenWindow::maximum);
    }

    private boolean contradictory() {
        return minimum().orElse(0) > maximum().orElse(Integer.MAX_VALUE);
    }
}
